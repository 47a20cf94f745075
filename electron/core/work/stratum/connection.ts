import type { Socket } from 'node:net';
import { failure, type Failure } from '../../../contract/result.ts';
import type { Share } from '../job.ts';
import type { SourceEvent } from '../source.ts';
import type { Remedy } from './backoff.ts';
import type { Cancel, Clock } from '../../clock.ts';
import { classifyError } from './errors.ts';
import { MAX_LOGIN_LINE_BYTES } from './framing.ts';
import { JobDesk } from './jobDesk.ts';
import type { JobRules } from './jobs.ts';
import { Keepalive } from './keepalive.ts';
import { loginParams, readLoginAnswer } from './login.ts';
import {
  keepalivedMessage,
  loginMessage,
  submitMessage,
  type Outcome,
  type Reply,
} from './messages.ts';
import type { StratumOptions } from './options.ts';
import type { PoolRecord } from './record.ts';
import { ShareDesk } from './shareDesk.ts';
import { Wire, type Message } from './wire.ts';

export const DEFAULT_KEEPALIVE_MS = 30_000;
const LOGIN_DEADLINE_MS = 20_000;
const FIRST_JOB_DEADLINE_MS = 20_000;
/** Logged in for this long, a pool counts as working. */
const WENT_WELL_MS = 60_000;

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
      /** Params of a job pushed before the login answer. */
      earlyJob?: unknown;
    }
  | { readonly name: 'loggedIn'; readonly session: Session }
  | { readonly name: 'ended' };

interface Session {
  readonly id: string;
  readonly announcesAlgo: boolean;
  readonly reservesNonce: boolean;
  readonly sinceMs: number;
}

/** How a connection ended, and what to do next. */
export interface Ending {
  readonly error: Failure;
  readonly remedy: Remedy;
  /** It did well enough for the backoff to begin anew. */
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

/** Speaks the dialect over one open socket: login, jobs, shares, keepalive. */
export class Connection {
  readonly #options: StratumOptions;
  readonly #record: PoolRecord;
  readonly #clock: Clock;
  readonly #listener: ConnectionListener;
  readonly #wire: Wire;
  readonly #keepalive: Keepalive;
  readonly #jobs: JobDesk;
  readonly #shares: ShareDesk;
  #phase: Phase = { name: 'loggingIn' };
  #loginId: number | undefined;
  #keepaliveId: number | undefined;
  /** For the login answer, then for the first job. */
  #cancelDeadline: Cancel | undefined;

