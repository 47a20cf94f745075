import type { HistoryRecord } from '../../contract/history.ts';
import type { Credit } from '../../contract/poolAccount.ts';
import { poissonQuantile } from '../money/poisson.ts';

/** Fewer say nothing: chance alone takes 50 shares to 33 or 69. */
const FEWEST_SHARES = 50;
const SHORTEST_MS = 3_600_000;
/** Minutes of the history begin at a time of their own, and pools answer out of caches: so much of either end may be on one side only. */
const EDGE_MS = 3 * 60_000;

/** What a pool had ever credited when it was asked. */
export interface Reading {
  /** Unix time in ms. */
  readonly atMs: number;
  readonly creditedHashes: number;
}

/** `records`: what was mined at the pool between both readings. */
export function creditOf(from: Reading, until: Reading, records: readonly HistoryRecord[]): Credit {
  const sentHashes = sum(records.map(({ acceptedDifficulty }) => acceptedDifficulty));
  const shares = sum(records.map(({ accepted }) => accepted));
  const creditedHashes = until.creditedHashes - from.creditedHashes;
  const spanMs = until.atMs - from.atMs;
  const figures = {
    ...{ fromMs: from.atMs, untilMs: until.atMs, shares, sentHashes, creditedHashes },
  };
  const count = equalShares(records, sentHashes);
  if (count < FEWEST_SHARES || spanMs < SHORTEST_MS) {
    return { ...figures, lowHashes: 0, highHashes: 0, verdict: 'tooShort' };
  }
  const share = sentHashes / count;
  const edges = sentHashes * (EDGE_MS / spanMs);
  const lowHashes = Math.max(0, poissonQuantile(count, 0.005) * share - edges);
  const highHashes = poissonQuantile(count, 0.995) * share + edges;
  const verdict =
    creditedHashes < lowHashes ? 'less' : creditedHashes > highHashes ? 'more' : 'within';
  return { ...figures, lowHashes, highHashes, verdict };
}

/** So many shares of one difficulty would be as much a matter of chance as these of several are. */
function equalShares(records: readonly HistoryRecord[], sentHashes: number): number {
  const variance = sum(
    records.map(({ accepted, acceptedDifficulty }) =>
      accepted > 0 ? acceptedDifficulty ** 2 / accepted : 0,
    ),
  );
  return variance > 0 ? sentHashes ** 2 / variance : 0;
}

const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0);
