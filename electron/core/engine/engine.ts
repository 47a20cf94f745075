import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { MinerApi, MinerEvent, MinerJob, MinerOptions, MinerSnapshot } from './library.ts';
import type { Problem } from '../../contract/problem.ts';
import type { LearningState } from '../../contract/tuning.ts';
import { systemClock, type Clock } from '../clock.ts';
import type { Job, Share } from '../work/job.ts';
import { engineProblem, engineWarning } from './problem.ts';
import type { Learner } from './learning/learner.ts';
import type { Learning } from './learning/learning.ts';
import type { EngineSpec } from './spec.ts';

export type EngineStatus = MinerSnapshot;
type EngineError = Extract<MinerEvent, { type: 'error' }>['error'];

/** What the engine tells, in the order in which it happened. */
export interface EngineListener {
  /** Whenever there is something to tell, and every second for what moves all the time. */
  onStatus(status: EngineStatus): void;
  /** `job` is the very object given to `setJob`, so that its holder knows whose share it is. */
  onShare(share: Share, job: Job): void;
  /** Something went wrong, and hashing goes on. */
  onWarning(problem: Problem): void;
  /** The engine is of no use any more; only `stop` is left. Told once. */
  onError(problem: Problem): void;
}

/** Makes an engine with threads for `spec`. Throws where none can be had (`engineProblem` says why). */
export type EngineOpener = (spec: EngineSpec, listener: EngineListener) => Engine;

/** How one algorithm is to be hashed; empty: the engine's choice. */
export type Tuned = Partial<Pick<MinerOptions, 'interleave' | 'rounding' | 'prefetch'>>;

/** What a spec comes to on this machine. */
export interface EngineOptions {
  readonly miner: MinerOptions;
  /** The CPUs for so many threads, where other numbers of them may be tried. */
  readonly cpusFor?: (threads: number) => readonly number[];
  /** What was measured to be best on this machine. */
  readonly tunedFor?: (algorithm: Job['algorithm']) => Tuned;
}

export interface EngineParts {
  readonly createMiner: (options: MinerOptions) => MinerApi;
  readonly optionsFor: (spec: EngineSpec) => EngineOptions;
  readonly learning?: Learning;
  readonly clock?: Pick<Clock, 'nowMs'>;
}

/** Hashing threads fed with jobs. One per process. */
export interface Engine {
  readonly cpus: readonly number[];
  /** What is tried while hashing; null: nothing. */
  readonly learning: LearningState | null;
  /** Other threads or another mode while mining: the dataset is kept where it can be, and no nonce is tried twice. */
  follow(spec: EngineSpec): void;
  setJob(job: Job): void;
  pause(): void;
  resume(): void;
  /** Tells what was found until now, and resolves when no thread and no memory of the engine is left. Idempotent. */
  stop(): Promise<void>;
}

/** What moves all the time is told so often, and with it what was done until then. */
export const POLL_EVERY_MS = 1000;
/** Many shares a second are told together. */
const POLL_AT_MOST_EVERY_MS = 50;
/** A share of a job older than the last few cannot be worth anything any more. */
const REMEMBERED_JOBS = 16;

/** The engine on the native package's Miner. */
export class NativeEngine implements Engine {
  readonly #parts: EngineParts;
  #spec: EngineSpec;
  #options: EngineOptions;
  /** How the miner was last told to hash. */
  #configured: MinerOptions;
  readonly #miner: MinerApi;
  readonly #listener: EngineListener;
  /** Jobs by the native library's number, oldest first. */
  readonly #jobs = new Map<number, Job>();
  #stopped: Promise<void> | undefined;
  #algorithm: Job['algorithm'] | undefined;
  #learner: Learner | null = null;
  /** When it was last asked whether there is anything to learn: to know that, much of the system is read. */
  #askedWhen = '';
  /** Errors of the last poll: only the next status tells whether the engine goes on. */
  #errors: readonly EngineError[] = [];
  #hasFailed = false;

  /** Throws what `createMiner` throws: an engine that cannot be had at all. */
  constructor(parts: EngineParts, spec: EngineSpec, listener: EngineListener) {
    this.#parts = parts;
    this.#spec = spec;
    this.#options = parts.optionsFor(spec);
    this.#configured = this.#options.miner;
    this.#listener = listener;
    this.#miner = parts.createMiner(this.#configured);
    void this.#watch();
  }

  get cpus(): readonly number[] {
    return this.#configured.cpus;
  }

  get learning(): LearningState | null {
    return this.#learner?.state ?? null;
  }

