/** From nothing to fast mode, in seconds since the first job: `node scripts/run.mjs native/bench/cold_start.ts [runs]`. */
import { setTimeout as delay } from 'node:timers/promises';
import { Miner, cpuReport } from '../js/index.ts';
import { benchJob } from '../js/stopwatch.ts';

const runs = Number(process.argv[2] ?? '3');
const EVERY_HASH = 2n ** 64n - 1n;

async function start(run: number): Promise<string> {
  const miner = Miner.create({ cpus: cpuReport().recommendedCpus, mode: 'fast' });
  const began = performance.now();
  const now = () => (performance.now() - began) / 1000;
  let [share, memory] = [NaN, NaN];
  // A key of its own: of the last run nothing may be left.
  const key = new Uint8Array(32).fill(run + 1);
  miner.setJob({ ...benchJob('rx/0', EVERY_HASH, 0), key });
  for (;;) {
    const { snapshot, events } = miner.poll();
    if (Number.isNaN(share) && events.some(({ type }) => type === 'share')) share = now();
    if (Number.isNaN(memory) && snapshot.datasetProgress > 0) memory = now();
    if (snapshot.state === 'fast') {
      const { cache, firstHash } = snapshot.seconds;
      const light = snapshot.hashesByThread.reduce((sum, hashes) => sum + hashes, 0);
      const times = { cache, firstHash, firstShare: share, memory, fast: now() };
      await miner.stop();
      const told = Object.entries(times).map(([name, at]) => `${name} ${at.toFixed(2)}`);
      return `${told.join(', ')}; ${String(light)} hashes until then`;
    }
    await delay(5);
  }
}

for (let run = 0; run < runs; ++run) process.stdout.write(`${await start(run)}\n`);
