import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { setTimeout as delay } from 'node:timers/promises';
import { Miner, type MinerApi, type MinerEvent, type MinerPoll } from 'randomx-native-prebuilt';
import {
  NativeEngine,
  type EngineOptions,
  type EngineStatus,
} from '../../../electron/core/engine/engine.ts';
import { Learning } from '../../../electron/core/engine/learning/learning.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import type { Job, Share } from '../../../electron/core/work/job.ts';
import { ReferenceRandomX } from '../../support/librandomx.ts';
import { easyJob, keepKeyPrepared } from '../../support/session.ts';

const WAIT = { timeout: 60_000, interval: 20 };
vi.setConfig({ testTimeout: 120_000 });

/** The real engine in light mode, and everything it told. */
class Listened {
  readonly shares: { share: Share; job: Job }[] = [];
  readonly errors: Problem[] = [];
  status: EngineStatus | undefined;
  polls = 0;
  readonly spec = { threads: { count: 1 }, mode: 'light', learns: true } as const;
  readonly engine: NativeEngine;

  constructor(tunedFor?: EngineOptions['tunedFor'], learning?: Learning) {
    const miner = { cpus: [0], mode: 'light', priority: 'normal' } as const;
    this.engine = new NativeEngine(
      {
        createMiner: (options) => Miner.create(options),
        optionsFor: () => (tunedFor === undefined ? { miner } : { miner, tunedFor }),
        ...(learning === undefined ? {} : { learning }),
      },
      this.spec,
      {
        onStatus: (status) => {
          this.polls += 1;
          this.status = status;
        },
        onShare: (share, job) => this.shares.push({ share, job }),
        onWarning: (problem) => this.errors.push(problem),
        onError: (problem) => this.errors.push(problem),
      },
    );
  }
}

keepKeyPrepared();

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

  it('asks once whether there is anything to learn, not at every poll', async () => {
    let asked = 0;
    const knowsAll = { knows: () => (asked += 1) > 0, learn: () => null };
    const listened = (here = new Listened(undefined, new Learning(knowsAll)));
    listened.engine.setJob(easyJob(1));
    await vi.waitFor(() => expect(listened.shares.length).toBeGreaterThan(2), WAIT);
    const polls = listened.polls;
    await vi.waitFor(() => expect(listened.polls).toBeGreaterThan(polls + 10), WAIT);
    expect(asked).toBe(1);
    listened.engine.follow({ ...listened.spec, learns: true });
    await vi.waitFor(() => expect(asked).toBe(2), WAIT);
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
    const lanes = { 'rx/0': 2, 'rx/2': 2, 'cn/1': 3 } as const;
    const listened = (here = new Listened((algorithm) => ({ interleave: lanes[algorithm] })));
    listened.engine.setJob({ ...easyJob(1), algorithm: 'cn/1' });
    await vi.waitFor(() => expect(listened.status?.interleave).toBe(3), WAIT);
    await vi.waitFor(() => expect(listened.shares.length).toBeGreaterThan(0), WAIT);
    // Light mode of RandomX has as many as dataset items can be made side by side, whatever was measured in fast mode.
    listened.engine.setJob(easyJob(1));
    await vi.waitFor(() => expect([1, 4]).toContain(listened.status?.interleave), WAIT);
    expect(listened.errors).toEqual([]);
  });

  it('tells what was found and not yet polled before its stop ends', async () => {
    const listened = (here = new Listened());
    listened.engine.setJob(easyJob(1));
    await vi.waitFor(() => expect(listened.shares.length).toBeGreaterThan(0), WAIT);
    // Nobody polls meanwhile: this thread is busy.
    const known = listened.shares.length;
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < 2000);
    await listened.engine.stop();
    expect(listened.shares.length).toBeGreaterThan(known);
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

describe('an engine that fails', () => {
  /** A miner that answers each poll with what a test gives it: the real one cannot be made to fail at a given moment. */
  function scripted(polls: MinerPoll[]) {
    const told: string[] = [];
    const poll = () => polls.shift() ?? stateOf('failed');
    const miner: MinerApi = {
      configure: () => undefined,
      setJob: () => 1,
      pause: () => undefined,
      resume: () => undefined,
      poll,
      news: () => delay(1),
      stop: () => Promise.resolve(),
    };
    const parts = {
      createMiner: () => miner,
      optionsFor: () => ({ miner: { cpus: [0], mode: 'light' as const } }),
    };
    const engine = new NativeEngine(
      parts,
      { threads: { count: 1 }, mode: 'light' },
      {
        onStatus: () => undefined,
        onShare: () => undefined,
        onWarning: ({ code }) => told.push(`warning ${code}`),
        onError: ({ code }) => told.push(`error ${code}`),
      },
    );
    return { engine, told };
  }

  const outOfMemory = { type: 'error', error: { code: 'outOfMemory', message: '' } } as const;

  function stateOf(state: MinerPoll['snapshot']['state'], ...events: MinerEvent[]): MinerPoll {
    const none = { dataset: 'none', cache: 'none', scratchpads: 'none' } as const;
    return {
      snapshot: {
        ...{ state, jobNumber: 1, datasetProgress: 0, hashesByThread: [0], pages: none },
        ...{ paths: {}, interleave: 1, nonceSpaceExhausted: false, droppedEvents: 0 },
        seconds: { cache: 0, dataset: 0, firstHash: 0 },
      },
      events,
    };
  }

  it.each([
    ['before its state', [stateOf('preparing', outOfMemory), stateOf('failed')]],
    ['with its state', [stateOf('preparing'), stateOf('failed', outOfMemory)]],
  ])('is told once, with what it failed of, when that comes %s', async (_, polls) => {
    const { engine, told } = scripted(polls);
    await vi.waitFor(() => expect(told).not.toEqual([]), WAIT);
    await delay(200);
    expect(told).toEqual(['error engineOutOfMemory']);
    await engine.stop();
  });

  it('is told even when nobody said of what', async () => {
    const { engine, told } = scripted([stateOf('failed')]);
    await vi.waitFor(() => expect(told).toEqual(['error engineFault']), WAIT);
    await engine.stop();
  });

  it.each([
    ['outOfMemory', 'fastModeNeedsMemory'],
    ['keyWaits', 'keyWaits'],
    ['fewerThreads', 'fewerThreads'],
    ['shareUnchecked', 'shareUnchecked'],
    ['wrongShare', 'wrongShare'],
    ['selfTestFailed', 'fastPathWrong'],
    ['codeMemoryRefused', 'generatedCodeForbidden'],
  ] as const)('goes on with a warning of %s when its state says so', async (code, warning) => {
    const { engine, told } = scripted([
      stateOf('light', { type: 'error', error: { code, message: '' } }),
      ...Array.from({ length: 1000 }, () => stateOf('light')),
    ]);
    await vi.waitFor(() => expect(told).toEqual([`warning ${warning}`]), WAIT);
    await engine.stop();
  });
});
