import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DaemonSource } from '../../../../electron/core/work/daemon/source.ts';
import { ZmtpReader } from '../../../../electron/core/work/daemon/zmtp.ts';
import type { SourceEvent } from '../../../../electron/core/work/source.ts';
import type { DaemonSpec } from '../../../../electron/core/work/spec.ts';
import { TEST_ADDRESS } from '../../../support/monerod.ts';
import { solution } from '../../../support/solution.ts';
import { ScriptedNode, templateAnswer, type Asked } from '../../../support/scriptedNode.ts';
import { selfSigned } from '../../../support/stratum/certificates.ts';
import { ScriptedPool } from '../../../support/stratum/scriptedPool.ts';
import { SocksProxy } from '../../../support/stratum/socksProxy.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { said } from '../../../support/said.ts';

const WAIT = { timeout: 60_000, interval: 10 };
vi.setConfig({ testTimeout: 180_000 });

let node: ScriptedNode;
let source: DaemonSource | undefined;
let events: SourceEvent[] = [];
beforeEach(async () => {
  node = await ScriptedNode.start();
});
afterEach(async () => {
  source?.stop();
  await node.stop();
});

function mine(changed: Partial<DaemonSpec> = {}): FakeClock {
  const clock = new FakeClock();
  events = [];
  source = new DaemonSource(
    {
      ...{ kind: 'daemon', host: '127.0.0.1', port: node.port, tls: { use: 'none' } },
      ...{ address: TEST_ADDRESS, ...changed },
    },
    (event) => events.push(event),
    clock,
  );
  source.start();
  return clock;
}

async function next<T extends SourceEvent['type']>(
  type: T,
): Promise<Extract<SourceEvent, { type: T }>> {
  return vi.waitFor(() => {
    const found = events.find((event) => event.type === type);
    if (found === undefined) throw new Error(`no ${type}: ${JSON.stringify(events, bigIntAsText)}`);
    return found as Extract<SourceEvent, { type: T }>;
  }, WAIT);
}

const bigIntAsText = (_: string, value: unknown) =>
  typeof value === 'bigint' ? String(value) : value;

/** Answers one method with this, all others as a good node does. */
/** Time passes in small steps meanwhile: on a busy computer a timer may be begun late. */
async function whilePassing<T>(
  clock: FakeClock,
  stepMs: number,
  wait: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => clock.advance(stepMs), 20);
  try {
    return await wait();
  } finally {
    clearInterval(timer);
  }
}

function answer(method: string, raw: string): void {
  node.answer = (asked: Asked) => ((asked.method ?? asked.path) === method ? raw : undefined);
}

const rpcError = (code: number, message: string) =>
  JSON.stringify({ id: '0', error: { code, message } });
const info = (changed: object) =>
  JSON.stringify({
    result: { nettype: 'mainnet', synchronized: true, height: 5, target_height: 0, ...changed },
  });

describe('a node that cannot be mined on yet', () => {
  it.each([
    ['says it is busy', 'get_block_template', rpcError(-9, 'Core is busy'), 'nodeSyncing'],
    ['says it is not synchronised', 'get_info', info({ synchronized: false }), 'nodeSyncing'],
    [
      'is behind the others',
      'get_info',
      info({ synchronized: undefined, height: 5, target_height: 9 }),
      'nodeSyncingAt',
    ],
    ['passes on what another node says', 'get_info', info({ untrusted: true }), 'nodeUntrusted'],
    [
      'passes on the template of another node',
      'get_block_template',
      JSON.stringify({ result: templateAnswer({ untrusted: true }) }),
      'nodeUntrusted',
    ],
  ])('%s: is waited for', async (_, method, raw, code) => {
    answer(method, raw);
    const clock = mine();
    const { error, retryInMs } = await next('disconnected');
    expect(error.code).toBe(code);
    node.answer = () => undefined;
    clock.advance(retryInMs);
    await next('job');
  });

  it('refuses subaddresses for good', async () => {
    answer('get_block_template', rpcError(-12, 'Mining to subaddress is not supported'));
    mine();
    expect((await next('failed')).error.code).toBe('nodeSubaddress');
  });

  it('is not even asked for work for an address of which it would take a part', async () => {
    mine({ address: `4L${'a'.repeat(104)}` });
    expect((await next('failed')).error.code).toBe('nodeIntegrated');
    expect(events.map(({ type }) => type)).toEqual(['connecting', 'failed']);
  });

  it('is asked again while its top stands still, and left when it falls behind', async () => {
    const clock = mine();
    await next('job');
    answer('get_info', info({ synchronized: false }));
    clock.advance(15_000);
    expect((await next('disconnected')).error.code).toBe('nodeSyncing');
  });
});

