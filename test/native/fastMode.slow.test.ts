import { afterAll, describe, expect, it } from 'vitest';
import { cpuReport, releaseCaches } from 'randomx-native-prebuilt';
import { ReferenceRandomX } from '../support/librandomx.ts';
import {
  EVERY_HASH,
  job,
  keyA,
  keyB,
  nonceOf,
  toHex,
  WatchedMiner,
  withNonce,
} from './support/mining.ts';

const reference = new ReferenceRandomX();
const { recommendedCpus } = cpuReport();
/** One for all tests: each goes on with the dataset of the one before. */
const watched = new WatchedMiner({ cpus: recommendedCpus, mode: 'fast' });
const errors = () => watched.events.filter((event) => event.type === 'error');

afterAll(async () => {
  await watched.stop();
  reference.close();
  await releaseCaches();
});

describe('Miner in fast mode', { timeout: 600_000 }, () => {
  it('hashes in light mode while it builds the dataset, then fast, never wrong, no nonce twice', async () => {
    const mined = job(1);
    watched.miner.setJob(mined);
    const light = await watched.until(() => watched.shares().length >= 1);
    expect(light.state).toBe('light');
    expect(light.datasetProgress).toBeLessThan(1);

    await watched.until(({ state, datasetProgress }) => {
      if (state === 'failed') throw new Error(JSON.stringify(watched.events));
      return state === 'fast' && datasetProgress === 1;
    });
    const before = watched.shares().length;
    const fast = await watched.until(() => watched.shares().length >= before + 50);
    expect(fast.pages.dataset).not.toBe('none');
    expect(fast.seconds.dataset).toBeGreaterThan(0);
    expect([1, 2, 3, 4]).toContain(fast.interleave);

    // The same threads with every degree of interleaving.
    for (const interleave of [1, 2, 3, 4]) {
      watched.miner.configure({ cpus: recommendedCpus, mode: 'fast', interleave });
      await watched.until((now) => now.state === 'fast' && now.interleave === interleave);
      const soFar = watched.shares().length;
      await watched.until(() => watched.shares().length >= soFar + 20);
    }
    const target = EVERY_HASH / 100n;
    const rare = watched.miner.setJob(job(1, { target }));
    await watched.until(() => watched.shares(rare).length >= 1);
    watched.miner.pause();
    await watched.until(({ state }) => state === 'paused');

    expect(errors()).toEqual([]);
    expect(watched.poll().droppedEvents).toBe(0);
    const shares = watched.shares();
    expect(new Set(shares.map(nonceOf)).size).toBe(shares.length);
    const sampled = [...shares.slice(0, 3), ...shares.slice(-12)];
    for (const share of sampled) {
      expect(toHex(share.result)).toBe(toHex(reference.hash(keyA, withNonce(mined, share))));
    }
  });

  it('changes to a key that was known before without a light moment and without a wrong share', async () => {
    // One thread of two: the next key's work has the other CPU.
    const cpus = recommendedCpus.slice(0, 1);
    watched.miner.configure({ cpus, mode: 'fast', priority: 'background' });
    watched.miner.setJob(job(2, { nextKey: keyB, target: 0n }));
    watched.miner.resume();
    await watched.until(({ state }) => state === 'fast');
    const isReady = () =>
      watched.events.some(
        (event) =>
          event.type === 'keyReady' && event.mode === 'fast' && keyB.equals(Buffer.from(event.key)),
      );
    await watched.until(isReady);

    const next = job(3, { key: keyB });
    const number = watched.miner.setJob(next);
    const states = new Set<string>();
    await watched.until(({ state, jobNumber }) => {
      if (jobNumber === number) states.add(state);
      return watched.shares(number).length >= 100;
    });
    expect([...states].filter((state) => state !== 'preparing')).toEqual(['fast']);
    expect(errors()).toEqual([]);
    for (const share of watched.shares(number).slice(0, 12)) {
      expect(toHex(share.result)).toBe(toHex(reference.hash(keyB, withNonce(next, share))));
    }
  });
});
