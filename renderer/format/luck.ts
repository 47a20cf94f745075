import type { Snapshot } from '../../electron/contract/snapshot.ts';

/**
 * Finding shares is a Poisson process: at rate H and difficulty D a share takes D / H seconds on average, and a wait of
 * t without one has the probability exp(-t · H / D).
 */
export interface Luck {
  /** Average time to one share at the present rate and difficulty, in ms. */
  readonly expectedMs: number;
  /** Time since the last accepted share, or since Start, in ms. */
  readonly waitedMs: number;
  /** Chance of waiting at least this long. 0 to 1. */
  readonly chanceOfWait: number;
  /** Shares that this many hashes find on average. */
  readonly expectedShares: number;
  readonly foundShares: number;
}

/** Null while there is no rate or no job to reckon with. */
export function luckOf(snapshot: Snapshot): Luck | null {
  const rate = snapshot.rates.h60s ?? snapshot.rates.h10s;
  const { job, shares } = snapshot;
  if (!rate || !job || job.difficulty <= 0) return null;

  const expectedMs = (job.difficulty / rate) * 1000;
  const sinceStartMs = snapshot.uptimeMs;
  const sinceShareMs =
    shares.lastAcceptedAtMs === null ? sinceStartMs : snapshot.takenAtMs - shares.lastAcceptedAtMs;
  const waitedMs = Math.max(0, Math.min(sinceStartMs, sinceShareMs));
  const meanDifficulty =
    shares.accepted > 0 ? shares.acceptedDifficulty / shares.accepted : job.difficulty;
  return {
    expectedMs,
    waitedMs,
    chanceOfWait: Math.exp(-waitedMs / expectedMs),
    expectedShares: snapshot.hashes / Math.max(1, meanDifficulty),
    foundShares: shares.accepted,
  };
}

const NORMAL_CHANCE = 0.2;
const UNLUCKY_CHANCE = 0.05;

/** What a wait of this probability may fairly be called. */
export function howUnlucky(chance: number): 'normal' | 'unlucky' | 'unusual' {
  if (chance >= NORMAL_CHANCE) return 'normal';
  return chance >= UNLUCKY_CHANCE ? 'unlucky' : 'unusual';
}
