import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCommand, type MineOptions } from '../../electron/terminal/command.ts';
import { TEST_ADDRESS } from '../support/monerod.ts';
import { said } from '../support/said.ts';

const CPUS = 4;
const folder = mkdtempSync(join(tmpdir(), 'miner-usage-'));
afterAll(() => rmSync(folder, { recursive: true }));

let fileCount = 0;
function file(content: string): string {
  const path = join(folder, `options-${(fileCount += 1)}.json`);
  writeFileSync(path, content);
  return path;
}

const wallet = ['--wallet', TEST_ADDRESS];
const pool = ['--pool', 'pool.example.com:3333'];
const practice = ['--practice'];
const otherNetwork = `5${TEST_ADDRESS.slice(1)}`;
const tooMany = String(CPUS + 1);

const bad: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['no option', [], /Say where to mine/],
  ['an unknown option', ['--frobnicate'], /“--frobnicate” is not an option/],
  ['a stray word', ['mine'], /“mine” is not an option/],
  ['a control character', ['--\u001b[31m'], /“--\?\[31m” is not an option/],
  ['a missing value', ['--pool'], /--pool needs a value/],
  ['an option for a value', ['--pool', '--tls'], /--pool needs a value/],
  ['an empty value', ['--pool', ''], /--pool needs a value/],
  ['a value where none goes', ['--practice=yes'], /--practice takes no value/],
  ['an option twice', [...practice, '--threads', '1', '--threads', '1'], /given twice/],
  ['two sources', [...practice, ...pool], /Choose one of --pool and --practice/],
  ['a pool without wallet', pool, /needs --wallet/],
  ['wallet and login', [...pool, ...wallet, '--login', 'me'], /--wallet or --login/],
  ['port 0', ['--pool', 'host:0', ...wallet], /numbers from 1 to 65535/],
  ['a port that is too high', ['--pool', 'host:65536', ...wallet], /numbers from 1 to 65535/],
  ['a port that is a word', ['--pool', 'host:http', ...wallet], /numbers from 1 to 65535/],
  ['a web page for a pool', ['--pool', 'https://pool.example.com', ...wallet], /web page/],
  ['a host with a blank', ['--pool', 'my pool:3333', ...wallet], /not a valid host name/],
  ['a bad second pool', [...pool, '--pool', 'x:y', ...wallet], /--pool: “y” is not a valid port/],
  ['a monerod for a pool', ['--pool', 'daemon+http://host:1', ...wallet], /Use --daemon/],
  ['a daemon without wallet', ['--daemon', 'http://127.0.0.1:18081'], /needs --wallet/],
  [
    'a daemon URL of another kind',
    ['--daemon', 'ftp://host', ...wallet],
    /^--daemon: monerod cannot be reached with ftp/,
  ],
  [
    'a daemon and a rig name',
    ['--daemon', 'host:1', '--wallet', `${TEST_ADDRESS}.rig`],
    /primary address and nothing else/,
  ],
  [
    'an address that is cut off',
    [...pool, '--wallet', TEST_ADDRESS.slice(0, -3)],
    /--wallet: .*short/,
  ],
  [
    'an address with a slip',
    [...pool, '--wallet', `${TEST_ADDRESS.slice(0, -1)}E`],
    /--wallet: One character/,
  ],
  ['an address of nothing known', [...pool, '--wallet', otherNetwork], /--wallet: /],
  [
    'a wallet with a bad difficulty',
    [...pool, '--wallet', `${TEST_ADDRESS}+many`],
    /--wallet: .*whole number/,
  ],
  ['a bad wallet for practice', [...practice, '--wallet', 'me'], /--wallet: /],
  [
    'a short fingerprint',
    [...pool, ...wallet, '--tls-fingerprint', 'abcd'],
    /64 hexadecimal digits/,
  ],
  [
    'a proxy without sense',
    [...pool, ...wallet, '--socks5', 'host:99999'],
    /--socks5: “99999” is not a valid port/,
  ],
  ['no threads', [...practice, '--threads', '0'], /number from 1 to/],
  ['half a thread', [...practice, '--threads', '0.5'], /number from 1 to/],
  ['more threads than CPUs', [...practice, '--threads', tooMany], /number from 1 to/],
  ['threads by word', [...practice, '--threads', 'all'], /not “all”/],
  ['an unknown mode', [...practice, '--mode', 'turbo'], /one of fast, light, auto/],
  ['an unknown algorithm', [...practice, '--algo', 'sha256'], /one of rx\/0, rx\/2, cn\/1/],
  ['an algorithm that practice has not', [...practice, '--algo', 'cn/1'], /needs a --pool/],
  ['no duration', [...practice, '--duration', '0'], /more than 0/],
  ['a negative duration', [...practice, '--duration', '-1'], /more than 0/],
  ['an endless duration', [...practice, '--duration', '1e9'], /more than 0/],
  ['an API without a token', [...practice, '--api-port', '16000'], /needs --api-token/],
  ['a short token', [...practice, '--api-port', '16000', '--api-token', '1234567'], /8 or more/],
  [
    'a token with a blank',
    [...practice, '--api-port', '1', '--api-token', 'eight letters'],
    /without spaces/,
  ],
  ['a token without a port', [...practice, '--api-token', 'long-enough'], /--api-port N/],
  [
    'an API on no port',
    [...practice, '--api-port', '0', '--api-token', 'long-enough'],
    /1 to 65535/,
  ],
  [
    'messages of a monerod',
    ['--daemon', 'host:1', ...wallet, '--inspect'],
    /--inspect does not go with --daemon/,
  ],
  ['a file that is not there', ['--config', join(folder, 'none')], /no such file/],
  ['a folder for a file', ['--config', folder], /is a folder/],
  ['a file that is not JSON', ['--config', file('pool = x')], /is not valid JSON/],
  ['a file with a list', ['--config', file('[]')], /must hold one object/],
  [
    'a file with an unknown option',
    ['--config', file('{"wallets":"x"}')],
    /“wallets” is not an option/,
  ],
  ['a file with a wrong type', ['--config', file('{"tls":"yes"}')], /“tls” must be true or false/],
  ['a file with an empty list', ['--config', file('{"pool":[]}')], /“pool” must be text/],
  [
    'a file with a bad value',
    ['--config', file('{"practice":true,"threads":0}')],
    /number from 1 to/,
  ],
  ['a file that is too long', ['--config', file(`"${'x'.repeat(70_000)}"`)], /too large/],
];

