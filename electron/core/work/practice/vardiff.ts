/** Chooses a difficulty at which this miner finds a share every few seconds. */

export const FIRST_DIFFICULTY = 100;
const MIN_DIFFICULTY = 10;
/** A 4-byte target says no more than this precisely. */
const MAX_DIFFICULTY = 4_000_000;
const SHARE_INTERVAL_MS = 3000;
const REMEMBERED_SHARES = 8;
/** A change smaller than this is not worth a new job. */
const WORTHWHILE_FACTOR = 1.4;
const LARGEST_STEP = 4;

export class Vardiff {
  #difficulty = FIRST_DIFFICULTY;
  #sinceMs: number;
  readonly #shares: { readonly atMs: number; readonly difficulty: number }[] = [];

  constructor(nowMs: number) {
    this.#sinceMs = nowMs;
  }

  get difficulty(): number {
    return this.#difficulty;
  }

  /** A share of `difficulty` came in. Returns whether the difficulty changed. */
  onShare(nowMs: number, difficulty: number): boolean {
    this.#shares.push({ atMs: nowMs, difficulty });
    if (this.#shares.length > REMEMBERED_SHARES) {
      this.#sinceMs = this.#shares.shift()?.atMs ?? nowMs;
    }
    // Two shares are too few to tell luck from speed, unless they came in no time at all.
    if (this.#shares.length < 3) return false;
    const work = this.#shares.reduce((sum, share) => sum + share.difficulty, 0);
    return this.#change((work * SHARE_INTERVAL_MS) / Math.max(nowMs - this.#sinceMs, 1));
  }

  /** Call now and then: without shares for long, the difficulty comes down. */
  onSilence(nowMs: number): boolean {
    const last = this.#shares.at(-1)?.atMs ?? this.#sinceMs;
    if (nowMs - last < 4 * SHARE_INTERVAL_MS) return false;
    this.#shares.length = 0;
    this.#sinceMs = nowMs;
    return this.#change(this.#difficulty / 2);
  }

  #change(wanted: number): boolean {
    const bounded = Math.min(
      Math.max(wanted, this.#difficulty / LARGEST_STEP, MIN_DIFFICULTY),
      this.#difficulty * LARGEST_STEP,
      MAX_DIFFICULTY,
    );
    const factor = bounded / this.#difficulty;
    if (factor < WORTHWHILE_FACTOR && factor > 1 / WORTHWHILE_FACTOR) return false;
    this.#difficulty = Math.round(bounded);
    return true;
  }
}
