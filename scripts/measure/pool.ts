/** A pool in a process of its own: it takes every share, and has a new job twice a minute. Prints its port. */
import { blobOnBlock, jobPush, loginAnswer, rxJob } from '../../test/support/stratum/exchange.ts';
import { ScriptedPool, type PoolConnection } from '../../test/support/stratum/scriptedPool.ts';

const JOB_EVERY_MS = 30_000;
/** A share in about half a minute of a thousand hashes a second, as pools like it. */
const DIFFICULTY = 30_000;

const pool = await ScriptedPool.listen();
process.stdout.write(`${pool.port}\n`);
let block = 0;
for (;;) void serve(await pool.connection());

async function serve(miner: PoolConnection): Promise<void> {
  await miner.line();
  miner.send(loginAnswer({ job: nextJob() }));
  const timer = setInterval(() => miner.send(jobPush(nextJob())), JOB_EVERY_MS);
  void miner.closed().then(() => clearInterval(timer));
  for (;;) {
    const { id } = JSON.parse(await miner.line()) as { id: number };
    miner.send({ id, jsonrpc: '2.0', error: null, result: { status: 'OK' } });
  }
}

function nextJob(): Record<string, unknown> {
  block += 1;
  const target = Buffer.alloc(4);
  target.writeUInt32LE(Math.floor(0xffffffff / DIFFICULTY));
  const [job_id, blob] = [String(block), blobOnBlock(block)];
  return rxJob({ job_id, blob, target: target.toString('hex') });
}
