import type { Snapshot } from '../../electron/contract/snapshot.ts';

/** A rate when it was told, in the core's monotonic time; null where nothing was hashed or nobody looked. */
export interface KeptRate {
  readonly monotonicMs: number;
  readonly hashesPerSecond: number | null;
}

/** One point of the chart, in Unix time. */
export interface RatePoint {
  readonly timeMs: number;
  readonly hashesPerSecond: number | null;
}

const KEEP_MS = 15 * 60_000;
/** What is drawn is an average over ten seconds: half of them is fine enough. */
const POINT_EVERY_MS = 5000;
/** Snapshots of a window that is looked at come more often; a longer silence is a gap, not a line. */
const GAP_MS = 3 * POINT_EVERY_MS;

/** Appends a snapshot's rate, and drops what is older than fifteen minutes. The same history until there is a point to add. */
export function appendRate(history: readonly KeptRate[], snapshot: Snapshot): readonly KeptRate[] {
  const last = history.at(-1);
  const { monotonicMs } = snapshot;
  if (last && monotonicMs < last.monotonicMs + POINT_EVERY_MS) return history;
  const kept = history.filter((rate) => rate.monotonicMs > monotonicMs - KEEP_MS);
  if (last && monotonicMs - last.monotonicMs > GAP_MS) {
    kept.push({ monotonicMs: last.monotonicMs + 1, hashesPerSecond: null });
  }
  kept.push({ monotonicMs, hashesPerSecond: snapshot.rates.h10s });
  return kept;
}

/** What the system's clock is ahead of the monotonic one, in whole seconds: the same until it is set. */
export function wallAheadMs({ takenAtMs, monotonicMs }: Snapshot): number {
  return Math.round((takenAtMs - monotonicMs) / 1000) * 1000;
}

/** Gives each rate the time of day at which it was told. */
export function placeRates(history: readonly KeptRate[], wallAheadMs: number): RatePoint[] {
  return history.map(({ monotonicMs, hashesPerSecond }) => ({
    timeMs: monotonicMs + wallAheadMs,
    hashesPerSecond,
  }));
}

export interface MinuteRow {
  readonly startMs: number;
  readonly hashesPerSecond: number;
}

/** The same points as one average a minute, newest first, for readers who do not see the chart. */
export function byMinute(points: readonly RatePoint[]): MinuteRow[] {
  const minutes = new Map<number, number[]>();
  for (const { timeMs, hashesPerSecond } of points) {
    if (hashesPerSecond === null) continue;
    const startMs = Math.floor(timeMs / 60_000) * 60_000;
    minutes.set(startMs, [...(minutes.get(startMs) ?? []), hashesPerSecond]);
  }
  return [...minutes]
    .map(([startMs, rates]) => ({
      startMs,
      hashesPerSecond: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
    }))
    .sort((a, b) => b.startMs - a.startMs);
}
