import { afterEach, expect, it } from 'vitest';
import { NONCE_OFFSET } from '../../../electron/core/work/job.ts';
import { meetsTarget, parseTarget } from '../../../electron/core/work/target.ts';
import { ReferenceRandomX } from '../../support/librandomx.ts';
import { loginAnswer, rxJob } from '../../support/stratum/exchange.ts';
import { ScriptedPool, type PoolConnection } from '../../support/stratum/scriptedPool.ts';
import { TerminalMiner } from '../../support/terminalMiner.ts';

const SHARES_OF_EACH = 3;
const TARGET = '00000040'; // difficulty 4

const randomx = new ReferenceRandomX();
const miners: TerminalMiner[] = [];
let proxy: ScriptedPool | undefined;
afterEach(async () => {
  await Promise.all(miners.splice(0).map((miner) => miner.cleanUp()));
  await proxy?.close();
  randomx.close();
});

interface Submit {
  readonly id: number;
  readonly params: { readonly nonce: string; readonly result: string; readonly algo?: string };
}

/** Says what xmrig-proxy says to one miner whose nonces end in `reserved`; returns the nonces of genuine shares. */
async function serve(connection: PoolConnection, reserved: string): Promise<string[]> {
  const plain = rxJob({ target: TARGET });
  const blob = `${String(plain.blob).slice(0, 84)}${reserved}${String(plain.blob).slice(86)}`;
  const extensions = ['algo', 'nicehash', 'connect', 'tls', 'keepalive'];
  connection.send(loginAnswer({ job: { ...plain, blob }, extensions }));
  const nonces: string[] = [];
  while (nonces.length < SHARES_OF_EACH) {
    const { id, params } = JSON.parse(await connection.line()) as Submit;
    const solved = Buffer.from(blob, 'hex');
    solved.write(params.nonce, NONCE_OFFSET, 'hex');
    const result = randomx.hash(Buffer.from(String(plain.seed_hash), 'hex'), solved);
    expect(Buffer.from(result).toString('hex')).toBe(params.result);
    expect(meetsTarget(result, parseTarget(TARGET) ?? 0n)).toBe(true);
    expect(params.algo).toBe('rx/0');
    expect(params.nonce.slice(6)).toBe(reserved);
    nonces.push(params.nonce);
    connection.send({ id, jsonrpc: '2.0', error: null, result: { status: 'OK' } });
  }
  return nonces;
}

it('shares one job among several miners behind a proxy, each in its own range of nonces', async () => {
  const { port } = (proxy = await ScriptedPool.listen());
  const names = ['kitchen', 'garage', 'attic'];
  for (const name of names) {
    const where = ['--pool', `127.0.0.1:${port}`, '--login', name];
    miners.push(new TerminalMiner([...where, '--mode', 'light', '--threads', '1', '--json']));
  }
  const loggedIn: unknown[] = [];
  const served = names.map(async (_, index) => {
    const connection = await proxy?.connection();
    if (connection === undefined) throw new Error('no proxy');
    loggedIn.push(
      (JSON.parse(await connection.line()) as { params: { login: string } }).params.login,
    );
    return serve(connection, `0${index + 1}`);
  });
  const nonces = (await Promise.all(served)).flat();

  expect(new Set(loggedIn)).toEqual(new Set(names));
  expect(new Set(nonces).size).toBe(names.length * SHARES_OF_EACH);
  for (const miner of miners) {
    await miner.waitFor('accepted', SHARES_OF_EACH, 60_000);
    expect(miner.of('rejected')).toEqual([]);
  }
});