describe('a template', () => {
  const given = (template: object) =>
    answer('get_block_template', JSON.stringify({ result: template }));

  it.each([
    ['of before RandomX', templateAnswer({}, 11), 'nodeOldBlock'],
    [
      'with another header',
      templateAnswer({ blocktemplate_blob: '10'.repeat(120) }),
      'nodeUnknownLayout',
    ],
    [
      'that grew',
      templateAnswer({ blockhashing_blob: `${templateAnswer().blockhashing_blob}01` }),
      'nodeUnknownLayout',
    ],
    [
      'that builds on something else',
      templateAnswer({ prev_hash: 'ba'.repeat(32) }),
      'nodeUnknownLayout',
    ],
    [
      'with a short timestamp',
      templateAnswer({
        blockhashing_blob: '10'.repeat(76),
        blocktemplate_blob: '10'.repeat(120),
        prev_hash: '10'.repeat(32),
      }),
      'nodeUnknownLayout',
    ],
  ])('%s is refused in words, and the node stayed with', async (_, template, code) => {
    given(template);
    const clock = mine();
    expect((await next('unminableJob')).error.code).toBe(code);
    node.answer = () => undefined;
    clock.advance(15_000);
    await next('job');
  });

  it.each([
    [16, 'rx/0'],
    [17, 'rx/2'],
    [18, 'rx/2'],
  ])('of version %i is work for %s', async (version, algorithm) => {
    given(templateAnswer({}, version));
    mine();
    expect((await next('job')).job.algorithm).toBe(algorithm);
  });

  it('of another algorithm than the only one wanted is refused', async () => {
    mine({ algorithm: 'rx/2' });
    expect((await next('unminableJob')).error.code).toBe('nodeOtherAlgorithm');
  });

  it.each([
    ['the easier one of a merge-mining proxy', { difficulty: 50, wide_difficulty: '0x1000' }, 50n],
    ['the only one there is', { wide_difficulty: undefined, difficulty: 7 }, 7n],
    [
      'the wide one where 64 bits are too few',
      { difficulty: 5, difficulty_top64: 1, wide_difficulty: '0x10000000000000005' },
      (1n << 64n) + 5n,
    ],
  ])('has a difficulty: %s', async (_, changed, difficulty) => {
    given(templateAnswer(changed));
    mine();
    expect((await next('job')).job.difficulty).toBe(difficulty);
  });

  it('of a proxy is kept although it builds on another block than the chain has on top', async () => {
    answer('/get_height', JSON.stringify({ hash: '12'.repeat(32), height: 7 }));
    const clock = mine();
    await next('job');
    for (let polls = 1; polls <= 5; polls += 1) {
      const asked = node.asked.length;
      await whilePassing(clock, 100, () =>
        vi.waitFor(() => expect(node.asked.length).toBeGreaterThan(asked), WAIT),
      );
    }
    expect(node.asked.filter(({ method }) => method === 'get_block_template')).toHaveLength(1);
  });
});

