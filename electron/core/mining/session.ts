import type { Engine, EngineListener, EngineStatus } from '../engine/engine.ts';
import type { PauseReason, Problem, SessionState } from '../../contract/snapshot.ts';
import type { Job, Share } from '../work/job.ts';
import type { Endpoint, SourceEvent, SourceListener, WorkSource } from '../work/source.ts';
import type { Clock } from '../clock.ts';
import { deriveState, whyLine } from './derive.ts';
import { Hashing } from './hashing.ts';
import { ShareLedger } from './ledger.ts';
import type { Link, Permission } from './machines.ts';

/** What the session tells its front ends, in order. */
export type SessionEvent =
  | { readonly type: 'state'; readonly state: SessionState; readonly why: string }
  | { readonly type: 'source'; readonly event: SourceEvent }
  | { readonly type: 'share'; readonly share: Share }
  /** A share that was not sent, or whose answer never came; counted as stale. */
  | { readonly type: 'dropped'; readonly share: Share; readonly why: Problem }
  /** Something went wrong in the engine, and it goes on. */
  | { readonly type: 'engineWarning'; readonly problem: Problem }
  | { readonly type: 'engineFailed'; readonly problem: Problem };

export interface SessionOptions {
  readonly clock: Clock;
  readonly listener: (event: SessionEvent) => void;
  /** Makes the engine when there is a job for it. May throw: the session then shows why. */
  readonly createEngine: (listener: EngineListener) => Engine;
  /** The error that `createEngine` threw, as a problem to show. */
  readonly describeEngineError: (error: unknown) => Problem;
  /** False until the user agreed to mine on this computer. A command typed in a terminal is consent. */
  readonly consentGiven: boolean;
  /** False after an unclean exit: then only the user's own hand starts mining. */
  readonly mayStartByItself: boolean;
}

/** Makes a work source that tells `listener`, from its `start` on and never before. */
export type SourceOpener = (listener: SourceListener) => WorkSource;

/** What snapshot.ts reads. */
export interface SessionView {
  readonly nowMs: number;
  readonly startedAtMs: number | undefined;
  readonly link: Link;
  readonly endpoint: Endpoint | undefined;
  readonly pingMs: number | null;
  readonly lastError: Problem | null;
  readonly job: { readonly job: Job; readonly receivedAtMs: number } | undefined;
  readonly engineStatus: EngineStatus | undefined;
}

const TICK_MS = 1000;

/**
 * Joins one work source and one engine, and knows at every moment why it is or is not mining.
 * The three machines are drawn in machines.ts, what people are shown is derived in derive.ts.
 */
export class Session {
  readonly ledger = new ShareLedger();
  readonly hashing: Hashing;

  readonly #options: SessionOptions;
  #consentGiven: boolean;
  /** Started by the user, and not stopped since. */
  #wanted = false;
  readonly #pauses = new Map<PauseReason, number | undefined>();
  #startedAtMs: number | undefined;

  #openSource: SourceOpener | undefined;
  #source: WorkSource | undefined;
  #link: Link = { state: 'offline' };
  #endpoint: Endpoint | undefined;
  #pingMs: number | null = null;
  #lastError: Problem | null = null;

  #job: SessionView['job'];
  #refusedJob: Problem | undefined;

