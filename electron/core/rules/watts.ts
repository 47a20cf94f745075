import type { Clock } from '../clock.ts';
import { Smooth } from './smooth.ts';
import { ThreadGovernor } from './threadGovernor.ts';

export interface WattsRule {
  readonly enabled: boolean;
  /** What all processors together are to stay below, whatever they work on. */
  readonly maxWatts: number;
}

/**
 * Holds what the processors draw below a ceiling by hashing with fewer threads, one at least. It never pauses: what other
 * programs draw is theirs. To be asked every few seconds.
 */
export class WattsGovernor {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #threads: ThreadGovernor;
  #watts = new Smooth();

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock;
    this.#threads = new ThreadGovernor(clock, {
      // It shows at once, but for the smoothing.
      decideEveryMs: 30_000,
      // A thread takes no more than its part of all that is drawn.
      roomFor: (mean, threads) => mean / threads,
      stepFor: () => 1,
      fallingBy: 2,
    });
  }

  /** So many threads may hash; null: as many as are wanted. */
  get atMost(): number | null {
    return this.#threads.atMost;
  }

  /** `watts` null: not told just now, which changes nothing. `threads`: that hash now, 0 for none. */
  see({ enabled, maxWatts }: WattsRule, watts: number | null, threads: number): void {
    if (!enabled) {
      this.#threads.forget();
      this.#watts = new Smooth();
      return;
    }
    const smooth = watts === null ? null : this.#watts.see(watts, this.#clock.nowMs());
    if (smooth !== null) this.#threads.see(smooth.mean, maxWatts, threads);
  }
}
