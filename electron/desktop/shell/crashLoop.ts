import type { Clock } from '../../core/clock.ts';

const WINDOW_MS = 60_000;
const RELOADS = 3;

/** Whether a page that crashed is worth loading again: not when it keeps crashing. */
export class CrashLoop {
  readonly #clock: Pick<Clock, 'nowMs'>;
  #crashesAtMs: number[] = [];

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock;
  }

  mayReload(): boolean {
    const nowMs = this.#clock.nowMs();
    this.#crashesAtMs = [...this.#crashesAtMs.filter((atMs) => nowMs - atMs < WINDOW_MS), nowMs];
    return this.#crashesAtMs.length <= RELOADS;
  }

  /** The user wants another try. */
  forgive(): void {
    this.#crashesAtMs = [];
  }
}
