import type { Snapshot } from '../../electron/contract/snapshot.ts';

/** One point of the chart. `rate` is null where nothing was hashed or nobody looked. */
export interface RatePoint {
  readonly timeMs: number;
  readonly hashesPerSecond: number | null;
}

const KEEP_MS = 15 * 60_000;
/** Snapshots come once or twice a second; a longer silence is a gap, not a line. */
const GAP_MS = 5000;

/** Appends a snapshot's rate and drops what is older than fifteen minutes. */
export function appendRate(history: readonly RatePoint[], snapshot: Snapshot): RatePoint[] {
  const last = history.at(-1);
  const timeMs = snapshot.takenAtMs;
  if (last && timeMs <= last.timeMs) return [...history];
  const kept = history.filter((point) => point.timeMs > timeMs - KEEP_MS);
  if (last && timeMs - last.timeMs > GAP_MS) {
    kept.push({ timeMs: last.timeMs + 1, hashesPerSecond: null });
  }
  kept.push({ timeMs, hashesPerSecond: snapshot.rates.h10s });
  return kept;
}

export interface MinuteRow {
  readonly startMs: number;
  readonly hashesPerSecond: number;
}

/** The same history as one average a minute, newest first, for readers who do not see the chart. */
export function byMinute(history: readonly RatePoint[]): MinuteRow[] {
  const minutes = new Map<number, number[]>();
  for (const { timeMs, hashesPerSecond } of history) {
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
