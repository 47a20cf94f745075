import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cpuReport } from 'randomx-native-prebuilt';
import { EVERY_HASH, job, keyA, keyB, WatchedMiner } from '../native/support/mining.ts';

const CYCLES = 1000;
const WARM_UP_CYCLES = 20;
const HASHES = 250_000;

const threads = () => readdirSync('/proc/self/task').length;

it(`starts, changes keys, pauses and stops ${CYCLES} times without a thread or memory left over`, async () => {
  const cpus = cpuReport().recommendedCpus;
  const cycle = async () => {
    const watched = new WatchedMiner({ cpus });
    const hashedMore = async () => {
      const before = watched.hashes;
      await watched.until(() => watched.hashes > before);
    };
    watched.miner.setJob(job(1, { key: keyA, target: 0n }));
    await hashedMore();
    watched.miner.setJob(job(2, { key: keyB, target: 0n }));
    await watched.until(({ state, jobNumber }) => state === 'light' && jobNumber === 2);
    await hashedMore();
    watched.miner.pause();
    watched.miner.resume();
    await hashedMore();
    await watched.stop();
    expect(watched.events.filter(({ type }) => type === 'error')).toEqual([]);
  };
  for (let done = 0; done < WARM_UP_CYCLES; ++done) await cycle();
  const threadsBefore = threads();
  const memoryBefore = process.memoryUsage.rss();
  for (let done = 0; done < CYCLES; ++done) await cycle();
  const grownMiB = (process.memoryUsage.rss() - memoryBefore) / 2 ** 20;
  console.log(`${CYCLES} cycles: ${grownMiB.toFixed(1)} MiB more`);
  expect(threads()).toBe(threadsBefore);
  expect(grownMiB).toBeLessThan(32);
});

/** XMRig's published sums of its offline benchmark (BenchState_test.h): XOR of the last words of that many results. */
it.each([
  ['rx/0', 0x7d6054757bb08a63n],
  ['rx/2', 0x18cf741a71484072n],
] as const)(`%s: ${HASHES} hashes give XMRig's published sum`, async (algorithm, published) => {
  const watched = new WatchedMiner({ cpus: cpuReport().recommendedCpus, mode: 'fast' });
  const blob = Buffer.alloc(112);
  const number = watched.miner.setJob(
    job(0, { algorithm, blob, key: new Uint8Array(32), target: EVERY_HASH }),
  );
  const seen = new Set<number>();
  let sum = 0n;
  await watched.until(({ droppedEvents }) => {
    expect(droppedEvents).toBe(0);
    for (const share of watched.shares(number)) {
      const nonce = Buffer.from(share.nonce).readUInt32LE();
      if (nonce >= HASHES || seen.has(nonce)) continue;
      seen.add(nonce);
      sum ^= Buffer.from(share.result).readBigUInt64LE(24);
    }
    watched.events.length = 0;
    return seen.size === HASHES;
  }, 1_800_000);
  await watched.stop();
  expect(sum).toBe(published);
});
