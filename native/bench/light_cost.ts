/** What hashing in light mode costs the dataset's build: `node scripts/run.mjs native/bench/light_cost.ts [runs]`. */
import { setTimeout as delay } from 'node:timers/promises';
import { Miner, cpuReport } from '../js/index.ts';
import { benchJob, rateOver, until } from '../js/stopwatch.ts';

const runs = Number(process.argv[2] ?? '3');
const cpus = cpuReport().recommendedCpus;

/** Light hashes a second of all threads when they do nothing else. */
async function lightRate(): Promise<number> {
  const miner = Miner.create({ cpus, mode: 'light' });
  miner.setJob(benchJob('rx/0', 0n, 0));
  await until(miner, ({ state, seconds }) => state === 'light' && seconds.firstHash > 0);
  await delay(500);
  const rate = await rateOver(miner, 5000);
  await miner.stop();
  return rate;
}

/**
 * Light hashes made while the dataset was built, and how long that took without the memory's part. The last hundredth is left
 * out: threads that find nothing more to build hash while the others end.
 */
async function build(): Promise<{ hashes: number; seconds: number }> {
  const miner = Miner.create({ cpus, mode: 'fast' });
  miner.setJob(benchJob('rx/0', 0n, 0));
  await until(miner, ({ datasetProgress }) => datasetProgress > 0);
  const hashesOf = () =>
    miner.poll().snapshot.hashesByThread.reduce((sum, hashes) => sum + hashes, 0);
  const before = hashesOf();
  const began = performance.now();
  await until(miner, ({ datasetProgress }) => datasetProgress > 0.99);
  const result = { hashes: hashesOf() - before, seconds: (performance.now() - began) / 1000 };
  await miner.stop();
  return result;
}

for (let run = 0; run < runs; ++run) {
  const rate = await lightRate();
  const { hashes, seconds } = await build();
  const share = hashes / rate / seconds;
  process.stdout.write(
    `${hashes} light hashes in ${seconds.toFixed(2)} s of building, ${rate.toFixed(1)} H/s alone: ${(share * 100).toFixed(1)} % of the time\n`,
  );
}
