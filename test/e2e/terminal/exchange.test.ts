import { afterEach, expect, it } from 'vitest';
import { TEST_ADDRESS } from '../../support/monerod.ts';
import { jobPush, rxJob } from '../../support/stratum/exchange.ts';
import { ScriptedPool, type PoolConnection } from '../../support/stratum/scriptedPool.ts';
import { TerminalMiner } from '../../support/terminalMiner.ts';

/**
 * The exchange between a miner and a pool that the user gave, byte for byte; only the pushed blob has the nonce byte 40,
 * as a pool reserves it: the documented share's nonce ends in it.
 */
const login =
  '{"id":1,"jsonrpc":"2.0","method":"login","params":{"login":"48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD","pass":"x","agent":"Ibctminer/1.0.0"}}';
const loginAnswer =
  '{"id":1,"jsonrpc":"2.0","error":null,"result":{"id":"1be0b7b6-b15a-47be-a17d-46b2911cf7d0","job":{"blob":"070780e6b9d60586ba419a0c224e3c6c3e134cc45c4fa04d8ee2d91c2595463c57eef0a4f0796c000000002fcc4d62fa6c77e76c30017c768be5c61d83ec9d3a085d524ba8053ecc3224660d","job_id":"q7PLUPL25UV0z5Ij14IyMk8htXbj","id":"1be0b7b6-b15a-47be-a17d-46b2911cf7d0","target":"b88d0600","height":0},"status":"OK"}}';
const push =
  '{"jsonrpc":"2.0","method":"job","params":{"blob":"0707d5efb9d6057e95a35f868231780b3a8649c4e57f3c77eaf437329243eef0b9f4b6987d05b900000040cae7754cb85a0ad8eebf3e0bf55f3ec5e754a1d6b05d46e5c358f907dbcbb72b01","job_id":"4BiGm3/RgGQzgkTI/xV0smdA+EGZ","target":"b88d0600","height":0}}';
const submit =
  '{"id":2,"jsonrpc":"2.0","method":"submit","params":{"id":"1be0b7b6-b15a-47be-a17d-46b2911cf7d0","job_id":"4BiGm3/RgGQzgkTI/xV0smdA+EGZ","nonce":"d0030040","result":"e1364b8782719d7683e2ccd3d8f724bc59dfa780a9e960e7c0e0046acdb40100"}}';
const submitAnswer = '{"id":2,"jsonrpc":"2.0","error":null,"result":{"status":"OK"}}';

let miner: TerminalMiner | undefined;
let pool: ScriptedPool | undefined;
afterEach(async () => {
  await miner?.cleanUp();
  await pool?.close();
});

const requestId = /^\{"id":(\d+),/;

/** Answers what the miner sends with OK until the documented share comes; its line as if it were the second. */
async function documentedSubmit(connection: PoolConnection): Promise<string> {
  for (;;) {
    const line = await connection.line();
    // A keepalive, or a share with an earlier nonce, may have taken the second place.
    const id = requestId.exec(line)?.[1] ?? '';
    connection.send(submitAnswer.replace(requestId, `{"id":${id},`));
    if (line.includes('"nonce":"d0030040"')) return line.replace(requestId, '{"id":2,');
  }
}

it(
  'mines the documented exchange: login, first job, pushed job, the very share, OK',
  { timeout: 600_000 },
  async () => {
    pool = await ScriptedPool.listen();
    const where = ['--pool', `127.0.0.1:${pool.port}`, '--wallet', TEST_ADDRESS];
    const here = (miner = new TerminalMiner([...where, '--mode', 'light', '--json']));
    const connection = await pool.connection();
    expect(await connection.line()).toBe(login);
    connection.send(loginAnswer);
    await here.waitFor('job', 1, 60_000);
    connection.send(push);

    expect(await documentedSubmit(connection)).toBe(submit);
    const accepted = await here.waitFor('accepted', here.of('share').length, 60_000);
    expect(accepted.at(-1)).toMatchObject({
      jobId: '4BiGm3/RgGQzgkTI/xV0smdA+EGZ',
      nonce: 'd0030040',
    });
    expect(here.of('job').map(({ algo, difficulty }) => [algo, difficulty])).toEqual([
      ['cn/1', 10_000],
      ['cn/1', 10_000],
    ]);
    expect(here.of('error')).toEqual([]);

    // The same connection goes on with Monero's algorithm of today.
    connection.send(jobPush(rxJob({ target: 'ffffffff' })));
    await expect.poll(() => here.of('share').at(-1)?.algo, { timeout: 60_000 }).toBe('rx/0');
    expect(pool.connectionCount).toBe(1);
    here.process.kill('SIGTERM');
    expect(await here.exited).toBe(0);
  },
);
