import type { Prefetch, Rounding } from '../library.ts';

/** A way of hashing. */
export interface Setup {
  readonly threads: number;
  readonly interleave: number;
  readonly rounding: Rounding;
  readonly prefetch: Prefetch;
}

/** What may be tried beside what the engine chose itself. */
export interface Room {
  /** Hashes side by side in a thread: all there are, or none where the engine has to choose. */
  readonly lanes: boolean;
  readonly roundings: readonly Rounding[];
  readonly prefetches: readonly Prefetch[];
  /** So many threads at most; null: their number is the user's. */
  readonly mostThreads: number | null;
}

const allLanes = [1, 2, 3, 4];
/** Larger numbers of threads are tried in steps of a tenth. */
const STEPS = 10;

/**
 * What is tried, one after the other: each challenger is yielded and the winner handed back. Then returns the best.
 * Of the number of threads, more are tried first, and on in the direction that pays.
 */
export function* challengers(first: Setup, room: Room): Generator<Setup, Setup, Setup> {
  let best = first;
  if (room.lanes) {
    for (const interleave of allLanes.filter((lanes) => lanes !== first.interleave))
      best = yield { ...best, interleave };
  }
  for (const rounding of room.roundings) best = yield { ...best, rounding };
  for (const prefetch of room.prefetches) best = yield { ...best, prefetch };
  if (room.mostThreads === null) return best;
  const step = Math.max(1, Math.round(first.threads / STEPS));
  for (const by of [step, -step]) {
    const before = best.threads;
    for (;;) {
      const threads = best.threads + by;
      if (threads < 1 || threads > room.mostThreads) break;
      best = yield { ...best, threads };
      if (best.threads !== threads) break;
    }
    if (best.threads !== before) break;
  }
  return best;
}