  constructor(
    socket: Socket,
    options: StratumOptions,
    record: PoolRecord,
    clock: Clock,
    listener: ConnectionListener,
  ) {
    this.#options = options;
    this.#record = record;
    this.#clock = clock;
    this.#listener = listener;
    const end = this.#end.bind(this);
    this.#wire = new Wire(socket, options, clock, {
      message: (message) => this.#onMessage(message),
      broken: end,
    });
    this.#keepalive = new Keepalive(clock, options.keepaliveMs ?? DEFAULT_KEEPALIVE_MS, () =>
      this.#sendKeepalived(),
    );
    this.#jobs = new JobDesk(clock, options.paysForStale ?? false, {
      job: (job) => this.#listener.event({ type: 'job', job }),
      unminable: (error) => this.#listener.event({ type: 'unminableJob', error }),
      hopeless: ({ code, message }) => end(code, message),
    });
    this.#shares = new ShareDesk({
      clock,
      record,
      jobs: this.#jobs,
      send: (share) => this.#sendShare(share),
      heardAtMs: () => this.#wire.heardAtMs,
      tell: (event) => this.#listener.event(event),
      end,
    });
  }

  /** Logs in. */
  start(): void {
    this.#cancelDeadline = this.#clock.after(LOGIN_DEADLINE_MS, () =>
      this.#end('login_timeout', 'The pool did not answer the login within 20 seconds.'),
    );
    const params = loginParams(this.#options);
    this.#loginId = this.#send((id) => loginMessage(id, params), MAX_LOGIN_LINE_BYTES);
    if (this.#loginId === undefined) {
      const text = 'Login, password and rig name are too long for a pool. Shorten them.';
      this.#end('login_too_long', text, 'giveUp');
    } else this.#wire.open();
  }

  submit(share: Share): void {
    if (this.#phase.name === 'loggedIn') this.#shares.submit(share);
    else this.#listener.event({ type: 'stale', share, error: notLoggedIn });
  }

  /** Ends, to be opened again at once: it may be dead without a word. */
  renew(): void {
    const text = 'The computer was asleep, or its network changed: connecting anew.';
    this.#end('connection_renewed', text, 'atOnce');
  }

  /** Ends without a further event. */
  close(): void {
    this.#cleanUp();
  }

  /** Gives the shares that were still waiting for their answers. */
  #cleanUp(): readonly Share[] {
    this.#phase = { name: 'ended' };
    this.#cancelDeadline?.();
    this.#keepalive.stop();
    this.#jobs.clear();
    this.#wire.close();
    return this.#shares.close();
  }

  #onMessage(message: Message): void {
    if (message.kind === 'reply') this.#onReply(message);
    // Others are ignored; client.reconnect too: it would hand the user's login to any host.
    else if (message.method === 'job') this.#onJobPush(message.params);
  }

  #onReply({ id, outcome }: Reply): void {
    switch (this.#phase.name) {
      case 'loggingIn':
        if (id === this.#loginId || id === null) {
          this.#onLoginAnswer(outcome, this.#phase.earlyJob);
        }
        break;
      case 'loggedIn':
        if (id !== null && this.#shares.answer(id, outcome)) return;
        if (!outcome.ok && (id === null || id === this.#keepaliveId)) {
          this.#onStrayError(outcome.message, id !== null);
        }
        break;
      case 'ended':
    }
  }

  #onLoginAnswer(outcome: Outcome, earlyJob: unknown): void {
    const answer = readLoginAnswer(outcome);
    if (!answer.ok) {
      this.#end(answer.error.code, answer.error.message, answer.remedy);
      return;
    }
    const { sessionId, extensions, job = earlyJob } = answer.result;
    const session: Session = {
      id: sessionId,
      announcesAlgo: extensions.has('algo'),
      reservesNonce:
        (this.#options.nicehash ?? false) ||
        this.#record.reservesNonce ||
        extensions.has('nicehash'),
      sinceMs: this.#clock.nowMs(),
    };
    this.#phase = { name: 'loggedIn', session };
    this.#cancelDeadline?.();
    this.#cancelDeadline = this.#clock.after(FIRST_JOB_DEADLINE_MS, () => {
      if (this.#jobs.sawAny) return;
      this.#end('no_job', 'The pool took the login, but sent no job within 20 seconds.');
    });
    this.#listener.event({ type: 'loggedIn' });
    if (job !== undefined) this.#onJobPush(job);
  }

  #onJobPush(params: unknown): void {
    switch (this.#phase.name) {
      case 'loggingIn':
        this.#phase.earlyJob = params;
        break;
      case 'loggedIn':
        this.#jobs.receive(params, this.#jobRules(this.#phase.session));
        break;
      case 'ended':
    }
  }

  #jobRules({ reservesNonce }: Session): JobRules {
    const { minable, allowRx2 = false } = this.#options;
    return { minable, allowRx2, reservesNonce };
  }

  /** An error that answers a keepalived, or nothing at all. */
  #onStrayError(refusal: string, ofKeepalived: boolean): void {
    const message = `The pool said: “${refusal}”.`;
    const kind = classifyError(refusal);
    if (kind === 'ban') this.#end('banned', message, 'waitOutBan');
    else if (kind === 'sessionLost') this.#end('sessionLost', message);
    // Unknown method, most likely: this pool does without.
    else if (ofKeepalived) this.#keepalive.stop();
  }

  #sendKeepalived(): void {
    if (this.#phase.name !== 'loggedIn') return;
    const { id: sessionId } = this.#phase.session;
    this.#keepaliveId = this.#send((id) => keepalivedMessage(id, sessionId));
  }

  #sendShare(share: Share): number | undefined {
    if (this.#phase.name !== 'loggedIn') return undefined;
    const { id: sessionId, announcesAlgo } = this.#phase.session;
    return this.#send((id) => submitMessage(id, sessionId, share, announcesAlgo));
  }

  #send(build: (id: number) => object, limit?: number): number | undefined {
    const id = this.#wire.send(build, limit);
    if (id !== undefined && this.#phase.name !== 'ended') this.#keepalive.restart();
    return id;
  }

  #end(code: string, message: string, remedy: Remedy = 'retry'): void {
    const phase = this.#phase;
    if (phase.name === 'ended') return;
    const loggedInLong =
      phase.name === 'loggedIn' && this.#clock.nowMs() - phase.session.sinceMs >= WENT_WELL_MS;
    const wentWell = loggedInLong || this.#shares.acceptedAny;
    for (const share of this.#cleanUp()) {
      this.#listener.event({ type: 'stale', share, error: connectionLost });
    }
    const { error } = failure(code, message);
    this.#listener.ended({ error, remedy, wentWell });
  }
}

const { error: notLoggedIn } = failure(
  'not_logged_in',
  'There was no connection to send the share over.',
);
const { error: connectionLost } = failure(
  'unanswered',
  'The connection ended before the pool answered this share.',
);
