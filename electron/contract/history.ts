import { z } from 'zod';

/** Amounts by name. Names that a later version may add are kept as they are. */
const amounts = z.record(z.string().regex(/^\w+$/), z.number().nonnegative());
export type Amounts = z.infer<typeof amounts>;

const amount = z.number().nonnegative();

/**
 * What mining on one work source came to in a minute, an hour or a day: one line of the history's files. Nothing was mined
 * in time that no record covers. `…AtMs` is Unix time in ms, `…Ms` a duration.
 */
export const historyRecord = z.object({
  /** When the minute began, by a clock that may have been set meanwhile; or the hour or day, in UTC. */
  atMs: z
    .int()
    .min(0)
    .max(Date.UTC(9999, 11, 31)),
  /** When Start was pressed: all records of one run have the same. */
  runAtMs: z.int(),
  /** Practice earns nothing for anybody, and is never counted together with the rest. */
  source: z.object({
    kind: z.enum(['stratum', 'daemon', 'practice']),
    host: z.string(),
    port: z.number(),
    tls: z.boolean(),
  }),
  hashes: amount,
  /** Time for which was hashed: `hashes` by it is the rate. */
  hashingMs: amount,
  /** Sum over all hashes of 1 ÷ the difficulty then in force. */
  expectedShares: amount,
  foundShares: amount,
  accepted: amount,
  /** Sum of the difficulties of accepted shares. */
  acceptedDifficulty: amount,
  /** Best share found on this source since Start, or since mining came back to it. */
  bestDifficulty: amount,
  /** Shares by problem code. What was never answered is among the stale, as it is in the snapshot. */
  rejected: amounts,
  stale: amounts,
  /** Time by state of the session (snapshot.ts). */
  stateMs: amounts,
  /** Paused time by reason; several reasons can hold at once. */
  pausedMs: amounts,
  /** Waiting time by problem code. */
  waitingMs: amounts,
  /** Mean of what was measured; null when nothing was. */
  watts: amount.nullable(),
  celsius: z.number().nullable(),
});
export type HistoryRecord = z.infer<typeof historyRecord>;
