import type { HistoryRecord } from '../../electron/contract/history.ts';

/** A minute of mining on a pool, with what a test is about. */
export function minuteAt(atMs: number, changes: Partial<HistoryRecord> = {}): HistoryRecord {
  return {
    atMs,
    runAtMs: 0,
    source: { kind: 'stratum', host: 'pool.test', port: 3333, tls: true },
    hashes: 60_000,
    hashingMs: 60_000,
    expectedShares: 0.5,
    foundShares: 1,
    accepted: 1,
    acceptedDifficulty: 1000,
    bestDifficulty: 2000,
    rejected: {},
    stale: {},
    stateMs: { mining: 60_000 },
    pausedMs: {},
    waitingMs: {},
    watts: null,
    celsius: null,
    ...changes,
  };
}
