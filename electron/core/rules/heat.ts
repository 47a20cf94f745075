import type { Clock } from '../clock.ts';
import { SmoothTemperature } from './smoothTemperature.ts';

/** A CPU takes half a minute and more to show what one thread fewer does. */
const DECIDE_EVERY_MS = 45_000;
/** One more thread is tried so far below the target, after so long, and never soon after one was taken away. */
const COOL_BY = 6;
const COOL_FOR_MS = 120_000;
const AFTER_DOWN_MS = 180_000;
/** A thread that had to go again within this time is tried again only after twice the wait. */
const UNDONE_WITHIN_MS = 300_000;
const LONGEST_WAIT_MS = 1_800_000;
/** So far above the target everything is paused, until it is as far below, for a minute at least. */
const PAUSE_ABOVE = 10;
const RESUME_BELOW = 10;
const LEAST_PAUSE_MS = 60_000;
/** Falling faster than this between two decisions, it is left alone. */
const FALLING_BY = 0.3;

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
  #atMost: number | null = null;
  #hotSinceMs: number | null = null;
  #temperature = new SmoothTemperature();
  #decidedAtMs = -Infinity;
  #meanDecided = Infinity;
  #downAtMs = -Infinity;
  #upAtMs = -Infinity;
  #coolSinceMs: number | null = null;
  #waitMs = COOL_FOR_MS;

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock;
  }

  /** So many threads may hash; null: as many as are wanted. */
  get atMost(): number | null {
    return this.#atMost;
  }

  get isTooHot(): boolean {
    return this.#hotSinceMs !== null;
  }

  /** `celsius` null: not told, and the rule does nothing. `threads`: that hash now, 0 for none. */
  see({ enabled, maxCelsius }: HeatRule, celsius: number | null, threads: number): void {
    if (!enabled || celsius === null) {
      this.#forget();
      return;
    }
    const nowMs = this.#clock.nowMs();
    const smooth = this.#temperature.see(celsius, nowMs);
    if (smooth === null) return;
    const { median, mean } = smooth;
    if (this.#hotSinceMs !== null) {
      const isCool = mean <= maxCelsius - RESUME_BELOW;
      if (isCool && nowMs - this.#hotSinceMs >= LEAST_PAUSE_MS) this.#hotSinceMs = null;
      return;
    }
    if (median >= maxCelsius + PAUSE_ABOVE) {
      this.#hotSinceMs = nowMs;
      if (threads > 1) this.#stepDown(Math.ceil(threads / 2), threads, nowMs);
      return;
    }
    if (threads === 0) return;
    // There are fewer than it would allow.
    if (this.#atMost !== null && threads < this.#atMost) this.#atMost = null;
    if (mean > maxCelsius) this.#onWarm(mean, mean - maxCelsius, threads, nowMs);
    else this.#onCool(maxCelsius - mean, nowMs);
  }

  #onWarm(mean: number, over: number, threads: number, nowMs: number): void {
    this.#coolSinceMs = null;
    if (nowMs - this.#decidedAtMs < DECIDE_EVERY_MS) return;
    const isFalling = mean < this.#meanDecided - FALLING_BY;
    this.#decidedAtMs = nowMs;
    this.#meanDecided = mean;
    if (!isFalling && threads > 1) this.#stepDown(over > 5 ? 2 : 1, threads, nowMs);
  }

  #onCool(under: number, nowMs: number): void {
    this.#meanDecided = Infinity;
    if (this.#atMost === null || under < COOL_BY) {
      this.#coolSinceMs = null;
      return;
    }
    this.#coolSinceMs ??= nowMs;
    if (nowMs - this.#coolSinceMs < this.#waitMs || nowMs - this.#downAtMs < AFTER_DOWN_MS) return;
    this.#atMost += 1;
    this.#upAtMs = nowMs;
    this.#coolSinceMs = null;
  }

  #stepDown(by: number, threads: number, nowMs: number): void {
    this.#atMost = Math.max(1, threads - by);
    this.#downAtMs = nowMs;
    if (nowMs - this.#upAtMs < UNDONE_WITHIN_MS) {
      this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
    }
  }

  #forget(): void {
    this.#atMost = null;
    this.#hotSinceMs = null;
    this.#temperature = new SmoothTemperature();
    this.#waitMs = COOL_FOR_MS;
  }
}
