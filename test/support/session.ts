import { hash, Miner, releaseCaches, type MinerOptions } from 'randomx-native-prebuilt';
import { afterAll, beforeAll } from 'vitest';
import { NativeEngine } from '../../electron/core/engine/engine.ts';
import type { Learning } from '../../electron/core/engine/learning/learning.ts';
import type { MinePlan } from '../../electron/core/mining/plan.ts';
import { systemClock, type Cancel, type Clock } from '../../electron/core/clock.ts';
import {
  Session,
  type SessionEvent,
  type SessionOptions,
} from '../../electron/core/mining/session.ts';
import { SharesUnderWay } from '../../electron/core/work/sharesUnderWay.ts';
import type { Job, Share } from '../../electron/core/work/job.ts';
import type { StratumSpec, WorkSpec } from '../../electron/core/work/spec.ts';
import type { EngineSpec } from '../../electron/core/engine/spec.ts';
import { difficultyOf } from '../../electron/core/work/target.ts';
import type {
  Endpoint,
  SourceEvent,
  SourceListener,
  WorkSource,
} from '../../electron/core/work/source.ts';
import { problem } from '../../electron/contract/problem.ts';

/** A work source that says what a test makes it say, and keeps what it is given. */
export class ScriptedSource implements WorkSource {
  readonly endpoint: Endpoint;
  follow?: (spec: WorkSpec) => boolean;
  isStarted = false;
  isStopped = false;
  wakes = 0;
  readonly submitted: Share[] = [];
  readonly #underWay = new SharesUnderWay(systemClock);
  readonly #listener: SourceListener;

  constructor(listener: SourceListener, kind: Endpoint['kind'] = 'stratum') {
    this.#listener = listener;
    this.endpoint = { kind, host: 'pool.test', port: 3333, tls: false };
  }

  start(): void {
    this.isStarted = true;
  }

  submit(share: Share): void {
    this.submitted.push(share);
    this.#underWay.add(share);
  }

  wake(): void {
    this.wakes += 1;
  }

  async leave(timeoutMs: number): Promise<void> {
    const error = problem('poolLeft');
    for (const share of await this.#underWay.settled(timeoutMs)) {
      this.tell({ type: 'stale', share, error });
    }
    this.stop();
  }

  stop(): void {
    this.isStopped = true;
  }

  tell(...events: readonly SourceEvent[]): void {
    for (const event of events) {
      this.#listener(event);
      if ('share' in event) this.#underWay.delete(event.share);
    }
  }

  logIn(): void {
    const { endpoint } = this;
    this.tell(
      { type: 'connecting', endpoint },
      { type: 'connected', endpoint },
      { type: 'loggedIn' },
    );
  }
}

/** The system's clock, and on top of it what a test adds. */
export class ShiftedClock implements Clock {
  shiftMs = 0;
  /** What setting the system's clock does. */
  wallShiftMs = 0;

  nowMs(): number {
    return systemClock.nowMs() + this.shiftMs;
  }

  throughSleepMs(): number {
    return systemClock.throughSleepMs() + this.shiftMs;
  }

  wallMs(): number {
    return systemClock.wallMs() + this.shiftMs + this.wallShiftMs;
  }

  after(delayMs: number, callback: () => void): Cancel {
    return systemClock.after(delayMs, callback);
  }

  every(intervalMs: number, callback: () => void): Cancel {
    return systemClock.every(intervalMs, callback);
  }

  random(): number {
    return systemClock.random();
  }
}

const SEED_HASH = new Uint8Array(32).fill(1);

/** For all tests of a file: keeps the key of `easyJob` prepared, so that only the first waits for it. */
export function keepKeyPrepared(): void {
  beforeAll(async () => {
    await hash({ algorithm: 'rx/0', key: SEED_HASH, input: Buffer.alloc(1) });
  });
  afterAll(releaseCaches);
}

let serial = 0;

/** A RandomX job on top of a block named by one byte; nearly every hash is a share. */
export function easyJob(previousBlock: number, changes: Partial<Job> = {}): Job {
  serial += 1;
  const blob = new Uint8Array(76).fill(previousBlock, 7, 39);
  blob[0] = 16;
  new DataView(blob.buffer).setUint32(50, serial);
  const target = (1n << 64n) - 1n;
  return {
    jobId: `job ${serial}`,
    algorithm: 'rx/0',
    blob,
    nonceOffset: 39,
    reservedNonceBytes: 0,
    target,
    difficulty: difficultyOf(target),
    height: 7,
    seedHash: SEED_HASH,
    ...changes,
  };
}

const pool: StratumSpec = {
  kind: 'stratum',
  host: 'pool.test',
  port: 3333,
  tls: { use: 'none' },
  login: '4',
  password: 'x',
};

/** Light mode with one thread. */
export const onePool: MinePlan = {
  work: { kind: 'pools', pools: [pool] },
  engine: { threads: { count: 1 }, mode: 'light' },
};

export const otherPool: MinePlan = {
  ...onePool,
  work: { kind: 'pools', pools: [{ ...pool, host: 'other.test' }] },
};

/** A session on the real engine, in light mode with one thread. */
export class SessionUnderTest {
  readonly clock = new ShiftedClock();
  readonly events: SessionEvent[] = [];
  readonly sources: ScriptedSource[] = [];
  readonly session: Session;
  enginesOpened = 0;
  learning: Learning | undefined;
  createMiner = (options: MinerOptions): Miner => Miner.create(options);

  constructor(options: Partial<SessionOptions> = {}) {
    this.session = new Session({
      clock: this.clock,
      listener: (event) => this.events.push(event),
      openSource: () => (listener) => {
        const source = new ScriptedSource(listener);
        this.sources.push(source);
        return source;
      },
      openEngine: (spec, listener) => {
        this.enginesOpened += 1;
        const optionsFor = ({ threads, mode }: EngineSpec) => ({
          miner: {
            cpus: Array.from(
              { length: Number(typeof threads === 'string' || threads.count) },
              (_, cpu) => cpu,
            ),
            mode,
            priority: 'normal' as const,
          },
        });
        const createMiner = (options: MinerOptions) => this.createMiner(options);
        const { clock, learning } = this;
        const parts = { createMiner, optionsFor, clock, ...(learning && { learning }) };
        return new NativeEngine(parts, spec, listener);
      },
      standstill: { state: 'notStartedYet' },
      ...options,
    });
    this.session.follow(onePool);
  }

  get source(): ScriptedSource {
    const source = this.sources.at(-1);
    if (source === undefined) throw new Error('no source was opened yet');
    return source;
  }

  of<T extends SessionEvent['type']>(type: T): Extract<SessionEvent, { type: T }>[] {
    return this.events.filter(
      (event): event is Extract<SessionEvent, { type: T }> => event.type === type,
    );
  }
}
