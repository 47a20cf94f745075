import type { Tuning } from '../../electron/contract/tuning.ts';

/** What a measurement may have found. */
export const best = { threads: 4, interleave: 2, hashesPerSecond: 1000 };
export const tuning: Tuning = {
  algorithm: 'rx/0',
  mode: 'fast',
  pages: '2m',
  rounding: 'auto',
  prefetch: 'auto',
  curve: [best],
  best,
  threadsCompared: true,
  measuredAtMs: 1,
};
