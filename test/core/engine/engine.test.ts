import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { Miner } from 'randomx-native-prebuilt';
import {
  NativeEngine,
  type EngineOptions,
  type EngineStatus,
} from '../../../electron/core/engine/engine.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import type { Job, Share } from '../../../electron/core/work/job.ts';
import { ReferenceRandomX } from '../../support/librandomx.ts';
import { easyJob } from '../../support/session.ts';

const WAIT = { timeout: 60_000, interval: 20 };
vi.setConfig({ testTimeout: 120_000 });

/** The real engine in light mode, and everything it told. */
class Listened {
  readonly shares: { share: Share; job: Job }[] = [];
  readonly errors: Problem[] = [];
  status: EngineStatus | undefined;
  readonly engine: NativeEngine;

  constructor(tunedFor?: EngineOptions['tunedFor']) {
    const miner = { cpus: [0], mode: 'light', priority: 'normal' } as const;
    this.engine = new NativeEngine(
      {
        createMiner: (options) => Miner.create(options),
        optionsFor: () => (tunedFor === undefined ? { miner } : { miner, tunedFor }),
      },
      { threads: { count: 1 }, mode: 'light' },
      {
        onStatus: (status) => {
          this.status = status;
        },
        onShare: (share, job) => this.shares.push({ share, job }),
        onWarning: (problem) => this.errors.push(problem),
        onError: (problem) => this.errors.push(problem),
      },
    );
  }
}

let here: Listened | undefined;
const randomx = new ReferenceRandomX();
afterEach(() => here?.engine.stop());
afterAll(() => randomx.close());

describe('the engine', () => {
  it('finds shares whose every field anybody can check', async () => {
    const listened = (here = new Listened());
    const job = easyJob(1, { blob: Buffer.from(easyJob(1).blob) });
    listened.engine.setJob(job);
    await vi.waitFor(() => expect(listened.shares.length).toBeGreaterThan(2), WAIT);
    const nonces = new Set<string>();
    for (const { share, job: owner } of listened.shares) {
      expect(owner).toBe(job);
      expect(share.jobId).toBe(job.jobId);
      expect(share.blob.subarray(39, 43)).toEqual(share.nonce);
      const hash = randomx.hash(share.seedHash ?? new Uint8Array(), share.blob);
      expect(Buffer.from(hash).equals(share.result)).toBe(true);
      nonces.add(Buffer.from(share.nonce).toString('hex'));
    }
    expect(nonces.size).toBe(listened.shares.length);
    // The job's own blob is left as it came.
    expect([...job.blob.subarray(39, 43)]).toEqual([0, 0, 0, 0]);
    expect(listened.status).toMatchObject({ state: 'light' });
  });

  it('leaves the byte of the nonce alone that belongs to the pool', async () => {
    const listened = (here = new Listened());
    const job = easyJob(1, { reservedNonceBytes: 1 });
    job.blob[42] = 0x5a;
    listened.engine.setJob(job);
    await vi.waitFor(() => expect(listened.shares.length).toBeGreaterThan(2), WAIT);
    for (const { share } of listened.shares) expect(share.nonce[3]).toBe(0x5a);
  });

  it('turns what the native package throws into a problem', () => {
    const listened = (here = new Listened());
    listened.engine.setJob(easyJob(1, { nonceOffset: 75 }));
    expect(listened.errors).toMatchObject([{ code: 'engineFault' }]);
  });

  it('hashes each algorithm as it was measured to be best', async () => {
    const lanes = { 'rx/0': 2, 'rx/2': 3, 'cn/1': 4 } as const;
    const listened = (here = new Listened((algorithm) => ({ interleave: lanes[algorithm] })));
    listened.engine.setJob({ ...easyJob(1), algorithm: 'cn/1' });
    await vi.waitFor(() => expect(listened.status?.interleave).toBe(4), WAIT);
    await vi.waitFor(() => expect(listened.shares.length).toBeGreaterThan(0), WAIT);
    // Light mode of RandomX interleaves nothing, whatever was measured in fast mode.
    listened.engine.setJob(easyJob(1));
    await vi.waitFor(() => expect(listened.status?.interleave).toBe(1), WAIT);
    expect(listened.errors).toEqual([]);
  });

  it('is silent after its stop', async () => {
    const listened = (here = new Listened());
    listened.engine.setJob(easyJob(1));
    await vi.waitFor(() => expect(listened.shares.length).toBeGreaterThan(0), WAIT);
    await listened.engine.stop();
    const { length } = listened.shares;
    listened.engine.setJob(easyJob(2));
    listened.engine.resume();
    await listened.engine.stop();
    expect(listened.shares).toHaveLength(length);
    expect(listened.errors).toEqual([]);
  });
});
