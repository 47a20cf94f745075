import type { Clock } from '../../clock.ts';

/** A token bucket: `burst` at once, then one each `intervalMs`. */
export class RateLimit {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #burst: number;
  readonly #intervalMs: number;
  #tokens: number;
  #countedAt: number;

  constructor(clock: Pick<Clock, 'nowMs'>, burst: number, intervalMs: number) {
    this.#clock = clock;
    this.#burst = burst;
    this.#intervalMs = intervalMs;
    this.#tokens = burst;
    this.#countedAt = clock.nowMs();
  }

  /** Takes a token if there is one. */
  take(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Milliseconds until `take` succeeds; at least 1, so that a timer for it makes progress. */
  waitMs(): number {
    this.#refill();
    return Math.max(1, Math.ceil((1 - this.#tokens) * this.#intervalMs));
  }

  #refill(): void {
    const now = this.#clock.nowMs();
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#countedAt) / this.#intervalMs);
    this.#countedAt = now;
  }
}
