import type { Amounts, HistoryRecord, HistorySum } from '../../contract/history.ts';

export const NOTHING: HistorySum = {
  ...{ hashes: 0, hashingMs: 0, expectedShares: 0, foundShares: 0 },
  ...{ accepted: 0, acceptedDifficulty: 0, bestDifficulty: 0 },
  ...{ rejected: {}, stale: {}, stateMs: {}, pausedMs: {}, waitingMs: {} },
  ...{ watts: null, celsius: null },
};

/** The records of each span of `spanMs`, counted from 1970 in UTC, added up: one for each run and source in it, in order of time. */
export function coarser(records: readonly HistoryRecord[], spanMs: number): HistoryRecord[] {
  const merged = new Map<string, HistoryRecord>();
  for (const record of records) {
    const atMs = record.atMs - (record.atMs % spanMs);
    const key = JSON.stringify([atMs, record.runAtMs, record.source]);
    const before = merged.get(key);
    merged.set(key, before === undefined ? { ...record, atMs } : plus(before, record));
  }
  return [...merged.values()].sort((one, other) => one.atMs - other.atMs);
}

export function sumOf(parts: readonly HistorySum[]): HistorySum {
  return parts.reduce(plus<HistorySum>, NOTHING);
}

/** `one` with what `other` came to added. */
export function plus<T extends HistorySum>(one: T, other: HistorySum): T {
  return {
    ...one,
    hashes: one.hashes + other.hashes,
    hashingMs: one.hashingMs + other.hashingMs,
    expectedShares: one.expectedShares + other.expectedShares,
    foundShares: one.foundShares + other.foundShares,
    accepted: one.accepted + other.accepted,
    acceptedDifficulty: one.acceptedDifficulty + other.acceptedDifficulty,
    bestDifficulty: Math.max(one.bestDifficulty, other.bestDifficulty),
    rejected: bothOf(one.rejected, other.rejected),
    stale: bothOf(one.stale, other.stale),
    stateMs: bothOf(one.stateMs, other.stateMs),
    pausedMs: bothOf(one.pausedMs, other.pausedMs),
    waitingMs: bothOf(one.waitingMs, other.waitingMs),
    watts: mean(one, other, 'watts'),
    celsius: mean(one, other, 'celsius'),
  };
}

function bothOf(one: Amounts, other: Amounts): Amounts {
  const added = Object.entries(other);
  if (added.length === 0) return one;
  const all = { ...one };
  for (const [name, value] of added) all[name] = (all[name] ?? 0) + value;
  return all;
}

/** By the time that each stands for. */
function mean(one: HistorySum, other: HistorySum, figure: 'watts' | 'celsius'): number | null {
  const [first, second] = [one[figure], other[figure]];
  if (first === null || second === null) return first ?? second;
  const [firstMs, secondMs] = [coveredMs(one), coveredMs(other)];
  if (firstMs + secondMs === 0) return first;
  return (first * firstMs + second * secondMs) / (firstMs + secondMs);
}

/** The time that was spent in any state. */
export const coveredMs = ({ stateMs }: HistorySum): number =>
  Object.values(stateMs).reduce((total, ms) => total + ms, 0);
