import type { Problem } from '../../contract/problem.ts';
import type { MinerApi, MinerEvent, MinerJob, MinerOptions, MinerSnapshot } from './library.ts';
import type { Job, Share } from '../work/job.ts';

export type EngineProblem = Problem;

export type EngineStatus = MinerSnapshot;

/** What the engine tells, in the order in which it happened. */
export interface EngineListener {
  /** Every poll, also when nothing moved. */
  onStatus(status: EngineStatus): void;
  /** `job` is the very object given to `setJob`, so that its holder knows whose share it is. */
  onShare(share: Share, job: Job): void;
  /** Something went wrong, and hashing goes on. */
  onWarning(problem: EngineProblem): void;
  /** The engine is of no use any more; only `stop` is left. */
  onError(problem: EngineProblem): void;
}

/** How one algorithm is to be hashed; empty: the engine's choice. */
export type Tuned = Partial<Pick<MinerOptions, 'interleave' | 'rounding'>>;

export interface EngineOptions {
  readonly miner: MinerOptions;
  /** What was measured to be best on this machine. */
  readonly tunedFor?: (algorithm: Job['algorithm']) => Tuned;
}

/** Hashing threads fed with jobs. One per process. */
export interface Engine {
  readonly cpus: readonly number[];
  setJob(job: Job): void;
  pause(): void;
  resume(): void;
  /** Resolves when no thread and no memory of the engine is left. Idempotent. */
  stop(): Promise<void>;
}

const POLL_INTERVAL_MS = 50;
/** A share of a job older than the last few cannot be worth anything any more. */
const REMEMBERED_JOBS = 16;

/** The engine on the native package's Miner, which `createMiner` makes. */
export class NativeEngine implements Engine {
  readonly cpus: readonly number[];
  readonly #options: EngineOptions;
  readonly #miner: MinerApi;
  readonly #listener: EngineListener;
  /** Jobs by the native library's number, oldest first. */
  readonly #jobs = new Map<number, Job>();
  readonly #timer: NodeJS.Timeout;
  #stopped: Promise<void> | undefined;
  #tunedAlgorithm: Job['algorithm'] | undefined;
  #tuned: Tuned = {};

  /** Throws what `createMiner` throws: an engine that cannot be had at all. */
  constructor(
    createMiner: (options: MinerOptions) => MinerApi,
    options: EngineOptions,
    listener: EngineListener,
  ) {
    this.cpus = options.miner.cpus;
    this.#options = options;
    this.#listener = listener;
    this.#miner = createMiner(options.miner);
    this.#timer = setInterval(() => this.#poll(), POLL_INTERVAL_MS);
    this.#timer.unref();
  }

  setJob(job: Job): void {
    this.#guard(() => {
      this.#tuneFor(job.algorithm);
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
    if (this.#stopped === undefined) {
      clearInterval(this.#timer);
      this.#stopped = this.#miner.stop();
    }
    return this.#stopped;
  }

  #tuneFor(algorithm: Job['algorithm']): void {
    const { tunedFor } = this.#options;
    if (tunedFor === undefined || algorithm === this.#tunedAlgorithm) return;
    this.#tunedAlgorithm = algorithm;
    const tuned = tunedFor(algorithm);
    const same =
      tuned.interleave === this.#tuned.interleave && tuned.rounding === this.#tuned.rounding;
    if (same) return; // the threads would start anew for nothing
    this.#tuned = tuned;
    this.#miner.configure({ ...this.#options.miner, ...tuned });
  }

  #poll(): void {
    this.#guard(() => {
      const { snapshot, events } = this.#miner.poll();
      // Status first: a share proves hashes that the counters already tell of.
      this.#listener.onStatus(snapshot);
      for (const event of events) this.#tell(event, snapshot.state === 'failed');
    });
  }

  #tell(event: MinerEvent, hasFailed: boolean): void {
    switch (event.type) {
      case 'share': {
        const job = this.#jobs.get(event.jobNumber);
        if (job !== undefined) this.#listener.onShare(toShare(job, event), job);
        return;
      }
      case 'error':
        if (hasFailed) this.#listener.onError(event.error);
        else this.#listener.onWarning(event.error);
        return;
      case 'keyReady': // the next status says what it means
        return;
    }
  }

  /** The native package throws typed errors; here they become values. */
  #guard(action: () => void): void {
    if (this.#stopped !== undefined) return;
    try {
      action();
    } catch (error) {
      this.#listener.onError(toProblem(error));
    }
  }
}

/** An error of the native package (it carries a `code`), or of anything else, as a value. */
export function toProblem(error: unknown): EngineProblem {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'engine';
  return { code, message };
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
