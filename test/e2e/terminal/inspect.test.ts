import { afterEach, describe, expect, it, vi } from 'vitest';
import { TEST_ADDRESS } from '../../support/monerod.ts';
import { loginAnswer, rxJob, sessionId } from '../../support/stratum/exchange.ts';
import { ScriptedPool } from '../../support/stratum/scriptedPool.ts';
import { TerminalMiner } from '../../support/terminalMiner.ts';

let miner: TerminalMiner | undefined;
let pool: ScriptedPool | undefined;
afterEach(async () => {
  await miner?.cleanUp();
  await pool?.close();
});

/** A miner that inspects its talk with a pool whose first job is easy. */
async function talk(...args: readonly string[]): Promise<TerminalMiner> {
  pool = await ScriptedPool.listen();
  const where = ['--pool', `127.0.0.1:${pool.port}`, '--wallet', `${TEST_ADDRESS}.kitchen`];
  const secrets = ['--pass', 'hunter-2', '--rig-id', 'garage'];
  miner = new TerminalMiner([...where, ...secrets, '--mode', 'light', '--inspect', ...args]);
  const connection = await pool.loggedIn(loginAnswer({ job: rxJob({ target: 'ffffffff' }) }));
  const submit = await connection.line();
  expect(submit).toContain('"method":"submit"');
  const { id } = JSON.parse(submit) as { id: number };
  connection.send({ id, jsonrpc: '2.0', error: null, result: { status: 'OK' } });
  connection.raw('\u001b[31mnot JSON\n');
  return miner;
}

function expectNoSecrets(text: string): void {
  for (const secret of [TEST_ADDRESS, 'kitchen', 'hunter-2', 'garage', sessionId]) {
    expect(text).not.toContain(secret);
  }
}

describe('--inspect', () => {
  it('gives programs every message both ways, without what identifies the miner', async () => {
    const here = await talk('--json');
    await here.waitFor('accepted', 1, 60_000);
    const messages = here.of('message');
    expect(messages[0]).toMatchObject({ direction: 'out' });
    expect(JSON.parse(String(messages[0]?.text))).toMatchObject({
      method: 'login',
      params: { login: '<login>', pass: '<pass>', rigid: '<rig>' },
    });
    expect(messages[1]).toMatchObject({ direction: 'in' });
    expect(JSON.parse(String(messages[1]?.text))).toMatchObject({
      result: { id: '<session>', job: { job_id: 'rx-1', target: 'ffffffff' } },
    });
    expect(JSON.parse(String(messages[2]?.text))).toMatchObject({
      method: 'submit',
      params: { id: '<session>', job_id: 'rx-1' },
    });
    expectNoSecrets(here.stdout + here.stderr);
  });

  it('shows people marked lines that cannot command their terminal', async () => {
    const here = await talk();
    await vi.waitFor(() => expect(here.stdout).toContain('not JSON'), { timeout: 60_000 });
    expect(here.stdout).toMatch(/^\d\d:\d\d:\d\d {2}sent: \{"id":1,.*"method":"login"/m);
    expect(here.stdout).toMatch(/^\d\d:\d\d:\d\d {2}received: \{"id":1,.*"status":"OK"/m);
    expect(here.stdout).toContain('received: \\u001b[31mnot JSON');
    expect(here.stdout).not.toContain('\u001b');
    expectNoSecrets(here.stdout + here.stderr);
  });

  it('is silent unless asked for', async () => {
    pool = await ScriptedPool.listen();
    const where = ['--pool', `127.0.0.1:${pool.port}`, '--wallet', TEST_ADDRESS];
    miner = new TerminalMiner([...where, '--mode', 'light', '--json']);
    await pool.loggedIn(loginAnswer());
    await miner.waitFor('job', 1, 60_000);
    expect(miner.of('message')).toEqual([]);
  });
});
