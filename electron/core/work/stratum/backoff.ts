import type { Clock } from '../../clock.ts';

/** What is done after a connection ended. */
export type Remedy =
  /** Connect again: nothing is wrong with the pool. */
  | 'atOnce'
  /** Connect again after 1, 2, 4 … 60 s. */
  | 'retry'
  /** The same from 60 s on: nobody knows that retrying helps. */
  | 'retrySlowly'
  /** Connect again after ten minutes: the pool banned us, or every share was refused. */
  | 'waitOutBan'
  /** The user must change something first. */
  | 'giveUp';

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;
const BAN_DELAY_MS = 600_000;
/** Up to this share of the delay is added at random, so that a pool's miners do not return together. */
const JITTER = 0.25;

/** Delay before the next attempt; `failures` counts the attempts since things last went well, from 1. */
export function retryDelayMs(
  remedy: Exclude<Remedy, 'giveUp'>,
  failures: number,
  clock: Pick<Clock, 'random'>,
): number {
  return Math.round(baseDelayMs(remedy, failures) * (1 + JITTER * clock.random()));
}

function baseDelayMs(remedy: Exclude<Remedy, 'giveUp'>, failures: number): number {
  switch (remedy) {
    case 'atOnce':
      return 0;
    case 'retry':
      return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
    case 'retrySlowly':
      return LONGEST_DELAY_MS;
    case 'waitOutBan':
      return BAN_DELAY_MS;
  }
}
