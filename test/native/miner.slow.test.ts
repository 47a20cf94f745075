import { hash, releaseCaches } from 'randomx-native-prebuilt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { job, keyA, threads, WatchedMiner } from './support/mining.ts';

/** Keeps keyA prepared, so that only the first waits for it. */
beforeAll(async () => {
  await hash({ algorithm: 'rx/0', key: keyA, input: Buffer.alloc(1) });
}, 120_000);

afterAll(() => releaseCaches());

describe('Miner in light mode', { timeout: 600_000 }, () => {
  it('starts and stops a hundred times without a thread or memory left over', async () => {
    const cycle = async () => {
      const watched = new WatchedMiner();
      watched.miner.setJob(job(1));
      await watched.until((snapshot) => (snapshot.hashesByThread[0] ?? 0) > 0);
      await watched.stop();
    };
    for (let i = 0; i < 10; ++i) await cycle();
    const threadsBefore = threads();
    const memoryBefore = process.memoryUsage.rss();
    for (let i = 0; i < 90; ++i) await cycle();
    expect(threads()).toBe(threadsBefore);
    const grownMiB = (process.memoryUsage.rss() - memoryBefore) / 2 ** 20;
    expect(grownMiB).toBeLessThan(64);
  });
});
