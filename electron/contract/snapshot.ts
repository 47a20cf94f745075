import { z } from 'zod';
import { money } from './money.ts';
import { problemSchema } from './problem.ts';
import { learningState } from './tuning.ts';

/**
 * The one picture of the session that every front end shows: window, tray, terminal, HTTP API. Made by mining/, which
 * derives all of it; validated where it crosses a process. `…AtMs` is Unix time in ms, for display; every other `…Ms` is a
 * duration, counted by a clock that nobody sets.
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
  'metered',
  'listedProcess',
]);
export type PauseReason = z.infer<typeof pauseReason>;

/** One reason for which mining is paused, and when that ends by itself, where that is known. */
export const pause = z.object({
  reason: pauseReason,
  end: z.object({ remainingMs: z.number(), atMs: z.number() }).optional(),
});
export type Pause = z.infer<typeof pause>;

/** Where the user finds what helps. */
export const help = z.enum(['openPools', 'openHealth', 'openLogs', 'none']);
export type Help = z.infer<typeof help>;

/** What is shown to people, derived from the session's three machines (mining/session.ts); text/why.ts says it in words. */
export const sessionState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('needsConsent') }),
  z.object({
    state: z.literal('stopped'),
    because: z.enum(['notStartedYet', 'stoppedByUser', 'over', 'quitting']),
  }),
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
  /** One pause for each reason. */
  z.object({ state: z.literal('paused'), pauses: z.array(pause).min(1) }),
  z.object({
    state: z.literal('waiting'),
    why: problemSchema,
    help,
    /** Until the next try. */
    retryInMs: z.number().optional(),
  }),
  /** Mining was stopped by a problem, and needs another Start. */
  z.object({ state: z.literal('failed'), problem: problemSchema, help }),
]);
export type SessionState = z.infer<typeof sessionState>;

/**
 * off: Start is what can be done. held: started, but nothing is hashed for now. pausedByUser: held until the user resumes
 * or the time is over.
 */
export const activity = z.enum(['off', 'held', 'pausedByUser', 'hashing']);
export type Activity = z.infer<typeof activity>;

/** Hashes per second over a sliding window; null while nothing is hashed, and until the window holds one interval. */
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
  /** Why it was rejected or stale. */
  problem: problemSchema.optional(),
  roundTripMs: z.number().optional(),
});
export type ShareRecord = z.infer<typeof shareRecord>;

/**
 * Finding shares is a Poisson process: so many hashes at so much difficulty find `expectedShares` on average, and a wait
 * that was good for x shares has the probability exp(-x).
 */
export const luck = z.object({
  foundShares: z.number(),
  /** Sum over all hashes of 1 ÷ the difficulty then in force. */
  expectedShares: z.number(),
  /** Average time to one share at the present rate and difficulty; null without a rate or a job. */
  expectedMs: z.number().nullable(),
  /** Hashing time since the last share, or since the first hash. */
  waitedMs: z.number(),
  /** Chance of waiting at least as long. 0 to 1. */
  chanceOfWait: z.number(),
  /** What that may fairly be called. */
  verdict: z.enum(['normal', 'unlucky', 'unusual']),
});
export type Luck = z.infer<typeof luck>;

/** What this computer measures of its processors; null where it does not, or not yet. */
export const sensorReadings = z.object({
  /** Of all processors together, whatever they work on; memory, board and power supply come on top. */
  watts: z.number().nullable(),
  celsius: z.number().nullable(),
});
export type SensorReadings = z.infer<typeof sensorReadings>;

/** No more threads than these, to stay below a temperature or below so many watts. */
export const threadsHeld = z.object({ atMost: z.number(), by: z.enum(['heat', 'watts']) });
export type ThreadsHeld = z.infer<typeof threadsHeld>;

/** `proving`: it gives work again, and does not take over yet. `resting`: one before it gives work. */
export const standing = z.enum(['inUse', 'connecting', 'proving', 'resting', 'down', 'failed']);
export type Standing = z.infer<typeof standing>;

/** Where work comes from: a pool, a P2Pool or a proxy; a node; the practice pool. */
const sourceKind = z.enum(['stratum', 'daemon', 'practice']);

export const snapshot = z.object({
  takenAtMs: z.number(),
  /** Differences between two snapshots are time that passed, whatever was done to the system's clock. */
  monotonicMs: z.number(),
  session: sessionState,
  activity,
  /** What keeps Start from working, most important first. */
  missing: z.array(problemSchema),
  /** Nothing of this earns anything for anybody. */
  practice: z.boolean(),
  /** Since Start; 0 when stopped. */
  uptimeMs: z.number(),
  /** Hashes and shares belong to one run on one work source: from Start, or a change of source, on. */
  hashes: z.number(),
  rates,
  /** Hashes per second over 10 s of each thread, by logical CPU. */
  threads: z.array(z.object({ cpu: z.number(), hashesPerSecond: z.number().nullable() })),
  threadsAvailable: z.number(),
  /** Null: as many threads as are asked for. */
  threadsHeld: threadsHeld.nullable(),
  sensors: sensorReadings,
  engine: z
    .object({
      mode: z.enum(['none', 'light', 'fast']),
      datasetProgress: z.number(),
      pages: z.object({ dataset: pages, cache: pages, scratchpads: pages }),
      paths: z.record(z.string(), z.string()),
      interleave: z.number(),
    })
    .nullable(),
  /** Null while nothing is tried. */
  learning: learningState.nullable(),
  /** Null when nothing is chosen or connected. */
  pool: z
    .object({
      kind: sourceKind,
      host: z.string(),
      port: z.number(),
      tls: z.boolean(),
      link: z.enum(['offline', 'connecting', 'loggedIn', 'waiting']),
      connectedForMs: z.number().nullable(),
      pingMs: z.number().nullable(),
      retryInMs: z.number().nullable(),
      lastError: problemSchema.nullable(),
      /** Connections lost since mining began here. */
      failures: z.number(),
      /** SHA-256 of the present certificate, lower-case hex; null without TLS. */
      tlsFingerprint: z.string().nullable(),
      /** Shares accepted over the present connection. */
      acceptedHere: z.number(),
    })
    .nullable(),
  /** How each pool of the list stands, in its order; none while nothing is mined on a list. */
  standings: z.array(
    z.object({
      kind: sourceKind,
      host: z.string(),
      port: z.number(),
      standing,
      /** Why it gives no work; null while nothing is wrong with it. */
      trouble: problemSchema.nullable(),
    }),
  ),
  job: z
    .object({
      jobId: z.string(),
      algorithm: z.string(),
      difficulty: z.number(),
      height: z.number().nullable(),
      seedHash: z.string().nullable(),
      ageMs: z.number(),
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
  /** Null before the first hash. */
  luck: luck.nullable(),
  /** Null in the terminal, which is told no prices. */
  money: money.nullable(),
});
export type Snapshot = z.infer<typeof snapshot>;

type Parts = typeof snapshot.shape;
/** A part is told whole or not at all. */
const parts = Object.fromEntries(
  Object.entries(snapshot.shape).map(([name, part]) => [name, part.exactOptional()]),
) as { readonly [Name in keyof Parts]: z.ZodExactOptional<Parts[Name]> };

/** What of it is another than before. */
export const snapshotNews = z.object({
  ...parts,
  takenAtMs: z.number(),
  monotonicMs: z.number(),
});
export type SnapshotNews = z.infer<typeof snapshotNews>;
