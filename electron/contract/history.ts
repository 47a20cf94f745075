import { z } from 'zod';
import { problemSchema } from './problem.ts';

/**
 * What mining came to, as it is kept in files and shown. `…AtMs` is Unix time in ms, `…Ms` a duration. Nothing was mined in
 * time that no record covers.
 */

/** Amounts by name. Names that a later version may add are kept as they are. */
const amounts = z.record(z.string().regex(/^\w+$/), z.number().nonnegative());
export type Amounts = z.infer<typeof amounts>;

const amount = z.number().nonnegative();
const time = z
  .int()
  .min(0)
  .max(Date.UTC(9999, 11, 31));

/** What a span of mining came to. */
export const historySum = z.object({
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
export type HistorySum = z.infer<typeof historySum>;

const historySource = z.object({
  kind: z.enum(['stratum', 'daemon', 'practice']),
  host: z.string(),
  port: z.number(),
  tls: z.boolean(),
});
export type HistorySource = z.infer<typeof historySource>;

/** A minute, an hour or a day of mining on one work source: one line of the history's files. */
export const historyRecord = historySum.extend({
  /** When the minute began, by a clock that may have been set meanwhile; or the hour or day, in UTC. */
  atMs: time,
  /** When Start was pressed: all records of one run have the same. */
  runAtMs: time,
  /** Practice earns nothing for anybody, and is never counted together with the rest. */
  source: historySource,
});
export type HistoryRecord = z.infer<typeof historyRecord>;

/** What is asked for: real mining and practice are never added up. */
export const historyKind = z.enum(['mining', 'practice']);
export type HistoryKind = z.infer<typeof historyKind>;

/** So long back from now. */
export const historySpan = z.enum(['quarterHour', 'day', 'month', 'year']);
export type HistorySpan = z.infer<typeof historySpan>;

/** A step of a chart. Where one does not begin where the one before it ends, nothing was mined between them. */
export const historyPoint = historySum.extend({ atMs: z.number(), untilMs: z.number() });
export type HistoryPoint = z.infer<typeof historyPoint>;

/** A span of time, in at most some 500 points in order of time. */
export const historyView = z.object({
  fromMs: z.number(),
  beforeMs: z.number(),
  points: z.array(historyPoint),
  /** Of all points. */
  total: historySum,
});
export type HistoryView = z.infer<typeof historyView>;

/** From Start to Stop. */
export const historySession = historySum.extend({
  startedAtMs: z.number(),
  /** Where was mined, the source of most hashes first. */
  sources: z.array(historySource),
});
export type HistorySession = z.infer<typeof historySession>;

/** Everything that is kept. */
export const historyOverview = z.object({
  /** Null when there is nothing. */
  sinceMs: z.number().nullable(),
  total: historySum,
  /** Of all sessions. */
  sessionCount: z.number(),
  /** The newest hundred, newest first. */
  sessions: z.array(historySession),
});
export type HistoryOverview = z.infer<typeof historyOverview>;

/** Where it is kept, and whether that works. */
export const historyState = z.object({
  folder: z.string(),
  bytes: z.number(),
  /** Why what was mined lately is in memory only; null when everything is on the disk. */
  fault: problemSchema.nullable(),
});
export type HistoryState = z.infer<typeof historyState>;

export const historyFormat = z.enum(['csv', 'json']);
export type HistoryFormat = z.infer<typeof historyFormat>;