const node = ['--daemon', 'host:1', ...wallet];
const useless: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['a login for a node', [...node, '--login', 'me'], /takes its login in the URL/],
  ['a password for a node', [...node, '--pass', 'secret'], /takes its login in the URL/],
  ['a rig name for a node', [...node, '--rig-id', 'x'], /--rig-id does not go with --daemon/],
  ['TLS for practice', [...practice, '--tls'], /--tls does not go with --practice/],
  ['a proxy for practice', [...practice, '--socks5', 'h:1'], /--socks5 does not go with/],
  ['an old algorithm for a node', [...node, '--algo', 'cn/1'], /needs a --pool/],
];

it.each([...bad, ...useless])('%s is told in one sentence', (_, args, sentence) => {
  const command = parseCommand([...args, '--json'], CPUS);
  const told = command.ok ? '' : said(command.error);
  expect(told).toMatch(sentence);
  expect(told).not.toContain('\n');
});

function mine(...args: readonly string[]): MineOptions {
  const command = parseCommand(args, CPUS);
  if (!command.ok) throw new Error(said(command.error));
  if (command.value.run !== 'mine') throw new Error('It is not about mining.');
  return command.value.options;
}

describe('what is asked for becomes a plan', () => {
  it('of pools in their order, all with the same login', () => {
    const options = mine(
      ...['--pool', 'one.example:3333', '--pool', 'stratum+ssl://two.example:443', ...wallet],
      ...['--pass', '', '--rig-id', 'attic', '--socks5', '127.0.0.1', '--threads', '2'],
    );
    const shared = { login: TEST_ADDRESS, password: '', rigId: 'attic' };
    expect(options.plan).toMatchObject({
      work: {
        kind: 'pools',
        pools: [
          { kind: 'stratum', host: 'one.example', port: 3333, tls: { use: 'none' }, ...shared },
          { kind: 'stratum', host: 'two.example', port: 443, tls: { use: 'firstSeen' }, ...shared },
        ],
      },
      engine: { threads: { count: 2 }, mode: 'auto', learns: true },
    });
    expect(options.workerId).toBe('attic');
  });

  it('of a node with its certificate and proxy', () => {
    const fingerprint = 'ab'.repeat(32);
    const { plan } = mine(...node, '--tls-fingerprint', fingerprint, '--socks5', 'proxy:9050');
    expect(plan.work).toMatchObject({
      pools: [
        {
          kind: 'daemon',
          host: 'host',
          port: 1,
          address: TEST_ADDRESS,
          tls: { use: 'pinned', fingerprint },
          socks5: { host: 'proxy', port: 9050 },
        },
      ],
    });
  });
});

