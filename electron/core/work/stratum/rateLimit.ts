import type { Clock } from '../../clock.ts';

/** A token bucket: `burst` at once, then one each `intervalMs`. */
export class RateLimit {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #burst: number;
  readonly #intervalMs: number;
  #tokens: number;
  #countedAtMs: number;

  constructor(clock: Pick<Clock, 'nowMs'>, burst: number, intervalMs: number) {
    this.#clock = clock;
    this.#burst = burst;
    this.#intervalMs = intervalMs;
    this.#tokens = burst;
    this.#countedAtMs = clock.nowMs();
  }

  /** Takes so many tokens if they are there. */
  take(count = 1): boolean {
    this.#refill();
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Milliseconds until `take` succeeds; at least 1, so that a timer for it makes progress. */
  waitMs(): number {
    this.#refill();
    return Math.max(1, Math.ceil((1 - this.#tokens) * this.#intervalMs));
  }

  #refill(): void {
    const nowMs = this.#clock.nowMs();
    this.#tokens = Math.min(
      this.#burst,
      this.#tokens + (nowMs - this.#countedAtMs) / this.#intervalMs,
    );
    this.#countedAtMs = nowMs;
  }
}
