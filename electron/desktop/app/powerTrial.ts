import type { Clock } from '../../core/clock.ts';

/** Full power is tried for this long, then taken back unless the user keeps it. */
export const POWER_TRIAL_MS = 30_000;

/**
 * The trial of full power. It lives in memory only: until it is kept, the settings file never says "full",
 * so neither a closed window nor a killed process can leave it on.
 */
export class PowerTrial {
  readonly #clock: Clock;
  readonly #onExpired: () => void;
  #endsAtMs = 0;
  #stopTimer: (() => void) | null = null;

  constructor(clock: Clock, onExpired: () => void) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  /** Milliseconds until full power is taken back; null when none is tried. */
  get remainingMs(): number | null {
    return this.#stopTimer === null ? null : Math.max(0, this.#endsAtMs - this.#clock.wallMs());
  }

  /** Begins a trial; one under way begins anew. */
  begin(): void {
    this.end();
    this.#endsAtMs = this.#clock.wallMs() + POWER_TRIAL_MS;
    this.#stopTimer = this.#clock.every(POWER_TRIAL_MS, () => {
      this.end();
      this.#onExpired();
    });
  }

  end(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
  }
}