describe('a file of our own', () => {
  const path = file(
    JSON.stringify({
      ...{
        pool: 'old.example:443',
        wallet: TEST_ADDRESS,
        tls: true,
        pass: '',
        socks5: 'proxy:9050',
      },
      ...{ 'tls-fingerprint': 'ab'.repeat(32), 'rig-id': 'attic', threads: 1 },
    }),
  );
  const fromFile = (...typed: readonly string[]) => mine('--config', path, ...typed).plan.work;
  const shared = { socks5: { host: 'proxy', port: 9050 }, tls: { use: 'none' } };

  it('may hold an empty password', () => {
    expect(fromFile()).toMatchObject({
      pools: [{ host: 'old.example', password: '', rigId: 'attic', tls: { use: 'pinned' } }],
    });
  });

  it('gives nothing of its pool to a place that is typed, but its proxy and the wallet', () => {
    expect(fromFile('--daemon', 'http://127.0.0.1:18081')).toEqual({
      kind: 'pools',
      pools: [{ kind: 'daemon', host: '127.0.0.1', port: 18081, address: TEST_ADDRESS, ...shared }],
    });
    expect(fromFile('--pool', 'new.example:3333')).toEqual({
      kind: 'pools',
      pools: [
        {
          ...{ kind: 'stratum', host: 'new.example', port: 3333, login: TEST_ADDRESS },
          ...{ password: 'x', ...shared },
        },
      ],
    });
    expect(fromFile('--practice')).toEqual({ kind: 'practice' });
  });
});

