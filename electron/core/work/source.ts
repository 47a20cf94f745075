import type { Problem } from '../../contract/problem.ts';
import type { Standing } from '../../contract/snapshot.ts';
import type { Job, Share } from './job.ts';
import type { WorkSpec } from './spec.ts';

/** Which kind of place the work comes from; `practice` earns nothing for anybody and is marked so everywhere. */
export type SourceKind = 'stratum' | 'daemon' | 'practice';

export interface Endpoint {
  readonly kind: SourceKind;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** What went wrong; what is done about it is in stratum/poolErrors.ts. */
export type SourceError = Problem;

/**
 * Everything a work source tells, in order:
 *
 *   connecting → connected → loggedIn → (job | unminableJob | share… | warning)* → disconnected → connecting → …
 *                                                                      ↘ failed (no further event)
 */
export type SourceEvent =
  | { readonly type: 'connecting'; readonly endpoint: Endpoint }
  | {
      readonly type: 'connected';
      readonly endpoint: Endpoint;
      /** SHA-256 of the pool's certificate, lower-case hex, when TLS is used. */
      readonly tlsFingerprint?: string;
    }
  | { readonly type: 'loggedIn' }
  | { readonly type: 'job'; readonly job: Job }
  /** A job that cannot be mined was refused, and the one before is void; the connection stays. */
  | { readonly type: 'unminableJob'; readonly error: SourceError }
  /** Something to know that does not keep anybody from mining: told once, at any time while connected. */
  | { readonly type: 'warning'; readonly problem: Problem }
  | { readonly type: 'accepted'; readonly share: Share; readonly roundTripMs: number }
  | { readonly type: 'rejected'; readonly share: Share; readonly error: SourceError }
  | { readonly type: 'stale'; readonly share: Share; readonly error: SourceError }
  | {
      readonly type: 'disconnected';
      readonly endpoint: Endpoint;
      readonly error: SourceError;
      readonly retryInMs: number;
    }
  /** Ends this source for good (a wrong address, say): the session shows what to do. */
  | { readonly type: 'failed'; readonly error: SourceError };

/** How one of several places to mine at stands. */
export interface PlaceStanding {
  readonly endpoint: Endpoint;
  readonly standing: Standing;
  /** Why it gives no work; null while nothing is wrong with it. */
  readonly trouble: Problem | null;
}

/** A stratum pool, a monerod, the practice pool, or a failover list of those. */
export interface WorkSource {
  readonly endpoint: Endpoint;
  /** In the order of preference; a source without a list has none. */
  readonly standings?: readonly PlaceStanding[];
  /** Goes on with another work list, keeping whatever both have; false: it cannot, and nothing has changed. */
  follow?(spec: WorkSpec): boolean;
  /** Connects, and keeps connecting, until `leave` or `stop`. Events go to the listener given at construction. */
  start(): void;
  /**
   * Takes every share that the engine finds: the source alone judges whether it still counts. Its one fate arrives
   * as accepted, rejected or stale, unless `stop` comes first. Never throws.
   */
  submit(share: Share): void;
  /**
   * The computer was asleep or its network changed: what is open may be dead without a word. Reconnects at once, but
   * for what a pool's ban still forbids.
   */
  wake(): void;
  /**
   * Goes as soon as every share has its fate; after `timeoutMs` those without an answer are told as stale, but a node is
   * given longer for a block. From the call on nothing but fates is told, and no connection is opened. Resolves when stopped; never rejects.
   */
  leave(timeoutMs: number): Promise<void>;
  /** Closes the connection and every timer at once. No event follows. */
  stop(): void;
}

export type SourceListener = (event: SourceEvent) => void;

/** Makes a work source that tells `listener`, from its `start` on and never before. */
export type SourceOpener = (listener: SourceListener) => WorkSource;
