import type { Amounts, HistorySum } from '../../../electron/contract/history.ts';

/** Found by expected shares; null before there is anything to compare. */
export const luckOf = ({ foundShares, expectedShares }: HistorySum): number | null =>
  expectedShares > 0 ? foundShares / expectedShares : null;

export const sumOf = (amounts: Amounts): number =>
  Object.values(amounts).reduce((sum, amount) => sum + amount, 0);

/** Of the shares those that counted for nothing, 0 to 1. */
export function lostShares({ accepted, rejected, stale }: HistorySum): number {
  const lost = sumOf(rejected) + sumOf(stale);
  return accepted + lost > 0 ? lost / (accepted + lost) : 0;
}

/** Of the time that was not paused that without a pool, 0 to 1. */
export function lostTime({ stateMs }: HistorySum): number {
  const { connecting = 0, waiting = 0, preparing = 0, mining = 0 } = stateMs;
  const all = connecting + waiting + preparing + mining;
  return all > 0 ? (connecting + waiting) / all : 0;
}
