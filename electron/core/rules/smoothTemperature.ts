const SAMPLES = 5;
const MEAN_OVER_MS = 15_000;

/** A temperature in °C as it is without the noise of its sensor: a single wild reading moves nothing. */
export class SmoothTemperature {
  #samples: readonly number[] = [];
  #mean: number | null = null;
  #seenAtMs = 0;

  /** `median` of the last few readings, `mean` over some fifteen seconds of it; null before there are enough. */
  see(celsius: number, nowMs: number): { readonly median: number; readonly mean: number } | null {
    this.#samples = [...this.#samples, celsius].slice(-SAMPLES);
    const sorted = [...this.#samples].sort((one, other) => one - other);
    const median = sorted[Math.floor(sorted.length / 2)] ?? celsius;
    const weight = 1 - Math.exp(-(nowMs - this.#seenAtMs) / MEAN_OVER_MS);
    this.#mean = this.#mean === null ? median : this.#mean + (median - this.#mean) * weight;
    this.#seenAtMs = nowMs;
    return this.#samples.length < SAMPLES ? null : { median, mean: this.#mean };
  }
}