describe("XMRig's config.json", () => {
  const config = `\uFEFF{
    // as XMRig writes it
    "autosave": true,
    "donate-level": 1,
    "cpu": { "enabled": true, "huge-pages": true, "priority": 2, "rx": [0, 2, 4] },
    "randomx": { "mode": "light", "wrmsr": true },
    "http": { "enabled": true, "host": "127.0.0.1", "port": 18000, "access-token": "long-enough" },
    "opencl": false, "cuda": { "enabled": true },
    "pools": [
      { "url": "pool.example.com:443", "user": "${TEST_ADDRESS}.rig", "pass": "secret", "tls": true,
        "rig-id": "attic", "keepalive": true, },
      { "url": "other.example:3333", "user": "x", "enabled": false },
      { "url": "gpu.example:3333", "user": "x", "algo": "kawpow" },
      { "url": "127.0.0.1:18081", "user": "${TEST_ADDRESS}", "daemon": true, "daemon-zmq-port": 18083 },
    ],
  }`;

  it('is taken as it is, and told what of it has no meaning here', () => {
    const options = mine('--config', file(config));
    expect(options.plan).toEqual({
      work: {
        kind: 'pools',
        pools: [
          {
            kind: 'stratum',
            host: 'pool.example.com',
            port: 443,
            login: `${TEST_ADDRESS}.rig`,
            password: 'secret',
            rigId: 'attic',
            tls: { use: 'firstSeen' },
          },
          {
            kind: 'daemon',
            host: '127.0.0.1',
            port: 18081,
            address: TEST_ADDRESS,
            tls: { use: 'none' },
            zmqPort: 18083,
          },
        ],
      },
      engine: { threads: { count: 3 }, mode: 'light', learns: true },
    });
    expect(options.api).toEqual({ port: 18000, token: 'long-enough' });
    expect(options.notes.map(({ code }) => code)).toEqual([
      'xmrigPoolSkipped',
      'xmrigIgnored',
      'xmrigDonation',
      'xmrigPriority',
      'xmrigMsr',
      'xmrigGpu',
    ]);
    const told = options.notes.map(said).join(' ');
    expect(told).toMatch(/gpu\.example.*kawpow/);
    expect(told).not.toContain('secret');
  });

  const digits = 'ab'.repeat(32);
  const pinned = (fingerprint: string) =>
    file(
      JSON.stringify({
        pools: [
          { url: 'pinned.example:443', user: 'x', tls: true, 'tls-fingerprint': fingerprint },
          { url: 'other.example:443', user: 'x', tls: true },
        ],
      }),
    );

  it.each([['as it is'], ['in capitals and with colons']])('pins a certificate %s', (how) => {
    const written = how === 'as it is' ? digits : 'AB:'.repeat(32).slice(0, -1);
    const { plan, notes } = mine('--config', pinned(written));
    expect(plan.work).toMatchObject({
      pools: [{ tls: { use: 'pinned', fingerprint: digits } }, { tls: { use: 'firstSeen' } }],
    });
    expect(notes).toEqual([]);
  });

  it('takes an empty pin for none', () => {
    const { plan, notes } = mine('--config', pinned(''));
    expect(plan.work).toMatchObject({ pools: [{ tls: { use: 'firstSeen' } }, {}] });
    expect(notes).toEqual([]);
  });

  it.each([digits.slice(1), 'sha256', `${digits}00`])(
    'leaves out the pool whose pin is %s, and says so',
    (fingerprint) => {
      const { plan, notes } = mine('--config', pinned(fingerprint));
      expect(plan.work).toMatchObject({ pools: [{ host: 'other.example' }] });
      expect(notes.map(said).join()).toMatch(/pinned\.example.*64 hexadecimal digits/);
    },
  );

  it.each([
    ['rx/0', undefined],
    ['rx', undefined],
    ['randomx/0', undefined],
    ['RX/2', undefined],
    ['cn/1', 'cn/1'],
  ])('with the algorithm %s goes on over a fork', (algo, only) => {
    const path = file(JSON.stringify({ pools: [{ url: 'pool.example:443', user: 'x', algo }] }));
    const { work } = mine('--config', path).plan;
    expect(work.kind === 'pools' && work.pools[0].algorithm).toBe(only);
  });

  it('gives way to what is typed', () => {
    const path = file(config);
    expect(mine('--config', path, '--practice').plan.work).toEqual({ kind: 'practice' });
    expect(mine('--config', path, '--no-learning').plan.engine.learns).toBe(false);
    expect(mine('--config', path, '--threads', '1').plan.engine.threads).toEqual({ count: 1 });
  });

  it.each([
    ['a private key', '{"pools":[{"url":"a:1","spend-secret-key":"00"}]}', /private key/],
    ['no pool', '{"pools":[]}', /no pool/],
    ['no pool of ours', '{"pools":[{"url":"a:1","algo":"kawpow"}]}', /kawpow/],
    ['mining on the CPU switched off', '{"pools":[{"url":"a:1"}],"cpu":false}', /switches mining/],
  ])('with %s is refused in a sentence', (_, content, sentence) => {
    const command = parseCommand(['--config', file(content)], CPUS);
    expect(command.ok ? '' : said(command.error)).toMatch(sentence);
  });

  it('cannot be made to throw', () => {
    const junk = fc.anything({ maxDepth: 3 });
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), junk)),
        fc.dictionary(fc.string(), junk),
        (pools, rest) => {
          const content = JSON.stringify({ ...rest, pools });
          const command = parseCommand(['--config', file(content)], CPUS);
          return command.ok || said(command.error) !== '';
        },
      ),
      { numRuns: 200 },
    );
  });
});
