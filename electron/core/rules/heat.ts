import type { Clock } from '../clock.ts';
import { Smooth } from './smooth.ts';
import { ThreadGovernor } from './threadGovernor.ts';

/** So far above the target everything is paused, until it is as far below, for a minute at least. */
const PAUSE_ABOVE = 10;
const RESUME_BELOW = 10;
const LEAST_PAUSE_MS = 60_000;
/** A sensor may be unreadable for a moment; one that tells nothing for so long is gone. */
const UNTOLD_MS = 60_000;

export interface HeatRule {
  readonly enabled: boolean;
  /** What the CPU is to stay below, °C. */
  readonly maxCelsius: number;
}

/**
 * Keeps the CPU below a temperature by hashing with fewer threads, and holds that: stop and go would heat and cool it for
 * ever. It pauses only where fewer threads do not help. To be asked every few seconds.
 */
export class HeatGovernor {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #threads: ThreadGovernor;
  #hotSinceMs: number | null = null;
  #temperature = new Smooth();
  #toldAtMs = -Infinity;

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock;
    this.#threads = new ThreadGovernor(clock, {
      // A CPU takes half a minute and more to show what one thread fewer does.
      decideEveryMs: 45_000,
      roomFor: () => 6,
      stepFor: (over) => (over > 5 ? 2 : 1),
      fallingBy: 0.3,
    });
  }

  /** So many threads may hash; null: as many as are wanted. */
  get atMost(): number | null {
    return this.#threads.atMost;
  }

  get isTooHot(): boolean {
    return this.#hotSinceMs !== null;
  }

  /** `celsius` null: not told just now, which changes nothing for a minute. `threads`: that hash now, 0 for none. */
  see({ enabled, maxCelsius }: HeatRule, celsius: number | null, threads: number): void {
    const nowMs = this.#clock.nowMs();
    if (!enabled || (celsius === null && nowMs - this.#toldAtMs >= UNTOLD_MS)) this.#forget();
    if (!enabled || celsius === null) return;
    this.#toldAtMs = nowMs;
    const smooth = this.#temperature.see(celsius, nowMs);
    if (smooth === null) return;
    const { median, mean } = smooth;
    if (this.#hotSinceMs !== null) {
      const isCool = mean <= maxCelsius - RESUME_BELOW;
      if (isCool && nowMs - this.#hotSinceMs >= LEAST_PAUSE_MS) this.#hotSinceMs = null;
    } else if (median >= maxCelsius + PAUSE_ABOVE) {
      this.#hotSinceMs = nowMs;
      if (threads > 1) this.#threads.stepDown(Math.ceil(threads / 2), threads);
    } else this.#threads.see(mean, maxCelsius, threads);
  }

  #forget(): void {
    this.#threads.forget();
    this.#hotSinceMs = null;
    this.#temperature = new Smooth();
  }
}
