import type { Tune } from '../../../electron/core/engine/tunings.ts';
import type { TuningPoint } from '../../../electron/contract/tuning.ts';

type Options = Parameters<Tune>[0];
export type Measured = Awaited<ReturnType<Tune>>;

/** In the place of hashing for a minute: a measurement that finds what a test says, when it says so. */
export class PacedMeasurement {
  #options: Options | undefined;
  #end: (measured: Measured) => void = () => undefined;

  run(options: Options): Promise<Measured> {
    this.#options = options;
    return new Promise((resolve, reject) => {
      this.#end = resolve;
      options.signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
  }

  /** `done` goes from 0 to 1. */
  find(done: number, point: TuningPoint): void {
    this.#options?.onProgress?.(done, point);
  }

  finish(measured: Measured): void {
    this.#end(measured);
  }
}
