import type { Amounts, HistoryRecord } from '../../contract/history.ts';

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

/** Of one run and source, from the first on. */
export function plus(one: HistoryRecord, other: HistoryRecord): HistoryRecord {
  return {
    ...one,
    hashes: one.hashes + other.hashes,
    hashingMs: one.hashingMs + other.hashingMs,
    expectedShares: one.expectedShares + other.expectedShares,
    foundShares: one.foundShares + other.foundShares,
    accepted: one.accepted + other.accepted,
    acceptedDifficulty: one.acceptedDifficulty + other.acceptedDifficulty,
    bestDifficulty: Math.max(one.bestDifficulty, other.bestDifficulty),
    rejected: sumOf(one.rejected, other.rejected),
    stale: sumOf(one.stale, other.stale),
    stateMs: sumOf(one.stateMs, other.stateMs),
    pausedMs: sumOf(one.pausedMs, other.pausedMs),
    waitingMs: sumOf(one.waitingMs, other.waitingMs),
    watts: mean(one, other, 'watts'),
    celsius: mean(one, other, 'celsius'),
  };
}

function sumOf(one: Amounts, other: Amounts): Amounts {
  const all = { ...one };
  for (const [name, value] of Object.entries(other)) all[name] = (all[name] ?? 0) + value;
  return all;
}

/** By the time that each stands for. */
function mean(
  one: HistoryRecord,
  other: HistoryRecord,
  figure: 'watts' | 'celsius',
): number | null {
  const [first, second] = [one[figure], other[figure]];
  if (first === null || second === null) return first ?? second;
  const [firstMs, secondMs] = [coveredMs(one), coveredMs(other)];
  if (firstMs + secondMs === 0) return first;
  return (first * firstMs + second * secondMs) / (firstMs + secondMs);
}

const coveredMs = ({ stateMs }: HistoryRecord) =>
  Object.values(stateMs).reduce((total, ms) => total + ms, 0);
