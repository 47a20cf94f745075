import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hash, Miner, releaseCaches, RandomxError } from 'randomx-native-prebuilt';
import { ReferenceRandomX } from '../support/librandomx.ts';
import {
  EVERY_HASH,
  job,
  keyA,
  keyB,
  nonceOf,
  threads,
  toHex,
  WatchedMiner,
  withNonce,
} from './support/mining.ts';

const reference = new ReferenceRandomX();
let watched: WatchedMiner;

/** Keeps keyA prepared, so that only the tests about preparing wait for it. */
beforeAll(async () => {
  await hash({ algorithm: 'rx/0', key: keyA, input: Buffer.alloc(1) });
}, 120_000);

afterEach(async () => {
  await watched.stop();
});

afterAll(async () => {
  reference.close();
  await releaseCaches();
});

describe('Miner in light mode', { timeout: 600_000 }, () => {
  it('finds shares below the target that librandomx0 confirms', async () => {
    watched = new WatchedMiner();
    const target = EVERY_HASH / 3n;
    const mined = job(1, { target });
    const number = watched.miner.setJob(mined);
    await watched.until(() => watched.shares().length >= 4);
    for (const share of watched.shares()) {
      expect(share.jobNumber).toBe(number);
      expect(toHex(share.result)).toBe(toHex(reference.hash(keyA, withNonce(mined, share))));
      expect(Buffer.from(share.result).readBigUInt64LE(24) < target).toBe(true);
    }
  });

  it('goes on where an earlier miner of the process left a blob, when both say so', async () => {
    const noncesOf = async (nonces: 'ofMiner' | 'ofProcess') => {
      watched = new WatchedMiner({ nonces });
      watched.miner.setJob(job(77));
      await watched.until(() => watched.shares().length >= 4);
      await watched.stop();
      return watched.shares().map(nonceOf);
    };
    const first = await noncesOf('ofProcess');
    const second = await noncesOf('ofProcess');
    expect(Math.min(...second)).toBeGreaterThan(Math.max(...first));
    expect(Math.min(...(await noncesOf('ofMiner')))).toBe(0);
  });

  it('skips no nonce and repeats none: every hash of an open target is a share', async () => {
    const cpus = Array.from({ length: availableParallelism() }, (_, cpu) => cpu);
    watched = new WatchedMiner({ cpus });
    watched.miner.setJob(job(2));
    const nonces = () => watched.shares().map(nonceOf);
    // A thread that the system holds up comes late with its own.
    const first = Array.from({ length: 30 }, (_, nonce) => nonce);
    await watched.until(() => first.every((nonce) => nonces().includes(nonce)));
    expect(new Set(nonces()).size).toBe(nonces().length);
  });

  it('goes on with the nonces when only the target changes, and from 0 on another blob', async () => {
    watched = new WatchedMiner();
    const first = watched.miner.setJob(job(3));
    await watched.until(() => watched.shares(first).length >= 3);
    const second = watched.miner.setJob(job(3, { target: EVERY_HASH / 2n }));
    await watched.until(() => watched.shares(second).length >= 2);
    const third = watched.miner.setJob(job(4));
    await watched.until(() => watched.shares(third).length >= 2);
    const nonces = [first, second].flatMap((number) => watched.shares(number).map(nonceOf));
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(watched.shares(third).map(nonceOf)[0]).toBe(0);
  });

  it('keeps the reserved nonce byte as the pool set it', async () => {
    watched = new WatchedMiner();
    const mined = job(5, { reservedNonceBytes: 1 });
    mined.blob[42] = 0x40;
    watched.miner.setJob(mined);
    await watched.until(() => watched.shares().length >= 3);
    expect(watched.shares().every((share) => share.nonce[3] === 0x40)).toBe(true);
  });

  it('takes the newest of many jobs, without waiting for a poll', async () => {
    watched = new WatchedMiner();
    let last = 0;
    for (let i = 0; i < 500; ++i) last = watched.miner.setJob(job(i % 251, { target: EVERY_HASH }));
    expect(watched.poll().jobNumber).toBe(last);
    await watched.until(() => watched.shares(last).length >= 1);
    await watched.until(() => watched.shares(last).length >= 3);
    const order = watched.shares().map((share) => share.jobNumber);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order.at(-1)).toBe(last);
  });

  it('mines on after a key change, with the new key', async () => {
    watched = new WatchedMiner();
    watched.miner.setJob(job(6));
    await watched.until(() => watched.shares().length >= 1);
    const mined = job(6, { key: keyB });
    const number = watched.miner.setJob(mined);
    await watched.until(() => watched.shares(number).length >= 2);
    for (const share of watched.shares(number)) {
      expect(toHex(share.result)).toBe(toHex(reference.hash(keyB, withNonce(mined, share))));
    }
    const ready = watched.events.filter((event) => event.type === 'keyReady');
    expect(ready.map((event) => toHex(event.key))).toEqual([toHex(keyA), toHex(keyB)]);
  });

  it('mines on with a key that was made ahead', async () => {
    watched = new WatchedMiner();
    const next = Buffer.from('test key 003');
    watched.miner.setJob(job(7, { nextKey: next, target: 0n }));
    await watched.until((snapshot) => snapshot.state === 'light');
    // Time to make it; the job may also come while it is being made.
    await delay(3000);
    const mined = job(7, { key: next });
    const number = watched.miner.setJob(mined);
    await watched.until(() => watched.shares(number).length >= 1);
    const [share] = watched.shares(number);
    if (share === undefined) throw new Error('no share');
    expect(toHex(share.result)).toBe(toHex(reference.hash(next, withNonce(mined, share))));
  });

  it('computes rx/2 and gives hash and commitment', async () => {
    watched = new WatchedMiner();
    const mined = job(8, { algorithm: 'rx/2' });
    watched.miner.setJob(mined);
    await watched.until(() => watched.shares().length >= 2);
    for (const share of watched.shares()) {
      const input = withNonce(mined, share);
      const expected = await hash({ algorithm: 'rx/2', key: keyA, input });
      expect(toHex(share.result)).toBe(toHex(expected.result));
      expect(toHex(share.commitment ?? Buffer.alloc(0))).toBe(toHex(expected.hash));
    }
  });

  it('finds the same shares without generated code', async () => {
    watched = new WatchedMiner({ path: 'interpreter' });
    const mined = job(9);
    watched.miner.setJob(mined);
    const snapshot = await watched.until(() => watched.shares().length >= 2);
    expect(snapshot.paths['program']).toBe('interpreter');
    const [share] = watched.shares();
    if (share === undefined) throw new Error('no share');
    expect(toHex(share.result)).toBe(toHex(reference.hash(keyA, withNonce(mined, share))));
  });

  it('pauses and resumes', async () => {
    const here = (watched = new WatchedMiner());
    watched.miner.setJob(job(10, { target: 0n }));
    await watched.until((snapshot) => (snapshot.hashesByThread[0] ?? 0) > 0);
    watched.miner.pause();
    expect(watched.poll().state).toBe('paused');
    // What was in flight may still finish; then nothing moves.
    let before = 0;
    await vi.waitFor(async () => {
      before = here.hashes;
      await delay(500);
      expect(here.hashes).toBe(before);
    });
    watched.miner.resume();
    await watched.until((snapshot) => (snapshot.hashesByThread[0] ?? 0) > before);
    expect(watched.poll().state).toBe('light');
  });

  it('has news of shares and of another state, and lets nobody wait for longer than asked', async () => {
    const here = (watched = new WatchedMiner());
    const LONG_MS = 500_000; // longer than the test may take
    await here.miner.news(1);
    here.miner.setJob(job(13));
    while (here.shares().length === 0) {
      await here.miner.news(LONG_MS);
      here.poll();
    }
    here.miner.setJob(job(13, { target: 0n }));
    while (here.poll().state !== 'paused') {
      const news = here.miner.news(LONG_MS);
      here.miner.pause();
      await news;
    }
    const last = here.miner.news(LONG_MS);
    await here.stop();
    await last;
    await here.miner.news(LONG_MS);
  });

  it('says when all nonces are used up and goes on with the next job', async () => {
    watched = new WatchedMiner();
    watched.miner.setJob(job(11, { reservedNonceBytes: 3, target: 0n }));
    await watched.until((snapshot) => snapshot.nonceSpaceExhausted);
    await watched.until((snapshot) => snapshot.hashesByThread[0] === 256);
    const number = watched.miner.setJob(job(12));
    expect(watched.poll().nonceSpaceExhausted).toBe(false);
    await watched.until(() => watched.shares(number).length >= 1);
  });

  it('takes other threads while mining and keeps counting', async () => {
    const cpus = Array.from({ length: availableParallelism() }, (_, cpu) => cpu);
    watched = new WatchedMiner({ cpus });
    watched.miner.setJob(job(14, { target: 0n }));
    await watched.until((snapshot) => (snapshot.hashesByThread[0] ?? 0) > 0);
    const before = watched.poll().hashesByThread[0] ?? 0;
    watched.miner.configure({ cpus: [0], mode: 'light' });
    await watched.until(({ hashesByThread }) => hashesByThread.length === 1);
    await watched.until(({ hashesByThread }) => (hashesByThread[0] ?? 0) > before);
  });
});

