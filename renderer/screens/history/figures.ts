import type { Amounts, HistorySum } from '../../../electron/contract/history.ts';

/** Hashes per second of hashing; null when nothing was hashed. */
export const rateOf = ({ hashes, hashingMs }: HistorySum): number | null =>
  hashingMs > 0 ? (hashes / hashingMs) * 1000 : null;

/** Found by expected shares; null before there is anything to compare. */
export const luckOf = ({ foundShares, expectedShares }: HistorySum): number | null =>
  expectedShares > 0 ? foundShares / expectedShares : null;

export const sumOf = (amounts: Amounts): number =>
  Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
