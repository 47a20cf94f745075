import type { Clock } from '../clock.ts';

/** How threads are taken away and given back so that something measured stays below a ceiling. */
export interface Governing {
  /** What one thread fewer does is seen after so long. */
  readonly decideEveryMs: number;
  /** One more thread is tried with so much room below the ceiling. */
  readonly roomFor: (mean: number, threads: number) => number;
  /** As many threads at once, so far above it. */
  readonly stepFor: (over: number) => number;
  /** Falling faster than this between two decisions, it is left alone. */
  readonly fallingBy: number;
}

/** One more thread is tried after so long with room for it, and never soon after one was taken away. */
const ROOM_FOR_MS = 120_000;
const AFTER_DOWN_MS = 180_000;
/** A thread that had to go again within this time is tried again only after twice the wait. */
const UNDONE_WITHIN_MS = 300_000;
const LONGEST_WAIT_MS = 1_800_000;

/** Steps threads down to a ceiling and holds: stop and go would swing for ever. To be told every few seconds. */
export class ThreadGovernor {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #governing: Governing;
  #atMost: number | null = null;
  #decidedAtMs = -Infinity;
  #meanDecided = Infinity;
  #downAtMs = -Infinity;
  #upAtMs = -Infinity;
  #roomSinceMs: number | null = null;
  #waitMs = ROOM_FOR_MS;

  constructor(clock: Pick<Clock, 'nowMs'>, governing: Governing) {
    this.#clock = clock;
    this.#governing = governing;
  }

  /** So many threads may hash; null: as many as are wanted. */
  get atMost(): number | null {
    return this.#atMost;
  }

  /** `mean` of what is measured while so many threads hash. */
  see(mean: number, ceiling: number, threads: number): void {
    if (threads === 0) return;
    // There are fewer than it would allow.
    if (this.#atMost !== null && threads < this.#atMost) this.#atMost = null;
    if (mean > ceiling) this.#onOver(mean, mean - ceiling, threads);
    else this.#onUnder(ceiling - mean, this.#governing.roomFor(mean, threads));
  }

  stepDown(by: number, threads: number): void {
    const nowMs = this.#clock.nowMs();
    this.#atMost = Math.max(1, threads - by);
    this.#downAtMs = nowMs;
    if (nowMs - this.#upAtMs < UNDONE_WITHIN_MS) {
      this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
    }
  }

  forget(): void {
    this.#atMost = null;
    this.#waitMs = ROOM_FOR_MS;
  }

  #onOver(mean: number, over: number, threads: number): void {
    const { decideEveryMs, fallingBy, stepFor } = this.#governing;
    const nowMs = this.#clock.nowMs();
    this.#roomSinceMs = null;
    if (nowMs - this.#decidedAtMs < decideEveryMs) return;
    const isFalling = mean < this.#meanDecided - fallingBy;
    this.#decidedAtMs = nowMs;
    this.#meanDecided = mean;
    if (!isFalling && threads > 1) this.stepDown(stepFor(over), threads);
  }

  #onUnder(under: number, room: number): void {
    const nowMs = this.#clock.nowMs();
    this.#meanDecided = Infinity;
    if (this.#atMost === null || under < room) {
      this.#roomSinceMs = null;
      return;
    }
    this.#roomSinceMs ??= nowMs;
    if (nowMs - this.#roomSinceMs < this.#waitMs || nowMs - this.#downAtMs < AFTER_DOWN_MS) return;
    this.#atMost += 1;
    this.#upAtMs = nowMs;
    this.#roomSinceMs = null;
  }
}