describe('Miner', { timeout: 600_000 }, () => {
  it('is idle without a job, and takes no memory', () => {
    watched = new WatchedMiner();
    expect(watched.poll()).toMatchObject({
      state: 'idle',
      jobNumber: 0,
      datasetProgress: 0,
      pages: { dataset: 'none', cache: 'none', scratchpads: 'none' },
    });
  });

  it('leaves no thread behind and is stopped for good', async () => {
    const before = threads();
    watched = new WatchedMiner();
    watched.miner.setJob(job(1));
    await watched.until(() => watched.shares().length >= 1);
    expect(threads()).toBeGreaterThan(before);
    await Promise.all([watched.stop(), watched.stop()]);
    expect(threads()).toBe(before);
    expect(watched.poll().state).toBe('stopped');
    expect(() => watched.miner.setJob(job(2))).toThrow(
      expect.objectContaining({ code: 'stopping' }) as Error,
    );
  });

  it('stops at once while a cache is being filled', async () => {
    watched = new WatchedMiner();
    watched.miner.setJob(job(1, { key: Buffer.from('never finished') }));
    await delay(100);
    await watched.stop();
    expect(watched.poll().state).toBe('stopped');
  });

  it.each([
    ['no CPU', { cpus: [] }],
    ['a CPU that does not exist', { cpus: [60_000] }],
    ['a CPU twice', { cpus: [0, 0] }],
    ['a broken number', { cpus: [0.5] }],
    ['too much interleaving', { cpus: [0], interleave: 5 }],
  ])('refuses %s', async (_, options) => {
    watched = new WatchedMiner();
    expect(() => Miner.create({ mode: 'light', ...options })).toThrow(RandomxError);
    expect(() => Miner.create({ mode: 'light', ...options })).toThrow(
      expect.objectContaining({ code: 'invalidArgument' }) as Error,
    );
    await watched.stop();
  });

  it.each([
    ['a nonce outside the blob', { nonceOffset: 73 }],
    ['a negative nonce offset', { nonceOffset: -1 }],
    ['a blob that is too long', { blob: Buffer.alloc(513) }],
    ['a key that is too long', { key: Buffer.alloc(61) }],
    ['a target of more than 64 bits', { target: 2n ** 64n }],
    ['four reserved nonce bytes', { reservedNonceBytes: 4 }],
  ])('refuses a job with %s', (_, changes) => {
    watched = new WatchedMiner();
    expect(() => watched.miner.setJob(job(1, changes))).toThrow(
      expect.objectContaining({ code: 'invalidArgument' }) as Error,
    );
    expect(watched.poll().jobNumber).toBe(0);
  });
});
