import type { Socket } from 'node:net';
import { failure, type Failure } from '../../shared/result.ts';
import type { Job, Share } from '../job.ts';
import type { SourceEvent } from '../source.ts';
import type { Remedy } from './backoff.ts';
import type { Cancel, Clock } from './clock.ts';
import { classifyError, type ErrorClass } from './errors.ts';
import { LineSplitter, encodeLine, MAX_LOGIN_LINE_BYTES } from './framing.ts';
import { JobDesk } from './jobDesk.ts';
import { parseJob } from './jobs.ts';
import {
  keepalivedMessage,
  loginMessage,
  parseIncoming,
  parseLoginResult,
  submitMessage,
  submitRefusal,
  type Outcome,
  type Reply,
} from './messages.ts';
import type { StratumOptions } from './options.ts';
import { PendingShares } from './pending.ts';
import { RateLimit } from './rate.ts';
import type { PoolRecord } from './record.ts';

export const DEFAULT_KEEPALIVE_MS = 30_000;
const LOGIN_DEADLINE_MS = 20_000;
const FIRST_JOB_DEADLINE_MS = 20_000;
const TOLERATED_JUNK_LINES = 5;
const TOLERATED_BROKEN_JOBS = 5;
const SHARE_BURST = 60;
const SHARE_INTERVAL_MS = 50;
/** A pool that does not read what we send is as good as gone. */
const MAX_UNREAD_BYTES = 64 * 1024;

/**
 * One connection's life; nothing of it outlives it.
 *
 *   loggingIn ──login answer──► loggedIn
 *       │                          │
 *       └──────────► ended ◄───────┘
 */
type Phase =
  | {
      readonly name: 'loggingIn';
      readonly loginId: number;
      /** Params of a job pushed before the login answer. */
      earlyJob?: unknown;
    }
  | {
      readonly name: 'loggedIn';
      readonly sessionId: string;
      readonly announcesAlgo: boolean;
      readonly reservesNonce: boolean;
      readonly sinceMs: number;
    }
  | { readonly name: 'ended' };

/** How a connection ended, and what to do next. */
export interface Ending {
  readonly error: Failure;
  readonly remedy: Remedy;
  /** Logged in for long enough, or with an accepted share, to start the backoff anew. */
  readonly wentWell: boolean;
}

type ConnectionEvent = Extract<
  SourceEvent,
  { type: 'loggedIn' | 'job' | 'unminableJob' | 'accepted' | 'rejected' | 'stale' }
>;

export interface ConnectionListener {
  event(event: ConnectionEvent): void;
  /** The last call, unless `close` was called. */
  ended(ending: Ending): void;
}

/** After this long the pool counts as working. */
const WENT_WELL_MS = 60_000;

/** Speaks the dialect over one open socket. */
export class Connection {
  readonly #socket: Socket;
  readonly #options: StratumOptions;
  readonly #record: PoolRecord;
  readonly #clock: Clock;
  readonly #listener: ConnectionListener;
  readonly #splitter = new LineSplitter();
  readonly #jobs: JobDesk;
  readonly #pending: PendingShares;
  readonly #shareRate: RateLimit;
  #phase: Phase = { name: 'loggingIn', loginId: 1 };
  #nextId = 1;
  #keepaliveMs: number;
  #keepaliveId: number | undefined;
  #cancelKeepalive: Cancel | undefined;
  #cancelDeadline: Cancel | undefined;
  #receivedAnything = false;
  #junkLines = 0;
  #brokenJobs = 0;
  #toldUnminable: string | undefined;
  #acceptedAny = false;
  #socketError: string | undefined;

  constructor(
    socket: Socket,
    options: StratumOptions,
    record: PoolRecord,
    clock: Clock,
    listener: ConnectionListener,
  ) {
    this.#socket = socket;
    this.#options = options;
    this.#record = record;
    this.#clock = clock;
    this.#listener = listener;
    this.#keepaliveMs = options.keepaliveMs ?? DEFAULT_KEEPALIVE_MS;
    this.#shareRate = new RateLimit(clock, SHARE_BURST, SHARE_INTERVAL_MS);
    this.#jobs = new JobDesk(clock, options.paysForStale ?? false, (job) => this.#handOn(job));
    this.#pending = new PendingShares(clock, (share, silent) => this.#onUnanswered(share, silent));
  }

