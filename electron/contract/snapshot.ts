import { z } from 'zod';
import { problemSchema as problem, type Problem } from './problem.ts';

export { problem, type Problem };

/**
 * The one state snapshot that every front end shows: window, tray, terminal, HTTP API.
 * Built by mining/ from the session, validated where it crosses a process.
 */

/** Why mining is paused; several can hold at once. */
export const pauseReason = z.enum([
  'user',
  'snooze',
  'battery',
  'inUse',
  'schedule',
  'heat',
  'fullScreen',
  'listedProcess',
]);
export type PauseReason = z.infer<typeof pauseReason>;

/** What is shown to people, derived from the session's three machines (mining/session.ts). */
export const sessionState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('needsConsent') }),
  z.object({ state: z.literal('stopped') }),
  z.object({ state: z.literal('connecting') }),
  z.object({
    state: z.literal('preparing'),
    /** Dataset or cache progress, 0 to 1. */
    progress: z.number(),
    /** Hashing in light mode meanwhile. */
    hashingInLightMode: z.boolean(),
  }),
  /** Only while the hash counter moves. */
  z.object({ state: z.literal('mining'), mode: z.enum(['light', 'fast']) }),
  z.object({
    state: z.literal('paused'),
    reasons: z.array(pauseReason).min(1),
    /** Unix time in ms at which a snooze ends by itself. */
    untilMs: z.number().optional(),
  }),
  z.object({ state: z.literal('waiting'), why: problem, untilMs: z.number().optional() }),
  z.object({ state: z.literal('failed'), problem }),
]);
export type SessionState = z.infer<typeof sessionState>;

/** Hashes per second over a sliding window; null until the window holds at least one interval. */
export const rates = z.object({
  h10s: z.number().nullable(),
  h60s: z.number().nullable(),
  h15m: z.number().nullable(),
});
export type Rates = z.infer<typeof rates>;

const pages = z.enum(['1g', '2m', 'thp', '4k', 'none']);

export const shareRecord = z.object({
  foundAtMs: z.number(),
  jobId: z.string(),
  /** 8 lower-case hex digits, as submitted. */
  nonce: z.string(),
  difficulty: z.number(),
  outcome: z.enum(['pending', 'accepted', 'rejected', 'stale']),
  message: z.string().optional(),
  roundTripMs: z.number().optional(),
});
export type ShareRecord = z.infer<typeof shareRecord>;

export const snapshot = z.object({
  /** Unix time in ms at which the snapshot was taken. */
  takenAtMs: z.number(),
  session: sessionState,
  /** The why line: one sentence, always true, that says why it is or is not mining. */
  why: z.string(),
  /** Milliseconds since Start; 0 when stopped. */
  uptimeMs: z.number(),
  hashes: z.number(),
  rates,
  /** Hashes per second over 10 s of each thread, by logical CPU. */
  threads: z.array(z.object({ cpu: z.number(), hashesPerSecond: z.number().nullable() })),
  threadsAvailable: z.number(),
  engine: z
    .object({
      mode: z.enum(['none', 'light', 'fast']),
      datasetProgress: z.number(),
      pages: z.object({ dataset: pages, cache: pages, scratchpads: pages }),
      paths: z.record(z.string(), z.string()),
      interleave: z.number(),
    })
    .nullable(),
  /** Null when nothing is chosen or connected. */
  pool: z
    .object({
      kind: z.enum(['stratum', 'daemon', 'practice']),
      host: z.string(),
      port: z.number(),
      tls: z.boolean(),
      link: z.enum(['offline', 'connecting', 'loggedIn', 'waiting']),
      connectedSinceMs: z.number().nullable(),
      pingMs: z.number().nullable(),
      retryAtMs: z.number().nullable(),
      lastError: problem.nullable(),
    })
    .nullable(),
  job: z
    .object({
      jobId: z.string(),
      algorithm: z.string(),
      difficulty: z.number(),
      height: z.number().nullable(),
      seedHash: z.string().nullable(),
      receivedAtMs: z.number(),
    })
    .nullable(),
  shares: z.object({
    accepted: z.number(),
    rejected: z.number(),
    stale: z.number(),
    pending: z.number(),
    /** Sum of the difficulties of accepted shares. */
    acceptedDifficulty: z.number(),
    bestDifficulty: z.number(),
    lastAcceptedAtMs: z.number().nullable(),
    /** Newest first, bounded. */
    recent: z.array(shareRecord),
  }),
});
export type Snapshot = z.infer<typeof snapshot>;
