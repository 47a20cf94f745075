import type { Snapshot } from '../../electron/contract/snapshot.ts';

/** A snapshot of a session that mines on nothing, with what a test is about. */
export function snapshotWith(changes: Partial<Snapshot>): Snapshot {
  return {
    takenAtMs: 0,
    monotonicMs: 0,
    session: { state: 'mining', mode: 'fast' },
    activity: 'hashing',
    missing: [],
    practice: false,
    uptimeMs: 0,
    hashes: 0,
    rates: { h10s: null, h60s: null, h15m: null },
    threads: [],
    threadsHeld: null,
    sensors: { watts: null, celsius: null },
    threadsAvailable: 2,
    engine: null,
    learning: null,
    pool: null,
    standings: [],
    job: null,
    shares: {
      accepted: 0,
      rejected: 0,
      stale: 0,
      pending: 0,
      acceptedDifficulty: 0,
      bestDifficulty: 0,
      lastAcceptedAtMs: null,
      recent: [],
    },
    luck: null,
    money: null,
    ...changes,
  };
}
