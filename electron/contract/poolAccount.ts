import { z } from 'zod';
import { knownPoolId } from './knownPools.ts';
import { problemSchema } from './problem.ts';

/** What a pool says of itself about the wallet address, by its web API. Null: it does not tell. */
export const poolAccount = z.object({
  /** Unix time in ms at which it said so. */
  atMs: z.number(),
  /** Earned and not paid yet. */
  dueXmr: z.number().nullable(),
  paidXmr: z.number().nullable(),
  /** The least that it pays out. */
  payoutXmr: z.number().nullable(),
  /** Of all computers that mine for the address. */
  hashesPerSecond: z.number().nullable(),
  /** Sum of the difficulties of all shares that it ever counted for the address. */
  creditedHashes: z.number().nullable(),
  network: z
    .object({ difficulty: z.number().positive(), rewardXmr: z.number().positive() })
    .nullable(),
});
export type PoolAccount = z.infer<typeof poolAccount>;

/** What was sent against what the pool credited, between two of its answers. Hashes: sums of difficulties of shares. */
export const credit = z.object({
  fromMs: z.number(),
  untilMs: z.number(),
  /** Accepted ones. */
  shares: z.number(),
  sentHashes: z.number(),
  creditedHashes: z.number(),
  /** What chance allows of what is credited, 99 times in 100; nothing where it is too early to tell. */
  lowHashes: z.number(),
  highHashes: z.number(),
  verdict: z.enum(['tooShort', 'within', 'less', 'more']),
});
export type Credit = z.infer<typeof credit>;

/** A pool of the list that can be asked, whether it is, and what came of it. */
export const poolAccountState = z.object({
  pool: knownPoolId,
  name: z.string(),
  /** By id, of the settings' pools those that are servers of it. */
  entries: z.array(z.string()),
  /** Whom the address is sent to, and the proxy on the way, host:port, if there is one. */
  host: z.string(),
  proxy: z.string().nullable(),
  isAsked: z.boolean(),
  /** The newest; null before the first. */
  account: poolAccount.nullable(),
  /** Why the last question had no answer; null when it had. */
  fault: problemSchema.nullable(),
  /** Null: the pool does not tell, or it cannot be compared. */
  credit: credit.nullable(),
});
export type PoolAccountState = z.infer<typeof poolAccountState>;
