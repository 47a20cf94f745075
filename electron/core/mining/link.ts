import { problem, type Problem } from '../../contract/problem.ts';
import type { Clock } from '../clock.ts';
import type { Job, Share } from '../work/job.ts';
import type {
  Endpoint,
  PlaceStanding,
  SourceEvent,
  SourceOpener,
  WorkSource,
} from '../work/source.ts';
import type { WorkSpec } from '../work/spec.ts';
import { ShareLedger } from './ledger.ts';

/**
 * The way to the work source; times are the session clock's.
 *
 *   offline ──start──► connecting ──login──► loggedIn
 *      ▲                   ▲  │                  │
 *      │                retry └──────┐           │ disconnected
 *    leave,                │         ▼           │
 *    failure            waiting ◄───────────────┘
 */
export type Link =
  | { readonly state: 'offline' }
  | { readonly state: 'connecting' }
  | { readonly state: 'loggedIn'; readonly sinceMs: number }
  | { readonly state: 'waiting'; readonly retryAtMs: number; readonly why: Problem };

function transition(from: Link, event: SourceEvent, nowMs: number): Link {
  switch (event.type) {
    case 'connecting':
      return { state: 'connecting' };
    case 'loggedIn':
      return { state: 'loggedIn', sinceMs: nowMs };
    case 'disconnected':
      return { state: 'waiting', retryAtMs: nowMs + event.retryInMs, why: event.error };
    case 'failed':
      return { state: 'offline' };
    case 'connected':
    case 'job':
    case 'unminableJob':
    case 'warning':
    case 'accepted':
    case 'rejected':
    case 'stale':
      return from;
  }
}

export interface WorkLinkParts {
  readonly clock: Clock;
  readonly open: SourceOpener;
  readonly onEvent: (event: SourceEvent) => void;
  /** A share whose answer never came; counted as stale. */
  readonly onLost: (share: Share, why: Problem) => void;
}

/** One work source from its opening to its leaving: the link to it, its newest job, and what became of its shares. */
export class WorkLink {
  readonly ledger = new ShareLedger();
  readonly #parts: WorkLinkParts;
  readonly #source: WorkSource;
  #spec: WorkSpec;
  #state: Link = { state: 'offline' };
  #endpoint: Endpoint;
  #pingMs: number | null = null;
  #lastError: Problem | null = null;
  #failures = 0;
  #tlsFingerprint: string | null = null;
  #acceptedHere = 0;
  #job: { readonly job: Job; readonly receivedAtMs: number } | undefined;
  #refusedJob: Problem | undefined;
  /** In a list of places another one may be in front by the time the node answers. */
  readonly #nodeJobs = new WeakSet<Job>();
  readonly #blocks = new Set<Share>();
  #left: Promise<void> | undefined;

  constructor(spec: WorkSpec, parts: WorkLinkParts) {
    this.#spec = spec;
    this.#parts = parts;
    this.#source = parts.open((event) => this.#onEvent(event));
    this.#endpoint = this.#source.endpoint;
  }

  get spec(): WorkSpec {
    return this.#spec;
  }
  get state(): Link {
    return this.#state;
  }
  get endpoint(): Endpoint {
    return this.#endpoint;
  }
  /** Of each place of the list; none when it has been left. */
  get standings(): readonly PlaceStanding[] {
    return this.isOpen ? (this.#source.standings ?? []) : [];
  }
  get pingMs(): number | null {
    return this.#pingMs;
  }
  get lastError(): Problem | null {
    return this.#lastError;
  }
  get job(): { readonly job: Job; readonly receivedAtMs: number } | undefined {
    return this.#job;
  }
  /** Why the last job could not be mined, while there is no other. */
  get refusedJob(): Problem | undefined {
    return this.#refusedJob;
  }
  /** Connections lost so far. */
  get failures(): number {
    return this.#failures;
  }
  /** Of the certificate of the present connection, lower-case hex; null without TLS. */
  get tlsFingerprint(): string | null {
    return this.#tlsFingerprint;
  }
  /** Shares accepted over the present connection. */
  get acceptedHere(): number {
    return this.#acceptedHere;
  }
  /** Handed to a node, which has not said yet what became of them. */
  get blocksPending(): number {
    return this.#blocks.size;
  }
  get isOpen(): boolean {
    return this.#left === undefined;
  }

  start(): void {
    this.#state = { state: 'connecting' };
    this.#source.start();
  }

  /** Goes on with another work list; false: this source cannot, and another one has to be opened. */
  follow(spec: WorkSpec): boolean {
    if (this.#source.follow?.(spec) !== true) return false;
    this.#spec = spec;
    return true;
  }

  wake(): void {
    if (this.isOpen) this.#source.wake();
  }

  /** The source alone judges whether a share still counts. */
  submit(share: Share, job: Job): void {
    if (this.#nodeJobs.has(job)) this.#blocks.add(share);
    this.ledger.found(share, this.#parts.clock.wallMs());
    this.#source.submit(share);
  }

  /**
   * Takes no work any more, waits until `quiet` resolves (nothing is found for this source any more) and at most
   * `timeoutMs` for the answers to its last shares. Resolves when the source has stopped.
   */
  leave(timeoutMs: number, quiet: Promise<void>): Promise<void> {
    this.#left ??= this.#leave(timeoutMs, quiet);
    return this.#left;
  }

  async #leave(timeoutMs: number, quiet: Promise<void>): Promise<void> {
    this.#state = { state: 'offline' };
    this.#endLogin();
    await quiet;
    await this.#source.leave(timeoutMs);
    const why = problem('answerNotAwaited');
    this.#blocks.clear();
    for (const share of this.ledger.abandonPending(why)) this.#parts.onLost(share, why);
  }

  #endLogin(): void {
    this.#job = undefined;
    this.#refusedJob = undefined;
  }

  #onEvent(event: SourceEvent): void {
    const { clock, onEvent } = this.#parts;
    const isFate = 'share' in event;
    // What is left has nothing to say but what became of its last shares.
    if (!this.isOpen && !isFate) return;
    if (isFate) this.#blocks.delete(event.share);
    else this.#state = transition(this.#state, event, clock.nowMs());
    switch (event.type) {
      case 'connecting':
        this.#endpoint = event.endpoint;
        break;
      case 'connected':
        this.#endpoint = event.endpoint;
        this.#tlsFingerprint = event.tlsFingerprint ?? null;
        this.#acceptedHere = 0;
        break;
      case 'loggedIn':
        this.#lastError = null;
        break;
      case 'job':
        if (this.#endpoint.kind === 'daemon') this.#nodeJobs.add(event.job);
        this.#job = { job: event.job, receivedAtMs: clock.nowMs() };
        this.#refusedJob = undefined;
        break;
      case 'unminableJob':
        // The source has left the job before: what is still found for it would count for nothing.
        this.#job = undefined;
        this.#refusedJob = event.error;
        this.#lastError = event.error;
        break;
      case 'warning':
        break;
      case 'accepted':
        this.#pingMs = event.roundTripMs;
        this.#acceptedHere += 1;
        this.ledger.markAccepted(event.share, clock.wallMs(), event.roundTripMs);
        break;
      case 'rejected':
        this.ledger.markRejected(event.share, event.error);
        break;
      case 'stale':
        this.ledger.markStale(event.share, event.error);
        break;
      case 'disconnected':
      case 'failed':
        this.#lastError = event.error;
        this.#failures += 1;
        this.#tlsFingerprint = null;
        this.#endLogin();
        break;
    }
    onEvent(event);
  }
}
