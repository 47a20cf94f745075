import type { Rates } from '../../contract/snapshot.ts';

interface Sample {
  readonly atMs: number;
  readonly hashes: number;
}

const SECOND_MS = 1000;
const windows = { h10s: 10 * SECOND_MS, h60s: 60 * SECOND_MS, h15m: 900 * SECOND_MS };

export const noRates: Rates = { h10s: null, h60s: null, h15m: null };

/** One hash counter seen over time. Samples are taken once a second at most, so that 15 minutes are 900 of them. */
export class HashCounter {
  readonly #samples: Sample[] = [];
  readonly #keepMs: number;

  constructor(keepMs: number = windows.h15m) {
    this.#keepMs = keepMs;
  }

  /** `hashes`: the counter's total, which never decreases. */
  sample(atMs: number, hashes: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && atMs - last.atMs < SECOND_MS) return;
    this.#samples.push({ atMs, hashes });
    while ((this.#samples[0]?.atMs ?? atMs) < atMs - this.#keepMs) this.#samples.shift();
  }

  /** Hashes per second over the last `windowMs`; null until the window holds one interval. */
  perSecond(windowMs: number): number | null {
    const last = this.#samples.at(-1);
    if (last === undefined) return null;
    const first = this.#samples.find((sample) => sample.atMs >= last.atMs - windowMs);
    if (first === undefined || first.atMs === last.atMs) return null;
    return ((last.hashes - first.hashes) * SECOND_MS) / (last.atMs - first.atMs);
  }

  rates(): Rates {
    return {
      h10s: this.perSecond(windows.h10s),
      h60s: this.perSecond(windows.h60s),
      h15m: this.perSecond(windows.h15m),
    };
  }

  clear(): void {
    this.#samples.length = 0;
  }
}
