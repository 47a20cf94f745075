import type { Clock } from '../../core/clock.ts';
import type { PowerTrialState } from '../../contract/ipc.ts';
import type { PowerSettings } from '../../contract/settings.ts';

/** Full power is tried for this long, then taken back unless the user keeps it. */
export const POWER_TRIAL_MS = 30_000;

export interface PowerTrialParts {
  readonly clock: Clock;
  readonly isFullPower: (power: PowerSettings) => boolean;
  readonly onChange: (state: PowerTrialState) => void;
  /** It was not kept in time, and is over. */
  readonly onExpired: () => void;
}

/**
 * The trial of full power, whichever way it was chosen. It lives in memory only: until it is kept, the settings file never
 * says it, so neither a closed window nor a killed process can leave it on.
 *
 *   none ──use──► waiting ──run (mining)──► running ──30 s──► none
 */
export class PowerTrial {
  readonly #parts: PowerTrialParts;
  #power: PowerSettings | null = null;
  #endsAtMs = 0;
  #stopTimer: (() => void) | null = null;

  constructor(parts: PowerTrialParts) {
    this.#parts = parts;
  }

  /** What is tried; null when nothing is. */
  get power(): PowerSettings | null {
    return this.#power;
  }

  get state(): PowerTrialState {
    const power = this.#power;
    if (power === null) return { state: 'none' };
    if (this.#stopTimer === null) return { state: 'waiting', power };
    const remainingMs = Math.max(0, this.#endsAtMs - this.#parts.clock.nowMs());
    return { state: 'running', power, remainingMs };
  }

  /** Whoever has kept full power may change the rest of it. */
  isNeeded(wanted: PowerSettings, kept: PowerSettings): boolean {
    const { isFullPower } = this.#parts;
    return isFullPower(wanted) && !isFullPower(kept);
  }

  /** Another power chosen meanwhile gets no time of its own. */
  use(power: PowerSettings, isMining: boolean): void {
    this.#power = power;
    if (isMining && this.#stopTimer === null) this.run();
    else this.#parts.onChange(this.state);
  }

  /** Counts from now on, because from now on it is felt. */
  run(): void {
    if (this.#power === null || this.#stopTimer !== null) return;
    const { clock, onChange, onExpired } = this.#parts;
    this.#endsAtMs = clock.nowMs() + POWER_TRIAL_MS;
    this.#stopTimer = clock.after(POWER_TRIAL_MS, () => {
      this.end();
      onExpired();
    });
    onChange(this.state);
  }

  end(): void {
    if (this.#power === null) return;
    this.#stopTimer?.();
    this.#stopTimer = null;
    this.#power = null;
    this.#parts.onChange(this.state);
  }
}
