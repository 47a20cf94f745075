import type { KeptForkRehearsal, PagesGain } from '../../../contract/health.ts';
import { problem, type Problem } from '../../../contract/problem.ts';
import { refused, success, type Result } from '../../../contract/result.ts';
import type { PowerSettings } from '../../../contract/settings.ts';
import type { TuningState } from '../../../contract/tuning.ts';
import type { OnDemand } from './onDemand.ts';
import type { TuningMeasurement } from './tuning.ts';

export interface Measurements {
  readonly tuning: TuningMeasurement;
  readonly pages: OnDemand<PagesGain>;
  readonly fork: OnDemand<KeptForkRehearsal>;
}

export interface MeasuringParts extends Measurements {
  /** Why nothing may be measured just now; null when it may. */
  readonly obstacle: () => Problem | null;
  /** With which to measure. */
  readonly power: () => PowerSettings;
}

/** What hashes because the user asks for a figure: one at a time, never beside mining; nothing of it is sent. */
export class Measuring {
  readonly #parts: MeasuringParts;

  constructor(parts: MeasuringParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#parts.tuning.isRunning || this.#isRunningOnDemand;
  }

  get tuning(): TuningState {
    return this.#parts.tuning.state();
  }

  /** Hashes for about a minute to find what this computer is fastest with. */
  beginTuning(): Result<undefined> {
    const obstacle = this.#parts.obstacle();
    if (obstacle !== null) return refused(obstacle);
    if (this.#isRunningOnDemand) return refused(problem('measuring'));
    this.#parts.tuning.begin();
    return success(undefined);
  }

  /** Hashes for about half a minute to find what huge pages bring. */
  comparePages(): Promise<Result<PagesGain>> {
    return this.#runAlone(this.#parts.pages);
  }

  /** Mines on a practice pool of its own for about half a minute, over a fork; nothing of it is history. */
  rehearseFork(): Promise<Result<KeptForkRehearsal>> {
    return this.#runAlone(this.#parts.fork);
  }

  /** Resolves when no thread of any measurement is left. */
  async cancel(): Promise<void> {
    const { tuning, pages, fork } = this.#parts;
    await Promise.all([tuning.cancel(), pages.cancel(), fork.cancel()]);
  }

  get #isRunningOnDemand(): boolean {
    return this.#parts.pages.isRunning || this.#parts.fork.isRunning;
  }

  async #runAlone<T>(onDemand: OnDemand<T>): Promise<Result<T>> {
    const obstacle = this.#parts.obstacle();
    if (obstacle !== null) return refused(obstacle);
    if (this.isRunning) return refused(problem('measuring'));
    return onDemand.run(this.#parts.power());
  }
}
