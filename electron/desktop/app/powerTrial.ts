import type { Clock } from '../../core/clock.ts';
import type { PowerTrialState } from '../../contract/ipc.ts';
import type { PowerSettings } from '../../contract/settings.ts';

/** Full power is tried for this long, then taken back unless the user keeps it. */
export const POWER_TRIAL_MS = 30_000;

/**
 * The trial of full power, whichever way it was chosen. It lives in memory only: until it is kept, the settings file never
 * says it, so neither a closed window nor a killed process can leave it on.
 *
 *   none ──use──► waiting ──run (mining)──► running ──30 s──► none
 */
export class PowerTrial {
  readonly #clock: Clock;
  readonly #onExpired: () => void;
  #power: PowerSettings | null = null;
  #endsAtMs = 0;
  #stopTimer: (() => void) | null = null;

  constructor(clock: Clock, onExpired: () => void) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  /** What is tried; null when nothing is. */
  get power(): PowerSettings | null {
    return this.#power;
  }

  get state(): PowerTrialState {
    const power = this.#power;
    if (power === null) return { state: 'none' };
    if (this.#stopTimer === null) return { state: 'waiting', power };
    const remainingMs = Math.max(0, this.#endsAtMs - this.#clock.nowMs());
    return { state: 'running', power, remainingMs };
  }

  /** Another power chosen meanwhile gets no time of its own. */
  use(power: PowerSettings): void {
    this.#power = power;
  }

  /** Counts from now on, because from now on it is felt. */
  run(): void {
    if (this.#power === null || this.#stopTimer !== null) return;
    this.#endsAtMs = this.#clock.nowMs() + POWER_TRIAL_MS;
    this.#stopTimer = this.#clock.after(POWER_TRIAL_MS, () => {
      this.end();
      this.#onExpired();
    });
  }

  end(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
    this.#power = null;
  }
}
