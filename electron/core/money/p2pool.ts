import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { NetworkFigures, PaidWork } from '../../contract/money.ts';

/**
 * P2Pool's own figures, from the folder that it writes with --data-api, and with --local-api what it counts of its miners (P2Pool,
 * p2pool_api.cpp): files of a few hundred bytes, replaced as a whole with each block and each share, and left behind when it ends.
 */

const OLD_MS = 10 * 60_000;
const MOST_BYTES = 64 * 1024;
const ATOMIC_UNITS = 1e12;

const networkStats = z.object({ difficulty: z.number().positive(), reward: z.number().positive() });
const poolStats = z.object({
  pool_statistics: z.object({
    sidechainDifficulty: z.number().positive(),
    /** Of all shares that a block is paid to now; 0 until it is synchronised. */
    pplnsWeight: z.number().positive(),
  }),
});

const stratumStats = z.object({ total_hashes: z.number().nonnegative() });

export type P2poolFigures =
  | { readonly fault: 'notFound' | 'old' }
  | { readonly fault: null; readonly network: NetworkFigures; readonly work: PaidWork };

export function readP2pool(folder: string, nowMs: number): P2poolFigures {
  const network = readStats(join(folder, 'network', 'stats'), networkStats);
  const pool = readStats(join(folder, 'pool', 'stats'), poolStats);
  if (network === null || pool === null) return { fault: 'notFound' };
  const atMs = Math.min(network.writtenAtMs, pool.writtenAtMs);
  if (nowMs - atMs > OLD_MS) return { fault: 'old' };
  const { difficulty, reward } = network.stats;
  const { sidechainDifficulty, pplnsWeight } = pool.stats.pool_statistics;
  // A share is paid once for each block that is found while it is in the window.
  const chanceOfPay = 1 - Math.exp(-pplnsWeight / difficulty);
  return {
    fault: null,
    network: { difficulty, rewardXmr: reward / ATOMIC_UNITS, source: 'p2pool', atMs },
    work: { unit: 'p2poolShare', hashes: sidechainDifficulty / chanceOfPay },
  };
}

export interface P2poolCount {
  /** Of P2Pool, whose counters then began at 0. Unix times in ms. */
  readonly startedAtMs: number;
  readonly atMs: number;
  /** Sum of the difficulties of all shares that it took from its miners. */
  readonly creditedHashes: number;
}

/** Null: P2Pool does not tell, or does not run. */
export function readP2poolCount(folder: string, nowMs: number): P2poolCount | null {
  const stratum = readStats(join(folder, 'local', 'stratum'), stratumStats);
  // Written once, when it starts.
  const console = readStats(join(folder, 'local', 'console'), z.object({}));
  if (stratum === null || console === null) return null;
  const { stats, writtenAtMs: atMs } = stratum;
  if (nowMs - atMs > OLD_MS || console.writtenAtMs > atMs) return null;
  return { startedAtMs: console.writtenAtMs, atMs, creditedHashes: stats.total_hashes };
}

function readStats<T>(
  file: string,
  schema: z.ZodType<T>,
): { readonly stats: T; readonly writtenAtMs: number } | null {
  try {
    const { size, mtimeMs: writtenAtMs } = statSync(file);
    if (size > MOST_BYTES) return null;
    const { data } = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return data === undefined ? null : { stats: data, writtenAtMs };
  } catch {
    return null; // not there, or not P2Pool's
  }
}
