import type { Engine, EngineListener, EngineStatus } from '../../../electron/core/engine/engine.ts';
import type { Job, Share } from '../../../electron/core/work/job.ts';
import type { Clock } from '../../../electron/core/clock.ts';

/** How the engine of a test hashes; changed while it runs. */
export interface Pace {
  hashesPerSecond: number;
  /** How long the dataset takes. */
  datasetMs: number;
  pages: EngineStatus['pages'];
}

const STEP_MS = 500;
const LIGHT_PART = 1 / 20;

/** In the place of the native engine: hashes on a test's clock, as fast as it is told to, and finds what it is told to find. */
export class PacedEngine implements Engine {
  readonly cpus: readonly number[];
  readonly learning = null;
  readonly #pace: Pace;
  readonly #listener: EngineListener;
  readonly #mode: 'auto' | 'fast' | 'light';
  readonly #stopTicking: () => void;
  #hashes: readonly number[];
  #job: Job | undefined;
  #workedMs = 0;
  #isPaused = false;
  #nonce = 0;

  constructor(
    { cpus, mode }: { readonly cpus: readonly number[]; readonly mode: 'auto' | 'fast' | 'light' },
    pace: Pace,
    clock: Clock,
    listener: EngineListener,
  ) {
    this.cpus = cpus;
    this.#mode = mode;
    this.#pace = pace;
    this.#listener = listener;
    this.#hashes = cpus.map(() => 0);
    this.#stopTicking = clock.every(STEP_MS, () => this.#tick());
  }

  follow(): void {
    // The pace is the test's.
  }

  setJob(job: Job): void {
    this.#job = job;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
  }

  stop(): Promise<void> {
    this.#stopTicking();
    return Promise.resolve();
  }

  /** A share of the present job, of its difficulty. */
  find(): void {
    const job = this.#job;
    if (job === undefined) throw new Error('There is no job to find a share of.');
    this.#nonce += 1;
    const nonce = new Uint8Array(4);
    new DataView(nonce.buffer).setUint32(0, this.#nonce);
    const blob = Uint8Array.from(job.blob);
    blob.set(nonce, job.nonceOffset);
    const result = new Uint8Array(32);
    new DataView(result.buffer).setBigUint64(24, (1n << 64n) / (job.difficulty + 1n), true);
    const share: Share = {
      ...{ jobId: job.jobId, algorithm: job.algorithm, nonce, result, blob },
      ...(job.seedHash === undefined ? {} : { seedHash: job.seedHash }),
      difficulty: job.difficulty,
    };
    this.#listener.onShare(share, job);
  }

  warn(...[problem]: Parameters<EngineListener['onWarning']>): void {
    this.#listener.onWarning(problem);
  }

  fail(...[problem]: Parameters<EngineListener['onError']>): void {
    this.#listener.onError(problem);
  }

  #tick(): void {
    if (this.#job === undefined) return;
    const isHashing = !this.#isPaused && this.#workedMs > 0;
    if (!this.#isPaused) this.#workedMs += STEP_MS;
    const progress =
      this.#mode === 'light' ? 0 : Math.min(1, this.#workedMs / this.#pace.datasetMs);
    const isFast = progress === 1;
    const rate = this.#pace.hashesPerSecond * (isFast ? 1 : LIGHT_PART);
    const finished = Math.round((rate * STEP_MS) / 1000 / this.cpus.length);
    if (isHashing) this.#hashes = this.#hashes.map((hashes) => hashes + finished);
    this.#listener.onStatus({
      state: this.#isPaused ? 'paused' : isFast ? 'fast' : 'light',
      jobNumber: 1,
      datasetProgress: progress,
      hashesByThread: [...this.#hashes],
      pages: isFast ? this.#pace.pages : { ...this.#pace.pages, dataset: 'none' },
      paths: { program: 'jit-x86-64', aes: 'hardware' },
      interleave: 1,
      nonceSpaceExhausted: false,
      seconds: { cache: 0.5, dataset: this.#pace.datasetMs / 1000, firstHash: 0.6 },
      droppedEvents: 0,
    });
  }
}