  /** Logs in. */
  start(): void {
    this.#socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#socketError = error.code ?? error.message;
    });
    this.#socket.on('close', () => this.#onClosed());
    this.#cancelDeadline = this.#clock.after(LOGIN_DEADLINE_MS, () =>
      this.#end('login_timeout', 'The pool did not answer the login within 20 seconds.'),
    );
    const { login, pass, rigId, agentVersion, sendAlgo, minable, allowRx2 } = this.#options;
    const algo = minable.filter((algorithm) => algorithm !== 'rx/2' || allowRx2);
    const sent = this.#send(
      (id) =>
        loginMessage(id, {
          login,
          pass,
          agent: `Ibctminer/${agentVersion}`,
          ...(rigId !== undefined && { rigid: rigId }),
          ...(sendAlgo && { algo }),
        }),
      MAX_LOGIN_LINE_BYTES,
    );
    if (sent === undefined) {
      const text = 'Login, password and rig name are too long for a pool. Shorten them.';
      this.#end('login_too_long', text, 'giveUp');
    } else if (this.#socket.destroyed) this.#onClosed();
  }

  submit(share: Share): void {
    const phase = this.#phase;
    if (phase.name !== 'loggedIn') {
      this.#stale(share, 'not_logged_in', 'There was no connection to send the share over.');
      return;
    }
    const judged = this.#jobs.judge(share);
    if (judged.verdict !== 'send') {
      const type = judged.verdict === 'stale' ? 'stale' : 'rejected';
      this.#listener.event({ type, share, error: judged.error });
    } else if (!this.#shareRate.take()) {
      const text = 'The pool asks for so little work a share that this one was left out.';
      this.#stale(share, 'too_many_shares', text);
    } else if (!this.#record.remember(share)) {
      this.#reject(share, 'share_repeated', 'The same share was found twice; it was sent once.');
    } else {
      const { sessionId, announcesAlgo } = phase;
      const id = this.#send((id) => submitMessage(id, sessionId, share, announcesAlgo));
      if (id !== undefined) this.#pending.add(id, share);
      else this.#reject(share, 'share_too_long', 'The pool’s job id is too long to be sent back.');
    }
  }

  /** Ends without a further event. */
  close(): void {
    this.#phase = { name: 'ended' };
    this.#cancelDeadline?.();
    this.#cancelKeepalive?.();
    this.#jobs.clear();
    this.#pending.clear();
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    if (this.#phase.name === 'ended') return;
    if (!this.#receivedAnything && !this.#options.tls && isTlsRecord(chunk)) {
      this.#end('tls_expected', 'This is a TLS port. Turn TLS on for this pool.', 'retrySlowly');
      return;
    }
    this.#receivedAnything = true;
    this.#pending.heardFromPool();
    const { lines, overflow } = this.#splitter.push(chunk);
    for (const line of lines) {
      if (this.#isEnded()) return;
      this.#options.inspector?.record('received', line);
      this.#onLine(line);
    }
    if (overflow) this.#end('line_too_long', 'The pool sent a line without end.');
  }

  #onLine(line: string): void {
    const incoming = parseIncoming(line);
    switch (incoming.kind) {
      case 'junk':
        this.#onJunk(line);
        break;
      case 'notification':
        // Others are ignored; client.reconnect too: it would hand the user's login to any host.
        if (incoming.method === 'job') this.#onJobPush(incoming.params);
        break;
      case 'reply':
        this.#onReply(incoming);
        break;
    }
  }

  #onJunk(line: string): void {
    this.#junkLines += 1;
    if (line.startsWith('HTTP/')) {
      const text = 'This port belongs to a web server. Look for the pool’s mining port.';
      this.#end('not_stratum', text, 'retrySlowly');
    } else if (this.#junkLines >= TOLERATED_JUNK_LINES) {
      this.#end('not_stratum', 'The pool sends what is no stratum message. Is the port right?');
    }
  }

  #onJobPush(params: unknown): void {
    if (this.#phase.name === 'loggingIn') this.#phase.earlyJob = params;
    else this.#takeJob(params);
  }

  #takeJob(params: unknown): void {
    if (this.#phase.name !== 'loggedIn') return;
    const { minable, allowRx2 = false } = this.#options;
    const { reservesNonce } = this.#phase;
    const parsed = parseJob(params, { minable, allowRx2, reservesNonce });
    if (parsed.kind === 'malformed') {
      this.#brokenJobs += 1;
      if (!this.#jobs.hasJob) this.#tellUnminable(parsed.error);
      if (this.#brokenJobs >= TOLERATED_BROKEN_JOBS) {
        this.#end('jobs_malformed', `The pool sends broken jobs. ${parsed.error.message}`);
      }
      return;
    }
    this.#brokenJobs = 0;
    this.#cancelDeadline?.();
    if (parsed.kind === 'job') {
      this.#toldUnminable = undefined;
      this.#jobs.offer(parsed.job);
    } else {
      this.#jobs.clear();
      this.#tellUnminable(parsed.error);
    }
  }

  #handOn(job: Job): void {
    this.#listener.event({ type: 'job', job });
  }

  #tellUnminable(error: Failure): void {
    if (this.#toldUnminable === error.message) return;
    this.#toldUnminable = error.message;
    this.#listener.event({ type: 'unminableJob', error });
  }

  #onReply({ id, outcome }: Reply): void {
    if (this.#phase.name === 'loggingIn') {
      if (id === this.#phase.loginId || id === null) {
        this.#onLoginAnswer(outcome, this.#phase.earlyJob);
      }
      return;
    }
    const pending = id === null ? undefined : this.#pending.take(id);
    if (pending) this.#onSubmitAnswer(pending.share, pending.roundTripMs, outcome);
    else if (!outcome.ok) this.#onOtherError(id, outcome.message);
  }

  #onLoginAnswer(outcome: Outcome, earlyJob: unknown): void {
    if (!outcome.ok) {
      const remedy = loginRemedy(classifyError(outcome.message));
      const advice =
        remedy === 'giveUp' ? ' Check the wallet address and the pool’s settings.' : '';
      this.#end(
        loginErrorCodes[remedy],
        `The pool refused the login: “${outcome.message}”.${advice}`,
        remedy,
      );
      return;
    }
    const result = parseLoginResult(outcome.result);
    if (!result) {
      this.#end('login_malformed', 'The pool answered the login without a session id.');
      return;
    }
    const { sessionId, extensions } = result;
    this.#phase = {
      name: 'loggedIn',
      sessionId,
      announcesAlgo: extensions.has('algo'),
      reservesNonce:
        (this.#options.nicehash ?? false) ||
        this.#record.reservesNonce ||
        extensions.has('nicehash'),
      sinceMs: this.#clock.now(),
    };
    this.#cancelDeadline?.();
    this.#cancelDeadline = this.#clock.after(FIRST_JOB_DEADLINE_MS, () =>
      this.#end('no_job', 'The pool took the login, but sent no job within 20 seconds.'),
    );
    this.#listener.event({ type: 'loggedIn' });
    const job = result.job ?? earlyJob;
    if (job !== undefined) this.#takeJob(job);
  }

  #onSubmitAnswer(share: Share, roundTripMs: number, outcome: Outcome): void {
    const refusal = outcome.ok ? submitRefusal(outcome.result) : outcome.message;
    if (refusal === undefined) {
      this.#acceptedAny = true;
      this.#record.accepted();
      this.#listener.event({ type: 'accepted', share, roundTripMs });
      return;
    }
    const kind = classifyError(refusal);
    const code = kind ?? 'rejected';
    const message = `The pool refused a share: “${refusal}”.`;
    if (kind === 'stale' || kind === 'sessionLost') this.#stale(share, code, message);
    else this.#reject(share, code, message);
    this.#afterRefusedShare(kind, code, message);
  }

  #afterRefusedShare(kind: ErrorClass | undefined, code: string, message: string): void {
    switch (kind) {
      case 'stale':
      case 'throttled':
        break;
      case 'nonceReserved':
        this.#record.reservesNonce = true;
        this.#end(code, message);
        break;
      case 'sessionLost':
      case 'transient':
        this.#end(code, message);
        break;
      case 'ban':
        this.#end('banned', message, 'waitOutBan');
        break;
      case 'fatal':
        this.#end('refused', message, 'giveUp');
        break;
      case 'ownFault':
      case 'rejected':
      case undefined:
        this.#countReject(message);
    }
  }

  #countReject(message: string): void {
    const text = `Five shares in a row were refused. ${message} Mining on this pool was stopped:`;
    switch (this.#record.rejected()) {
      case 'goOn':
        break;
      case 'pause':
        this.#end('shares_rejected', `${text} it is tried again in a while.`, 'waitOutBan');
        break;
      case 'giveUp':
        this.#end(
          'shares_rejected',
          `${text} this computer's results may be wrong. Undo overclocking, or try another pool.`,
          'giveUp',
        );
    }
  }

  /** An error that answers a keepalived, or nothing we know of. */
  #onOtherError(id: number | null, refusal: string): void {
    const ofKeepalive = id !== null && id === this.#keepaliveId;
    if (!ofKeepalive && id !== null) return;
    const message = `The pool said: “${refusal}”.`;
    const kind = classifyError(refusal);
    if (kind === 'ban') this.#end('banned', message, 'waitOutBan');
    else if (kind === 'sessionLost') this.#end('sessionLost', message);
    // Unknown method, most likely: this pool does without.
    else if (ofKeepalive) this.#keepaliveMs = 0;
  }

  #onUnanswered(share: Share, silent: boolean): void {
    this.#stale(share, 'unanswered', 'The pool did not answer this share within a minute.');
    if (silent) this.#end('pool_silent', 'The pool does not answer any more.');
  }

  /** Returns the request's id; undefined when the message is longer than pools take. */
  #send(build: (id: number) => object, limit?: number): number | undefined {
    const id = this.#nextId;
    const line = encodeLine(build(id), limit);
    if (line === undefined) return undefined;
    this.#nextId += 1;
    this.#options.inspector?.record('sent', line.trimEnd());
    this.#socket.write(line);
    this.#armKeepalive();
    if (this.#socket.writableLength > MAX_UNREAD_BYTES) {
      this.#end('pool_silent', 'The pool does not take what is sent to it.');
    }
    return id;
  }

  /** Counted from our last message, whichever it was. */
  #armKeepalive(): void {
    this.#cancelKeepalive?.();
    if (this.#keepaliveMs <= 0) return;
    this.#cancelKeepalive = this.#clock.after(this.#keepaliveMs, () => {
      if (this.#phase.name === 'loggedIn' && this.#keepaliveMs > 0) {
        const { sessionId } = this.#phase;
        this.#keepaliveId = this.#send((id) => keepalivedMessage(id, sessionId));
      } else this.#armKeepalive();
    });
  }

  #onClosed(): void {
    const how = this.#socketError === undefined ? '' : ` (${this.#socketError})`;
    if (this.#receivedAnything) {
      this.#end('closed', `The pool closed the connection${how}.`);
    } else {
      const hint = this.#options.tls ? '' : ' If this is a TLS port, turn TLS on for this pool.';
      this.#end('closed_at_once', `The pool closed the connection without a word${how}.${hint}`);
    }
  }

  #stale(share: Share, code: string, message: string): void {
    this.#listener.event({ type: 'stale', share, error: { code, message } });
  }

  #reject(share: Share, code: string, message: string): void {
    this.#listener.event({ type: 'rejected', share, error: { code, message } });
  }

  #isEnded(): boolean {
    return this.#phase.name === 'ended';
  }

  #end(code: string, message: string, remedy: Remedy = 'retry'): void {
    const phase = this.#phase;
    if (phase.name === 'ended') return;
    const lost = this.#pending.shares();
    this.close();
    for (const share of lost) {
      this.#stale(share, 'unanswered', 'The connection ended before the pool answered this share.');
    }
    const loggedInLong =
      phase.name === 'loggedIn' && this.#clock.now() - phase.sinceMs >= WENT_WELL_MS;
    const { error } = failure(code, message);
    this.#listener.ended({ error, remedy, wentWell: this.#acceptedAny || loggedInLong });
  }
}

/** TLS alert or handshake, version 3.x: what a TLS port answers to plain text. */
function isTlsRecord(chunk: Buffer): boolean {
  return (chunk[0] === 0x15 || chunk[0] === 0x16) && (chunk.length < 2 || chunk[1] === 0x03);
}

function loginRemedy(kind: ErrorClass | undefined): Remedy {
  switch (kind) {
    case 'fatal':
      return 'giveUp';
    case 'ban':
      return 'waitOutBan';
    case 'transient':
    case 'sessionLost':
      return 'retry';
    case 'stale':
    case 'throttled':
    case 'ownFault':
    case 'rejected':
    case 'nonceReserved':
    case undefined:
      return 'retrySlowly';
  }
}

const loginErrorCodes: Readonly<Record<Remedy, string>> = {
  giveUp: 'login_refused',
  waitOutBan: 'banned',
  retry: 'pool_not_ready',
  retrySlowly: 'login_failed',
};
