import type { Problem } from '../../contract/problem.ts';
import type { Tuning, TuningPoint, TuningState } from '../../contract/tuning.ts';

export interface MeasurementOptions {
  /** Hashes until done; an abort makes it throw. */
  readonly measure: (
    signal: AbortSignal,
    onProgress: (done: number, point?: TuningPoint) => void,
  ) => Promise<{ readonly tuning: Tuning; readonly problem: Problem | null }>;
  /** What is known from before. */
  readonly known: () => Tuning | null;
  readonly describeError: (error: unknown) => Problem;
  readonly onChange: (state: TuningState) => void;
}

/** Steps of progress that are worth telling. */
const TOLD_STEP = 0.01;

/**
 * The measurement of this computer that the user asks for.
 *
 *   idle ──begin──► running ──done, failed, cancelled──► idle
 */
export class Measurement {
  readonly #options: MeasurementOptions;
  #running: {
    readonly abort: AbortController;
    readonly ended: Promise<void>;
  } | null = null;
  #toldProgress = 0;
  #progress: NonNullable<TuningState['running']> = { progress: 0, points: [] };
  #problem: Problem | null = null;

  constructor(options: MeasurementOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  state(): TuningState {
    return {
      running: this.#running === null ? null : this.#progress,
      result: this.#options.known(),
      problem: this.#problem,
    };
  }

  begin(): void {
    if (this.#running !== null) return;
    const abort = new AbortController();
    this.#progress = { progress: 0, points: [] };
    this.#problem = null;
    this.#running = { abort, ended: this.#run(abort.signal) };
    this.#tell();
  }

  /** Resolves when no thread of it is left. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.ended;
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      const { problem } = await this.#options.measure(signal, (progress, point) => {
        const { points } = this.#progress;
        this.#progress = { progress, points: point === undefined ? points : [...points, point] };
        if (point !== undefined || progress - this.#toldProgress >= TOLD_STEP) this.#tell();
      });
      this.#problem = problem;
    } catch (error) {
      if (!signal.aborted) this.#problem = this.#options.describeError(error);
    }
    this.#running = null;
    this.#tell();
  }

  #tell(): void {
    this.#toldProgress = this.#progress.progress;
    this.#options.onChange(this.state());
  }
}