describe('something else in the place of a node', () => {
  it.each([
    ['a web page', '<html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number for an error', '{"error":5}'],
    ['a template without a blob', '{"result":{"height":1}}'],
  ])('answers %s: is tried again', async (_, raw) => {
    node.answer = () => raw;
    mine();
    expect((await next('disconnected')).error.code).toBe('nodeNotMonerod');
  });

  it('answers without end: is given up at the limit', async () => {
    node.answer = (_, response) => {
      const chunk = 'x'.repeat(1 << 20);
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
      return null;
    };
    mine();
    expect((await next('disconnected')).error.code).toBe('nodeAnswerTooLong');
  });

  it('drips its answer for ever: is given up after 20 s', async () => {
    node.answer = (_, response) => {
      response.write(' ');
      return null;
    };
    const clock = mine();
    await vi.waitFor(() => expect(node.asked).not.toEqual([]), WAIT);
    clock.advance(20_000);
    expect((await next('disconnected')).error.code).toBe('nodeTimeout');
  });

  it('hangs up in the middle: is tried again', async () => {
    node.answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"result"');
      setTimeout(() => response.socket?.destroy(), 20);
      return null;
    };
    mine();
    expect((await next('disconnected')).error.code).toBe('nodeClosed');
  });

  it('answers anything: nothing is thrown, and no broken job comes out', async () => {
    const member = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('0x2', '0x0', 'ab'.repeat(32), '10'.repeat(76), '', 100, -1, true),
    );
    const result = fc.dictionary(
      fc.constantFrom(
        ...['nettype', 'synchronized', 'height', 'target_height', 'blocktemplate_blob'],
        ...['blockhashing_blob', 'wide_difficulty', 'prev_hash', 'seed_hash', 'status', 'hash'],
      ),
      member,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('get_info', 'get_block_template', '/get_height'),
        fc.oneof(
          fc.record({ result, error: fc.jsonValue() }, { requiredKeys: [] }),
          fc.jsonValue(),
        ),
        async (method, value) => {
          answer(method, JSON.stringify(value));
          const clock = mine();
          await vi.waitFor(() => expect(events.length).toBeGreaterThan(1), WAIT);
          clock.advance(1000);
          await new Promise((resolve) => setTimeout(resolve, 5));
          source?.stop();
          for (const event of events) {
            if (event.type !== 'job') continue;
            expect(event.job.target).toBeGreaterThan(0n);
            expect(event.job.seedHash).toHaveLength(32);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a block that was found', () => {
  it('counts when the node took it and then went away', async () => {
    node.answer = ({ method }, response) => {
      if (method !== 'get_block_header_by_hash') return undefined;
      response.socket?.destroy();
      return null;
    };
    mine();
    const { job } = await next('job');
    source?.submit(solution(job, 1));
    await next('accepted');
  });

  it('does not when another one of its height came first', async () => {
    answer(
      'get_block_header_by_hash',
      JSON.stringify({ result: { block_header: { orphan_status: true } } }),
    );
    mine();
    source?.submit(solution((await next('job')).job, 1));
    expect((await next('stale')).error.code).toBe('blockOrphaned');
  });

  it('does not when the node does not have it afterwards', async () => {
    answer('get_block_header_by_hash', rpcError(-5, "can't get block by hash"));
    mine();
    source?.submit(solution((await next('job')).job, 1));
    expect((await next('rejected')).error.code).toBe('blockMissing');
  });

  it('is handed in again while the node is busy, and counts only once it is taken', async () => {
    answer('submit_block', JSON.stringify({ result: { status: 'BUSY' } }));
    const clock = mine();
    source?.submit(solution((await next('job')).job, 1));
    await submitted(clock, 4);
    expect(events.filter((event) => 'share' in event)).toEqual([]);
    node.answer = () => undefined;
    await submitted(clock, 5);
    await next('accepted');
  });

  it('is too late when the chain has moved on while the node was busy', async () => {
    const answers: Record<string, string> = {
      submit_block: JSON.stringify({ result: { status: 'BUSY' } }),
      get_block_header_by_hash: rpcError(-5, 'not found'),
    };
    node.answer = ({ method, path }) => answers[method ?? path];
    const clock = mine();
    source?.submit(solution((await next('job')).job, 1));
    await submitted(clock, 2);
    answers['/get_height'] = JSON.stringify({ hash: 'ee'.repeat(32), height: 101 });
    clock.advance(1000);
    expect((await next('stale')).error.code).toBe('blockSuperseded');
  });

  it('counts when the node had taken it although its answer was lost', async () => {
    let tries = 0;
    node.answer = ({ method }, response) => {
      if (method !== 'submit_block') return undefined;
      tries += 1;
      if (tries > 1) return rpcError(-7, 'Block not accepted');
      response.socket?.destroy();
      return null;
    };
    const clock = mine();
    source?.submit(solution((await next('job')).job, 1));
    await submitted(clock, 2);
    await next('accepted');
  });

  it('is waited for on leaving, for two minutes, and nothing else is told', async () => {
    const held: ServerResponse[] = [];
    node.answer = ({ method }, response) => {
      if (method !== 'submit_block') return undefined;
      held.push(response);
      return null;
    };
    for (const isAnswered of [true, false]) {
      const clock = mine();
      source?.submit(solution((await next('job')).job, 1));
      await vi.waitFor(() => expect(held).toHaveLength(1), WAIT);
      const before = events.length;
      const left = source?.leave(1000);
      clock.advance(15_000); // a new template would be due
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (isAnswered) held.pop()?.end(JSON.stringify({ result: { status: 'OK' } }));
      else clock.advance(105_000);
      await left;
      expect(events.slice(before).map(({ type }) => type)).toEqual([
        isAnswered ? 'accepted' : 'stale',
      ]);
    }
    expect(events.at(-1)).toMatchObject({ error: { code: 'blockUnanswered' } });
  });

  it('for the chain beside it is not looked for on the main one', async () => {
    const difficulties = { difficulty: 1, wide_difficulty: '0xffffffffffff' };
    const answers: Record<string, string> = {
      get_block_template: JSON.stringify({ result: templateAnswer(difficulties) }),
      get_block_header_by_hash: rpcError(-5, 'not found'),
    };
    node.answer = ({ method, path }) => answers[method ?? path];
    mine();
    const { job } = await next('job');
    source?.submit({ ...solution(job, 1), result: new Uint8Array(32).fill(0xee) });
    await next('accepted');
  });

  /** Lets time pass until the node was handed a block so many times. */
  async function submitted(clock: FakeClock, times: number): Promise<void> {
    await vi.waitFor(() => {
      clock.advance(1000);
      const tries = node.asked.filter(({ method }) => method === 'submit_block');
      expect(tries.length).toBeGreaterThanOrEqual(times);
    }, WAIT);
  }
});

it('a node that hears no blocks does not fill the memory with templates', async () => {
  const clock = mine();
  const { job } = await next('job');
  const jobs = () => events.filter(({ type }) => type === 'job').length;
  for (let count = 2; count <= 9; count += 1) {
    clock.advance(15_000);
    await vi.waitFor(() => expect(jobs()).toBe(count), WAIT);
  }
  source?.submit(solution(job, 1));
  expect((await next('stale')).error.code).toBe('blockSuperseded');
});

describe('a node that is not on this computer', () => {
  it.each([
    ['without TLS', { use: 'none' }, 'https.test', true],
    ['with a certificate that nobody vouches for', { use: 'firstSeen' }, 'https.test', true],
    ['at an onion address', { use: 'none' }, 'node.onion', false],
  ] as const)('%s: what it proves is told', async (_, tls, host, isWarned) => {
    const secure = await ScriptedNode.start(selfSigned('node', 'DNS:https.test'));
    const proxy = await SocksProxy.listen();
    const port = tls.use === 'none' ? node.port : secure.port;
    mine({ host, port, tls, socks5: { host: '127.0.0.1', port: proxy.port } });
    await next('job');
    source?.stop();
    const codes = events.flatMap((event) => (event.type === 'warning' ? [event.problem.code] : []));
    expect(codes).toEqual(isWarned ? ['nodeUnproven'] : []);
    await secure.stop();
    await proxy.close();
  });
});

describe('a node behind another server', () => {
  const rpcLogin = { user: 'łukasz"', password: 'pass' };
  const basic = `Basic ${Buffer.from('łukasz":pass').toString('base64')}`;
  const demand = (scheme: string, seen: (string | undefined)[] = []) => {
    node.answer = (asked, response) => {
      seen.push(asked.authorization);
      if (asked.authorization !== undefined) return undefined;
      response.writeHead(401, { 'www-authenticate': scheme });
      return '';
    };
    return seen;
  };

  it('is asked under its path', async () => {
    mine({ path: '/monero/rpc' });
    node.answer = ({ path }, response) => {
      if (path.startsWith('/monero/rpc/')) return undefined;
      response.writeHead(404);
      return '';
    };
    expect((await next('connected')).type).toBe('connected');
    expect(node.asked[0]?.path).toBe('/monero/rpc/json_rpc');
  });

  it('gets the plain password that it wants, where nobody can read along', async () => {
    const seen = demand('Basic realm="node"');
    mine({ rpcLogin });
    await next('job');
    expect(seen.slice(0, 2)).toEqual([undefined, basic]);
  });

  it('does not get it in clear text over a network', async () => {
    const seen = demand('Basic realm="node"');
    const proxy = await SocksProxy.listen();
    mine({ host: 'node.test', rpcLogin, socks5: { host: '127.0.0.1', port: proxy.port } });
    expect((await next('failed')).error.code).toBe('nodeLoginInClear');
    expect(seen).toEqual([undefined]);
    await proxy.close();
  });

  it('gets a name of any letters by digest', async () => {
    const seen = demand('Digest realm="r", nonce="n", qop="auth"');
    mine({ rpcLogin });
    await next('job');
    expect(Buffer.from(seen[1] ?? '', 'latin1').toString()).toContain('username="łukasz\\""');
  });

  it('is told when it wants a login of another kind, or any at all', async () => {
    demand('Negotiate');
    mine({ rpcLogin });
    expect((await next('failed')).error.code).toBe('nodeLoginUnknown');
    mine();
    expect((await next('failed')).error.code).toBe('nodeLoginNeeded');
  });
});

describe('a node behind TLS', () => {
  const certificate = selfSigned('node', 'IP:127.0.0.1');
  let secure: ScriptedNode;
  beforeEach(async () => {
    secure = await ScriptedNode.start(certificate);
  });
  afterEach(() => secure.stop());

  it('is mined on, and its certificate told', async () => {
    mine({ port: secure.port, tls: { use: 'firstSeen' } });
    expect((await next('connected')).tlsFingerprint).toBe(certificate.fingerprint);
    await next('job');
  });

  it('with another certificate than the pinned one is refused before anything is asked', async () => {
    mine({ port: secure.port, tls: { use: 'pinned', fingerprint: 'ab'.repeat(32) } });
    expect(said((await next('failed')).error)).toContain(certificate.fingerprint);
    expect(secure.asked).toEqual([]);
  });

  it('with a certificate that nobody vouches for is not asked anything either', async () => {
    mine({ port: secure.port, tls: { use: 'authority' } });
    await vi.waitFor(
      () =>
        expect(events.map(({ type }) => type)).toContainEqual(
          expect.stringMatching(/^(failed|disconnected)$/),
        ),
      WAIT,
    );
    expect(secure.asked).toEqual([]);
  });

  it('is told apart from one without', async () => {
    mine({ tls: { use: 'firstSeen' } });
    expect(said((await next('disconnected')).error)).toContain('did not answer over TLS');
  });

  it('asked in plain text is told, whatever it answers', async () => {
    mine({ port: secure.port });
    expect((await next('disconnected')).error.code).toMatch(/^node(?:NotHttp|Closed)$/);
  });
});

it('a ZMQ port that keeps silent is told once', async () => {
  const silent = await ScriptedPool.listen();
  const clock = mine({ zmqPort: silent.port });
  for (let tries = 1; tries <= 3; tries += 1) {
    const connection = await whilePassing(clock, 250, () => silent.connection());
    await connection.spoken();
    await whilePassing(clock, 250, () => connection.closed());
  }
  source?.stop();
  const warnings = events.filter(({ type }) => type === 'warning');
  expect(warnings).toMatchObject([{ problem: { code: 'nodeNotAnnouncing' } }]);
  await silent.close();
});

it('what a ZMQ port sends is frames or an error, whatever it is and however it is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 20 }), (chunks) => {
      const greeting = Buffer.alloc(64);
      greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3]);
      greeting.write('NULL', 12);
      for (const first of [Buffer.alloc(0), greeting]) {
        const reader = new ZmtpReader();
        try {
          reader.push(first);
          for (const chunk of chunks) {
            for (const message of reader.push(Buffer.from(chunk))) {
              expect(message.length).toBeLessThanOrEqual(64 * 1024);
            }
          }
        } catch (error) {
          expect(String(error)).toMatch(/no ZMQ publisher|too long/);
        }
      }
    }),
  );
});

describe('what a node tells of the network', () => {
  const reward = { ...templateAnswer(), expected_reward: 612_000_000_000 };

  it.each([
    ['mainnet', { difficulty: 2, rewardXmr: 0.612 }, reward],
    ['fakechain', undefined, reward],
    ['mainnet', undefined, templateAnswer()],
  ])('on %s is %j', async (nettype, network, template) => {
    node.answer = ({ method }) => {
      if (method === 'get_info') return info({ nettype });
      return method === 'get_block_template' ? JSON.stringify({ result: template }) : undefined;
    };
    mine();
    expect((await next('job')).job.network).toEqual(network);
  });
});
