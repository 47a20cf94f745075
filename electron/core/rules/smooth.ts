const SAMPLES = 5;
const MEAN_OVER_MS = 15_000;

/** What a sensor measures, without its noise: a single wild reading moves nothing. */
export class Smooth {
  #samples: readonly number[] = [];
  #mean: number | null = null;
  #seenAtMs = 0;

  /** `median` of the last few readings, `mean` over some fifteen seconds of it; null before there are enough. */
  see(value: number, nowMs: number): { readonly median: number; readonly mean: number } | null {
    this.#samples = [...this.#samples, value].slice(-SAMPLES);
    const sorted = [...this.#samples].sort((one, other) => one - other);
    const median = sorted[Math.floor(sorted.length / 2)] ?? value;
    const weight = 1 - Math.exp(-(nowMs - this.#seenAtMs) / MEAN_OVER_MS);
    this.#mean = this.#mean === null ? median : this.#mean + (median - this.#mean) * weight;
    this.#seenAtMs = nowMs;
    return this.#samples.length < SAMPLES ? null : { median, mean: this.#mean };
  }
}
