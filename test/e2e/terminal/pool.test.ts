import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PracticeServer } from '../../../electron/core/work/practice/server.ts';
import { ReferenceRandomX } from '../../support/librandomx.ts';
import { TEST_ADDRESS } from '../../support/monerod.ts';
import { freePort } from '../../support/ports.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';
import { loginAnswer, rxJob } from '../../support/stratum/exchange.ts';
import { ScriptedPool } from '../../support/stratum/scriptedPool.ts';
import { TerminalMiner } from '../../support/terminalMiner.ts';

const wallet = ['--wallet', TEST_ADDRESS];

let miner: TerminalMiner | undefined;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  await miner?.cleanUp();
  for (const close of closers.splice(0)) await close();
});

/** A pool in this process whose every share is verified by librandomx0. */
async function verifyingPool(): Promise<number> {
  const randomx = new ReferenceRandomX();
  const server = new PracticeServer({
    hash: (key, blob) => Promise.resolve(randomx.hash(key, blob)),
  });
  closers.push(() => {
    server.close();
    randomx.close();
  });
  return server.listen();
}

async function scriptedPool(tls?: { key: string; cert: string }): Promise<ScriptedPool> {
  const pool = await ScriptedPool.listen(tls === undefined ? {} : { tls });
  closers.push(() => pool.close());
  return pool;
}

function start(args: readonly string[]): TerminalMiner {
  miner = new TerminalMiner([...args, ...wallet, '--mode', 'light']);
  return miner;
}

describe('the terminal miner on a stratum pool', () => {
  it('finds shares that the pool accepts', async () => {
    const port = await verifyingPool();
    const here = start(['--pool', `127.0.0.1:${port}`, '--json']);
    await here.waitFor('accepted', 3, 120_000);
    expect(here.of('rejected')).toEqual([]);
    expect(here.of('connected')[0]).toMatchObject({ kind: 'stratum', port, tls: false });
  });

  it('falls back on the next pool of its list', async () => {
    const dead = await freePort();
    const port = await verifyingPool();
    const pools = ['--pool', `127.0.0.1:${dead}`, '--pool', `127.0.0.1:${port}`];
    const here = start([...pools, '--json']);
    await here.waitFor('accepted', 1, 120_000);
    expect(here.of('disconnected').length).toBeGreaterThan(0);
    expect(here.of('connected').at(-1)).toMatchObject({ port });
  });

  it.each([
    ['another CryptoNight', { algo: 'cn/r' }, /“cn\/r”/],
    ['RandomX without a seed hash', { seed_hash: undefined }, /without a seed hash/],
  ])('refuses a job of %s in words, and stays logged in', async (_, changed, words) => {
    const pool = await scriptedPool();
    const here = start(['--pool', `127.0.0.1:${pool.port}`, '--json']);
    const connection = await pool.loggedIn(loginAnswer({ job: rxJob(changed) }));
    const [error] = await here.waitFor('error', 1, 60_000);
    expect(error?.message).toMatch(words);
    expect(here.of('state').at(-1)).toMatchObject({ state: 'waiting', reason: error?.message });
    await delay(1000);
    expect(here.of('disconnected')).toEqual([]);
    expect(pool.connectionCount).toBe(1);
    connection.send({ jsonrpc: '2.0', method: 'job', params: rxJob({ target: 'ffffffff' }) });
    await here.waitFor('share', 1, 60_000);
    await vi.waitFor(() => expect(here.of('state').at(-1)).toMatchObject({ state: 'mining' }), {
      timeout: 60_000,
    });
  });

  it('mines RandomX v2 when a job names it', async () => {
    const pool = await scriptedPool();
    const here = start(['--pool', `127.0.0.1:${pool.port}`, '--json']);
    const job = rxJob({ algo: 'rx/2', target: 'ffffffff' });
    await pool.loggedIn(loginAnswer({ job }));
    const [share] = await here.waitFor('share', 1, 60_000);
    expect(share).toMatchObject({ algo: 'rx/2' });
  });

  it('shows the certificate of the pool at its first use', async () => {
    const certificate = selfSigned('pool.test', 'DNS:pool.test');
    const pool = await scriptedPool(certificate);
    const here = start(['--pool', `127.0.0.1:${pool.port}`, '--tls']);
    const connection = await pool.connection();
    await connection.line();
    connection.send(loginAnswer());
    await vi.waitFor(() => expect(here.stdout).toContain('Logged in'), { timeout: 60_000 });
    expect(here.stdout).toContain(`Certificate SHA-256: ${certificate.fingerprint}`);
  });

  it('ends when the certificate is not the one it was told', async () => {
    const pool = await scriptedPool(selfSigned('pool.test', 'DNS:pool.test'));
    const pinned = ['--tls-fingerprint', 'ab'.repeat(32)];
    const here = start(['--pool', `127.0.0.1:${pool.port}`, ...pinned, '--json']);
    expect(await here.exited).toBe(1);
    expect(here.of('error')[0]?.message).toMatch(/certificate/i);
    expect(pool.received).toEqual([]);
  });
});
