import type { Socket } from 'node:net';
import { problem, type Problem } from '../../../contract/problem.ts';
import type { Cancel, Clock } from '../../clock.ts';
import type { Share } from '../job.ts';
import type { SourceEvent } from '../source.ts';
import type { Remedy } from './backoff.ts';
import { classifyError } from './poolErrors.ts';
import { MAX_LOGIN_LINE_BYTES } from './framing.ts';
import { ConnectionJobs } from './connectionJobs.ts';
import { Keepalive } from './keepalive.ts';
import { loginParams, readLoginAnswer } from './login.ts';
import {
  keepalivedMessage,
  loginMessage,
  submitMessage,
  type Outcome,
  type Reply,
} from './messages.ts';
import type { JobRules } from './parseJob.ts';
import { MessageSocket, type Message } from './messageSocket.ts';
import type { StratumOptions } from './stratumOptions.ts';
import type { PoolMemory } from './poolMemory.ts';
import { Shares } from './connectionShares.ts';

export const DEFAULT_KEEPALIVE_MS = 30_000;
const LOGIN_DEADLINE_MS = 20_000;
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
  readonly error: Problem;
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
  readonly #memory: PoolMemory;
  readonly #clock: Clock;
  readonly #listener: ConnectionListener;
  readonly #socket: MessageSocket;
  readonly #keepalive: Keepalive;
  readonly #jobs: ConnectionJobs;
  readonly #shares: Shares;
  #phase: Phase = { name: 'loggingIn' };
  #loginId: number | undefined;
  #keepaliveId: number | undefined;
  #cancelLoginDeadline: Cancel | undefined;

  constructor(
    socket: Socket,
    options: StratumOptions,
    memory: PoolMemory,
    clock: Clock,
    listener: ConnectionListener,
  ) {
    this.#options = options;
    this.#memory = memory;
    this.#clock = clock;
    this.#listener = listener;
    const end = this.#end.bind(this);
    this.#socket = new MessageSocket(socket, options, clock, {
      message: (message) => this.#onMessage(message),
      broken: end,
    });
    this.#keepalive = new Keepalive(clock, options.keepaliveMs ?? DEFAULT_KEEPALIVE_MS, () =>
      this.#sendKeepalived(),
    );
    this.#jobs = new ConnectionJobs({
      ...{ clock, memory, end, paysForStale: options.paysForStale ?? false },
      silenceMs: () => this.#socket.silenceMs,
      onJob: (job) => this.#listener.event({ type: 'job', job }),
      onUnminable: (error) => this.#listener.event({ type: 'unminableJob', error }),
    });
    this.#shares = new Shares({
      ...{ clock, memory, end, jobs: this.#jobs },
      send: (share) => this.#sendShare(share),
      tell: (event) => this.#listener.event(event),
    });
  }

  /** Logs in. */
  start(): void {
    this.#cancelLoginDeadline = this.#clock.after(LOGIN_DEADLINE_MS, () =>
      this.#end(problem('loginTimedOut', { waitMs: LOGIN_DEADLINE_MS })),
    );
    const params = loginParams(this.#options);
    this.#loginId = this.#send((id) => loginMessage(id, params), MAX_LOGIN_LINE_BYTES);
    if (this.#loginId === undefined) this.#end(problem('loginTooLong'), 'giveUp');
    else this.#socket.open();
  }

  submit(share: Share): void {
    if (this.#phase.name === 'loggedIn') this.#shares.submit(share);
    else this.#listener.event({ type: 'stale', share, error: problem('notConnected') });
  }

  /** Ends, to be opened again at once: it may be dead without a word. */
  renew(): void {
    this.#end(problem('connectionRenewed'), 'atOnce');
  }

  /** Ends without a further event. */
  close(): void {
    this.#cleanUp();
  }

  /** Gives the shares that were still waiting for their answers. */
  #cleanUp(): readonly Share[] {
    this.#phase = { name: 'ended' };
    this.#cancelLoginDeadline?.();
    this.#keepalive.stop();
    this.#jobs.end();
    this.#socket.close();
    return this.#shares.end();
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
          this.#onStrayError(outcome.said, id !== null);
        }
        break;
      case 'ended':
    }
  }

  #onLoginAnswer(outcome: Outcome, earlyJob: unknown): void {
    const answer = readLoginAnswer(outcome);
    if (!answer.ok) {
      this.#end(answer.error, answer.remedy);
      return;
    }
    const { sessionId, extensions, job = earlyJob } = answer.result;
    const session: Session = {
      id: sessionId,
      announcesAlgo: extensions.has('algo'),
      reservesNonce:
        (this.#options.nicehash ?? false) ||
        this.#memory.reservesNonce ||
        extensions.has('nicehash'),
      sinceMs: this.#clock.nowMs(),
    };
    this.#phase = { name: 'loggedIn', session };
    this.#cancelLoginDeadline?.();
    this.#jobs.await();
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
    return { algorithm: this.#options.algorithm, reservesNonce };
  }

  /** An error that answers a keepalived, or nothing at all. */
  #onStrayError(said: string, ofKeepalived: boolean): void {
    const kind = classifyError(said);
    if (kind === 'ban') this.#end(problem('banned', { said }), 'waitOutBan');
    else if (kind === 'sessionLost') this.#end(problem('sessionLost', { said }));
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
    const id = this.#socket.send(build, limit);
    if (id !== undefined && this.#phase.name !== 'ended') this.#keepalive.restart();
    return id;
  }

  #end(error: Problem, remedy: Remedy = 'retry'): void {
    const phase = this.#phase;
    if (phase.name === 'ended') return;
    const wentWell =
      phase.name === 'loggedIn' && this.#clock.nowMs() - phase.session.sinceMs >= WENT_WELL_MS;
    for (const share of this.#cleanUp()) {
      this.#listener.event({ type: 'stale', share, error: problem('shareCutOff') });
    }
    this.#listener.ended({ error, remedy, wentWell });
  }
}