  #stopTicking: (() => void) | undefined;
  #shown = '';

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#consentGiven = options.consentGiven;
    this.hashing = new Hashing({
      clock: options.clock,
      createEngine: options.createEngine,
      describeError: options.describeEngineError,
      onShare: (share) => this.#onShare(share),
      onWarning: (problem) => options.listener({ type: 'engineWarning', problem }),
      onFailure: (problem) => this.#onEngineFailure(problem),
      onChange: () => this.#update(),
    });
  }

  /* Commands */

  giveConsent(): void {
    this.#consentGiven = true;
    this.#update();
  }

  /** Chooses where work comes from; while started, the old source is left and the new one opened. */
  setSource(open: SourceOpener): void {
    this.#openSource = open;
    if (!this.#wanted) return;
    this.#closeSource();
    this.#connect(open);
    this.#update();
  }

  /**
   * Starts mining; afterwards the session reconnects and resumes by itself until `stop`.
   * `automatic` (at launch, by a schedule) is refused after an unclean exit. Returns whether it started.
   */
  start(by: 'user' | 'automatic' = 'user'): boolean {
    if (!this.#consentGiven || this.#openSource === undefined) return false;
    if (by === 'automatic' && !this.#options.mayStartByItself) return false;
    const { clock } = this.#options;
    this.#wanted = true;
    this.#pauses.delete('user');
    this.#pauses.delete('snooze');
    this.#startedAtMs ??= clock.wallMs();
    this.#stopTicking ??= clock.every(TICK_MS, () => this.#tick());
    this.hashing.forgive();
    if (this.#source === undefined) this.#connect(this.#openSource);
    this.#update();
    return true;
  }

  /** The user's Stop: outranks everything and lasts. Resolves when no thread and no socket is left. */
  async stop(): Promise<void> {
    this.#wanted = false;
    this.#startedAtMs = undefined;
    this.#stopTicking?.();
    this.#stopTicking = undefined;
    this.#closeSource();
    const ended = this.hashing.retire();
    this.#update();
    await ended;
  }

  /** Pauses for one more reason; a snooze ends by itself at `untilMs` (Unix time). */
  pause(reason: PauseReason, untilMs?: number): void {
    this.#pauses.set(reason, untilMs);
    this.#update();
  }

  /** Takes one reason away; hashing goes on when none is left. */
  resume(reason: PauseReason): void {
    this.#pauses.delete(reason);
    this.#update();
  }

  /* What front ends read, most of it through snapshot.ts */

  get state(): SessionState {
    return deriveState({
      permission: this.#permission(),
      link: this.#link,
      engine: this.hashing.machine,
      hasJob: this.#job !== undefined,
      ...(this.#refusedJob === undefined ? {} : { refusedJob: this.#refusedJob }),
      counter: this.hashing.counter,
      nonceSpaceExhausted: this.hashing.status?.nonceSpaceExhausted ?? false,
    });
  }

  get why(): string {
    const isPractice = this.#endpoint?.kind === 'practice';
    return whyLine(this.state, this.#options.clock.wallMs(), isPractice);
  }

  get view(): SessionView {
    return {
      nowMs: this.#options.clock.wallMs(),
      startedAtMs: this.#startedAtMs,
      link: this.#link,
      endpoint: this.#endpoint,
      pingMs: this.#pingMs,
      lastError: this.#lastError,
      job: this.#job,
      engineStatus: this.hashing.status,
    };
  }

  /* The work source */

  #connect(open: SourceOpener): void {
    const source: WorkSource = open((event) => {
      // A source that was left may still have something to say; it is no news any more.
      if (this.#source === source) this.#onSource(event);
    });
    this.#source = source;
    this.#endpoint = source.endpoint;
    this.#link = { state: 'connecting' };
    source.start();
  }

  #closeSource(failure?: Problem): void {
    const source = this.#source;
    this.#source = undefined;
    source?.stop();
    this.#endLogin();
    this.#link = failure === undefined ? { state: 'offline' } : { state: 'offline', failure };
    // A source that goes on settles its shares itself; this one says no more.
    const why = { code: 'stopped', message: 'Mining ended before the answer to this share came.' };
    for (const share of this.ledger.abandonPending(why.message)) {
      this.#options.listener({ type: 'dropped', share, why });
    }
  }

  #endLogin(): void {
    this.#job = undefined;
    this.#refusedJob = undefined;
  }

  #onSource(event: SourceEvent): void {
    const nowMs = this.#options.clock.wallMs();
    switch (event.type) {
      case 'connecting':
        this.#link = { state: 'connecting' };
        this.#endpoint = event.endpoint;
        break;
      case 'connected':
        this.#endpoint = event.endpoint;
        break;
      case 'loggedIn':
        this.#link = { state: 'loggedIn', sinceMs: nowMs };
        this.#lastError = null;
        break;
      case 'job':
        this.#job = { job: event.job, receivedAtMs: nowMs };
        this.#refusedJob = undefined;
        this.hashing.setJob(event.job);
        break;
      case 'unminableJob':
        // The pool has left the job before: what is still found for it would count for nothing.
        this.#job = undefined;
        this.#refusedJob = event.error;
        this.#lastError = event.error;
        break;
      case 'warning':
        break;
      case 'accepted':
        this.#pingMs = event.roundTripMs;
        this.ledger.markAccepted(event.share, nowMs, event.roundTripMs);
        break;
      case 'rejected':
        this.ledger.markRejected(event.share, event.error.message);
        break;
      case 'stale':
        this.ledger.markStale(event.share, event.error.message);
        break;
      case 'disconnected':
        this.#link = { state: 'waiting', retryAtMs: nowMs + event.retryInMs, why: event.error };
        this.#lastError = event.error;
        this.#endLogin();
        break;
      case 'failed':
        this.#lastError = event.error;
        this.#closeSource(event.error);
        void this.hashing.retire();
        break;
    }
    this.#options.listener({ type: 'source', event });
    this.#update();
  }

  /* The engine */

  /** The source judges whether it still counts. */
  #onShare(share: Share): void {
    const { clock, listener } = this.#options;
    this.ledger.found(share, clock.wallMs());
    listener({ type: 'share', share });
    this.#source?.submit(share);
  }

  #onEngineFailure(problem: Problem): void {
    this.#lastError = problem;
    this.#closeSource();
    this.#options.listener({ type: 'engineFailed', problem });
    this.#update();
  }

  /* Time and state */

  #tick(): void {
    const nowMs = this.#options.clock.wallMs();
    for (const [reason, untilMs] of this.#pauses) {
      if (untilMs !== undefined && untilMs <= nowMs) this.#pauses.delete(reason);
    }
    this.hashing.sample();
    this.#update();
  }

  #permission(): Permission {
    if (!this.#consentGiven) return { state: 'consentMissing' };
    if (!this.#wanted) return { state: 'stoppedByUser' };
    const reasons = [...this.#pauses.keys()];
    if (reasons.length === 0) return { state: 'allowed' };
    const untilMs = this.#pauses.get('snooze');
    return { state: 'paused', reasons, ...(untilMs === undefined ? {} : { untilMs }) };
  }

  /** After whatever happened: lets the threads hash or not, and tells when the shown state changed. */
  #update(): void {
    const mayHash = this.#permission().state === 'allowed' && this.#link.state === 'loggedIn';
    this.hashing.run(mayHash ? this.#job?.job : undefined);
    const { state, why } = this;
    const shown = JSON.stringify(withoutProgress(state));
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#options.listener({ type: 'state', state, why });
  }
}

/** Progress moves all the time; it belongs to snapshots, not to changes of state. */
function withoutProgress(state: SessionState): SessionState {
  return state.state === 'preparing' ? { ...state, progress: 0 } : state;
}
