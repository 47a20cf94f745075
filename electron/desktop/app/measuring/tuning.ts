import type { Problem } from '../../../contract/problem.ts';
import type { PowerSettings } from '../../../contract/settings.ts';
import type { Tuning, TuningPoint, TuningState } from '../../../contract/tuning.ts';
import { engineProblem } from '../../../core/engine/problem.ts';
import type { Tunings } from '../../../core/engine/tunings.ts';

export interface TuningMeasurementOptions {
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
 * The measurement of what this computer is fastest with, which the user asks for.
 *
 *   idle ──begin──► running ──done, failed, cancelled──► idle
 */
export class TuningMeasurement {
  readonly #options: TuningMeasurementOptions;
  #running: {
    readonly abort: AbortController;
    readonly ended: Promise<void>;
  } | null = null;
  #toldProgress = 0;
  #progress: NonNullable<TuningState['running']> = { progress: 0, points: [] };
  #problem: Problem | null = null;

  constructor(options: TuningMeasurementOptions) {
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

/** Of rx/0, in the memory mode of the moment. */
export function tuningMeasurement(
  tunings: Tunings,
  mode: () => PowerSettings['mode'],
  onChange: (state: TuningState) => void,
): TuningMeasurement {
  return new TuningMeasurement({
    measure: (signal, onProgress) => tunings.measure('rx/0', mode(), signal, onProgress),
    known: () => {
      try {
        return tunings.find('rx/0', mode());
      } catch {
        return null; // no engine: the health page says why
      }
    },
    describeError: engineProblem,
    onChange,
  });
}