  follow(spec: EngineSpec): void {
    this.#guard(() => {
      this.#spec = spec;
      this.#options = this.#parts.optionsFor(spec);
      this.#hashAsKnown();
    });
  }

  setJob(job: Job): void {
    this.#guard(() => {
      if (job.algorithm !== this.#algorithm) {
        this.#algorithm = job.algorithm;
        this.#hashAsKnown();
      }
      this.#jobs.set(this.#miner.setJob(toMinerJob(job)), job);
      for (const number of this.#jobs.keys()) {
        if (this.#jobs.size <= REMEMBERED_JOBS) break;
        this.#jobs.delete(number);
      }
    });
  }

  pause(): void {
    this.#guard(() => this.#miner.pause());
  }

  resume(): void {
    this.#guard(() => this.#miner.resume());
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    await this.#miner.stop();
    for (const event of this.#miner.poll().events) this.#tellShare(event);
  }

  /** As was measured to be best, until something is learnt. */
  #hashAsKnown(): void {
    this.#learner?.interrupt();
    this.#learner = null;
    this.#askedWhen = '';
    const tuned =
      this.#algorithm === undefined ? {} : (this.#options.tunedFor?.(this.#algorithm) ?? {});
    this.#configure({ ...this.#options.miner, ...tuned });
  }

  #learn(status: EngineStatus): void {
    const { learning, clock = systemClock } = this.#parts;
    if (learning === undefined || this.#algorithm === undefined) return;
    const { state, hashesByThread } = status;
    const when = `${state} ${hashesByThread.length}`;
    // The last orders have been followed.
    const isSettled = hashesByThread.length === this.#configured.cpus.length;
    if (isSettled && this.#learner === null && when !== this.#askedWhen) {
      this.#askedWhen = when;
      this.#learner = learning.learnerFor(this.#spec, this.#algorithm, status);
    }
    const learner = this.#learner;
    if (learner === null) return;
    const isDone = learner.see(status, clock.nowMs());
    const { threads, ...ways } = learner.setup;
    const { miner, cpusFor } = this.#options;
    this.#configure({ ...miner, cpus: cpusFor?.(threads) ?? miner.cpus, ...ways });
    if (isDone) learning.keep(this.#spec, this.#algorithm, learner, status);
  }

  /** The threads start anew for other options only. */
  #configure(options: MinerOptions): void {
    if (isDeepStrictEqual(options, this.#configured)) return;
    this.#configured = options;
    this.#miner.configure(options);
  }

  async #watch(): Promise<void> {
    const { clock = systemClock } = this.#parts;
    while (this.#stopped === undefined) {
      const polledAtMs = clock.nowMs();
      await this.#news();
      const earlyMs = polledAtMs + POLL_AT_MOST_EVERY_MS - clock.nowMs();
      if (earlyMs > 0) await delay(earlyMs);
      this.#poll();
    }
  }

  async #news(): Promise<void> {
    try {
      await this.#miner.news(POLL_EVERY_MS);
    } catch (error) {
      if (this.#stopped === undefined) this.#fail(engineProblem(error));
    }
  }

  #poll(): void {
    this.#guard(() => {
      const { snapshot, events } = this.#miner.poll();
      // Status first: a share proves hashes that the counters already tell of.
      this.#listener.onStatus(snapshot);
      for (const event of events) this.#tellShare(event);
      const errors = events.flatMap((event) => (event.type === 'error' ? [event.error] : []));
      if (snapshot.state === 'failed')
        this.#fail(engineProblem([...this.#errors, ...errors].at(-1)));
      else for (const error of this.#errors) this.#listener.onWarning(engineWarning(error));
      this.#errors = errors;
      if (!this.#hasFailed) this.#learn(snapshot);
    });
  }

  #tellShare(event: MinerEvent): void {
    if (event.type !== 'share') return;
    const job = this.#jobs.get(event.jobNumber);
    if (job !== undefined) this.#listener.onShare(toShare(job, event), job);
  }

  #fail(problem: Problem): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#listener.onError(problem);
  }

  /** The native package throws typed errors; here they become values. */
  #guard(action: () => void): void {
    if (this.#stopped !== undefined) return;
    try {
      action();
    } catch (error) {
      this.#fail(engineProblem(error));
    }
  }
}

function toMinerJob(job: Job): MinerJob {
  return {
    algorithm: job.algorithm,
    blob: job.blob,
    nonceOffset: job.nonceOffset,
    reservedNonceBytes: job.reservedNonceBytes,
    target: job.target,
    ...(job.seedHash === undefined ? {} : { key: job.seedHash }),
    ...(job.nextSeedHash === undefined ? {} : { nextKey: job.nextSeedHash }),
  };
}

function toShare(job: Job, event: Extract<MinerEvent, { type: 'share' }>): Share {
  const blob = Uint8Array.from(job.blob); // a Buffer's own slice would share its bytes
  blob.set(event.nonce, job.nonceOffset);
  return {
    jobId: job.jobId,
    algorithm: job.algorithm,
    nonce: event.nonce,
    result: event.result,
    ...(event.commitment === undefined ? {} : { commitment: event.commitment }),
    blob,
    ...(job.seedHash === undefined ? {} : { seedHash: job.seedHash }),
    difficulty: job.difficulty,
  };
}
