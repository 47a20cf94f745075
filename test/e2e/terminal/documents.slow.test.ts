import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it, vi } from 'vitest';
import { typedInTerminal } from '../../docs/typed.ts';
import { Regtest, TEST_ADDRESS } from '../../support/monerod.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';
import { loginAnswer, rxJob } from '../../support/stratum/exchange.ts';
import { ScriptedPool, type PoolConnection } from '../../support/stratum/scriptedPool.ts';
import { repository, TerminalMiner } from '../../support/terminalMiner.ts';

const TOKEN = 'correct-horse';
const patience = { timeout: 170_000, interval: 100 };
const shell = promisify(execFile);

let clone = '';
let miner: TerminalMiner | undefined;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  await miner?.cleanUp();
  for (const close of closers.splice(0)) await close();
});

/** Where its npm scripts are those of the source tree, and where files may be put for them. */
function makeClone(): void {
  clone = mkdtempSync(join(tmpdir(), 'documents-'));
  closers.push(() => rmSync(clone, { recursive: true }));
  for (const name of ['package.json', 'scripts']) {
    symlinkSync(join(repository, name), join(clone, name));
  }
}

/** What is said in capitals, as somebody fills it in who mines where `port` leads to. */
const filledIn = (command: string, port: number) =>
  command
    .replace('YOUR_MONERO_ADDRESS', TEST_ADDRESS)
    .replace(/\b\w*HOST:PORT\b/, `127.0.0.1:${port}`)
    .replace(/\b\w+_HOST:3333\b/, '127.0.0.1:3333')
    .replace('TOKEN', TOKEN);

const type = (command: string) =>
  new TerminalMiner([], { command: 'sh', args: ['-c', `cd '${clone}' && exec ${command}`] });

/** Takes whatever the miner that comes next sends; what it logged in with. */
async function serve(pool: ScriptedPool): Promise<Record<string, unknown>> {
  const connection = await pool.connection();
  const login = JSON.parse(await connection.line()) as { params: Record<string, unknown> };
  connection.send(loginAnswer({ job: rxJob({ target: 'ffffffff' }) }));
  void acceptAll(connection);
  return login.params;
}

async function acceptAll(connection: PoolConnection): Promise<void> {
  for (;;) {
    const { id } = JSON.parse(await connection.line()) as { id: number };
    connection.send({ id, jsonrpc: '2.0', error: null, result: { status: 'OK' } });
  }
}

async function listen(where: Parameters<typeof ScriptedPool.listen>[0]): Promise<ScriptedPool> {
  const pool = await ScriptedPool.listen(where);
  closers.push(() => pool.close());
  return pool;
}

const mines = () => vi.waitFor(() => expect(miner?.stdout).toContain('Share accepted'), patience);

const commands = [...new Set(typedInTerminal.map(({ command }) => command))];
const those = (begin: RegExp) => {
  const found = commands.filter((command) => begin.test(command));
  if (found.length === 0) throw new Error(`No document has a command like ${begin}.`);
  return found;
};
const toPools = those(/ --pool /);
const toNode = those(/ --daemon /);
const alone = those(/ --practice/);
const withFiles = those(/ --config /);
const others = commands.filter(
  (command) => ![...toPools, ...toNode, ...alone, ...withFiles].includes(command),
);

it.each(toPools)('%s mines for who it says, where it says', async (command) => {
  makeClone();
  const isTls = command.includes('--tls');
  const named = await listen(isTls ? { tls: selfSigned('pool.test', 'DNS:pool.test') } : {});
  const pool = command.includes(':3333') ? await listen({ port: 3333 }) : named;
  const login = serve(pool);
  miner = type(filledIn(command, named.port));
  const [, loginText = TEST_ADDRESS] = / --login (\S+)/.exec(command) ?? [];
  const [, rig] = / --rig-id (\S+)/.exec(command) ?? [];
  expect(await login).toMatchObject({ login: loginText, ...(rig && { rigid: rig }) });
  await mines();
});

it.each(toNode)('%s mines on the node of this computer, which says how it is', async (command) => {
  makeClone();
  const node = await Regtest.start({ difficulty: 1, port: 18081 });
  closers.push(() => node.stop());
  miner = type(filledIn(command, 0));
  await mines();
  expect(await node.height()).toBeGreaterThan(1);
  const [status = ''] = those(/^monerod /);
  const { stdout } = await shell('sh', ['-c', status]);
  expect(stdout).toContain('Height: ');
});

it.each(alone)('%s mines at the practice pool', async (command) => {
  makeClone();
  miner = type(command);
  await mines();
});

it('XMRig’s file is taken as it is', async () => {
  makeClone();
  const [command = ''] = withFiles.filter((one) => one.endsWith(' config.json'));
  const pool = await listen({});
  const pools = [{ url: `127.0.0.1:${pool.port}`, user: TEST_ADDRESS, pass: 'x' }];
  const config = { autosave: true, cpu: true, opencl: false, cuda: false, pools };
  writeFileSync(join(clone, 'config.json'), JSON.stringify(config));
  const login = serve(pool);
  miner = type(command);
  expect(await login).toMatchObject({ login: TEST_ADDRESS });
  await mines();
});

it('a miner with an API is asked as the page says', async () => {
  makeClone();
  const [command = ''] = withFiles.filter((one) => one.includes(' miner.json'));
  const options = { practice: true, 'api-token': TOKEN };
  writeFileSync(join(clone, 'miner.json'), JSON.stringify(options));
  miner = type(command);
  const [question = ''] = those(/^curl /);
  await vi.waitFor(async () => {
    const { stdout } = await shell('sh', ['-c', filledIn(question, 0)]);
    expect(JSON.parse(stdout)).toMatchObject({ algo: 'rx/0', paused: false });
  }, patience);
  await mines();
});

it('a hash is the one that RandomX publishes', async () => {
  const hash = those(/^npm run -s hash /);
  expect(others.filter((command) => !/^(curl|monerod) /.test(command))).toEqual(hash);
  const { stdout } = await shell('sh', ['-c', hash[0] ?? ''], { cwd: repository });
  expect(stdout.trim()).toBe('639183aae1bf4c9a35884cb46b09cad9175f04efd7684e7262a0ac1c2f0b4e3f');
});
