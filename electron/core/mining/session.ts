import { isDeepStrictEqual } from 'node:util';
import { problem, type Problem } from '../../contract/problem.ts';
import type { Help, PauseReason, SessionState, ThreadsHeld } from '../../contract/snapshot.ts';
import { POLL_EVERY_MS, type EngineOpener } from '../engine/engine.ts';
import type { Job, Share } from '../work/job.ts';
import type { SourceEvent, SourceOpener } from '../work/source.ts';
import type { WorkSpec } from '../work/spec.ts';
import type { Clock } from '../clock.ts';
import { Hashing } from './hashing.ts';
import { WorkLink } from './link.ts';
import { PermissionMachine, type PauseEnd, type Standstill } from './permission.ts';
import type { MinePlan } from './plan.ts';
import { deriveState } from './shownState.ts';

/** What the session tells its front ends, in order. */
export type SessionEvent =
  | { readonly type: 'state'; readonly state: SessionState; readonly practice: boolean }
  | { readonly type: 'source'; readonly event: SourceEvent }
  | { readonly type: 'share'; readonly share: Share }
  /** A share whose answer never came; counted as stale. */
  | { readonly type: 'dropped'; readonly share: Share; readonly why: Problem }
  /** Something went wrong in the engine, and it goes on. */
  | { readonly type: 'engineWarning'; readonly problem: Problem }
  | { readonly type: 'engineFailed'; readonly problem: Problem };

export interface SessionOptions {
  readonly clock: Clock;
  readonly listener: (event: SessionEvent) => void;
  /** Opens no socket before the source's `start`. */
  readonly openSource: (spec: WorkSpec) => SourceOpener;
  readonly openEngine: EngineOpener;
  /** A link has been left: nothing more comes of it. */
  readonly onLeft?: (link: WorkLink) => void;
  /** Why nothing is mined at first. A command typed in a terminal is consent. */
  readonly standstill: Standstill;
}

const TICK_MS = 1000;
/**
 * So long a source that is left may take to answer its last shares. A pool judges what it has received, whether or not anybody stays
 * for the answer, so a later answer is lost to our counts only; and Quit must be over within 1.7 s (desktop/shell/quitting.ts).
 */
const LAST_ANSWERS_MS = 1500;
/** By then the threads of a running engine have told what they had done when their work was taken away. */
const LAST_FINDS_MS = POLL_EVERY_MS + 500;

/**
 * Joins one work source and one engine, and knows at every moment why it is or is not mining. The three machines are
 * permission.ts, link.ts and engineState.ts; what people are shown is derived in shownState.ts.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #permission: PermissionMachine;
  readonly #hashing: Hashing;
  #plan: MinePlan | null = null;
  #missing: readonly Problem[] = [];
  /** Where mining was stopped by a fault: what helps. */
  #faultHelp: Help = 'none';
  #startedAtMs: number | undefined;
  /** The newest; kept when it is left, for what it came to. */
  #link: WorkLink | undefined;
  /** What the threads hash, or hashed last: they tell of it later, when its link may be left. */
  #lastWork: { readonly link: WorkLink; readonly job: Job } | undefined;
  readonly #linksByJob = new WeakMap<Job, WorkLink>();
  readonly #leaving = new Map<WorkLink, Promise<void>>();
  /** Who waits for the last finds of links that were left. */
  readonly #waiting = new Set<() => void>();
  #stopTicking: (() => void) | undefined;
  /** The state of the last event, but for what moves all the time. */
  #told: SessionState;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#permission = new PermissionMachine(options.standstill, options.clock);
    this.#hashing = new Hashing({
      clock: options.clock,
      openEngine: options.openEngine,
      onShare: (share, job) => this.#onShare(share, job),
      onHashes: (hashes, durationMs) => {
        this.#lastWork?.link.ledger.hashed(hashes, durationMs, this.#lastWork.job.difficulty);
      },
      onWarning: (problem) => options.listener({ type: 'engineWarning', problem }),
      onFailure: (problem) => {
        options.listener({ type: 'engineFailed', problem });
        void this.fail(problem, 'openHealth');
      },
      onChange: () => this.#update(),
    });
    this.#told = withoutMovingParts(this.state);
  }

  /* Commands */

  giveConsent(): void {
    this.#permission.on({ type: 'consent' });
    this.#update();
  }

  /**
   * What is to be mined from now on, with how much; while mining, only what differs is changed. Null: nothing can be, and
   * `missing` says why; mining that was started ends.
   */
  follow(plan: MinePlan | null, missing: readonly Problem[] = []): void {
    this.#plan = plan;
    this.#missing = missing;
    if (this.#permission.isStarted) {
      if (plan === null) void this.fail(missing[0] ?? problem('noPlan'), 'openPools');
      else this.#apply(plan);
    } else if (isPractice(this.#link?.spec) !== isPractice(plan?.work)) {
      this.#link = undefined; // what was practised is not shown as mined, nor the other way round
    }
    this.#update();
  }

  /**
   * Starts mining; afterwards the session reconnects and resumes by itself until `stop`. `automatic` (at launch) is refused
   * when the user or a fault has stopped mining before. Returns whether it started.
   */
  start(by: 'user' | 'automatic' = 'user'): boolean {
    if (this.#plan === null) return false;
    this.#permission.on({ type: 'start', by });
    if (!this.#permission.isStarted) return false;
    const { clock } = this.#options;
    this.#permission.resume('user');
    this.#permission.resume('snooze');
    this.#startedAtMs ??= clock.nowMs();
    this.#stopTicking ??= clock.every(TICK_MS, () => this.#tick());
    this.#hashing.forgive();
    this.#apply(this.#plan);
    this.#update();
    return true;
  }

  /**
   * The user's Stop: outranks everything and lasts. `end`: what this run was for is over. `quit`: only a last block is waited
   * for. Resolves when no thread and no socket is left.
   */
  async stop(by: 'user' | 'end' | 'quit' = 'user'): Promise<void> {
    this.#permission.on({ type: 'stop', by });
    await this.#end();
  }

  /** Mining cannot go on and needs another Start, for a reason that is told. Resolves as `stop` does. */
  async fail(problem: Problem, help: Help = 'none'): Promise<void> {
    this.#faultHelp = help;
    this.#permission.on({ type: 'fault', problem });
    await this.#end();
  }

  /** The computer was asleep, or its network changed. */
  wake(): void {
    this.#link?.wake();
  }

  /** Pauses for one more reason. */
  pause(reason: PauseReason, end?: PauseEnd): void {
    this.#permission.pause(reason, end);
    this.#update();
  }

  /** Takes one reason away; hashing goes on when none is left. */
  resume(reason: PauseReason): void {
    this.#permission.resume(reason);
    this.#update();
  }

  /* What snapshot.ts reads */

  get clock(): Clock {
    return this.#options.clock;
  }

  get hashing(): Hashing {
    return this.#hashing;
  }

  get link(): WorkLink | undefined {
    return this.#link;
  }

  get isPractice(): boolean {
    return this.#plan?.work.kind === 'practice';
  }

  /** As the plan says; null: as many threads as are asked for. */
  get threadsHeld(): ThreadsHeld | null {
    return this.#plan?.engine.held ?? null;
  }

  /** A node has been given a block, and has not said yet what became of it. */
  get isBlockUnderWay(): boolean {
    const links = [...this.#leaving.keys(), ...(this.#link === undefined ? [] : [this.#link])];
    return links.some(({ blocksPending }) => blocksPending > 0);
  }

  /** The threads hash for a node, the last hashes for one may still come to something, or a block is under way to it. */
  get mayFindBlock(): boolean {
    const isForNode = this.#link?.endpoint.kind === 'daemon';
    const isNodeLeft = [...this.#leaving.keys()].some(({ endpoint }) => endpoint.kind === 'daemon');
    return isNodeLeft || this.isBlockUnderWay || (isForNode && this.#hashing.isAllowed);
  }

  /** What keeps Start from working, most important first. */
  get missing(): readonly Problem[] {
    return this.#permission.current.state === 'consentMissing'
      ? [problem('consentMissing'), ...this.#missing]
      : this.#missing;
  }

  get uptimeMs(): number {
    return this.#startedAtMs === undefined ? 0 : this.clock.nowMs() - this.#startedAtMs;
  }

  get state(): SessionState {
    const nowMs = this.clock.nowMs();
    const link = this.#link;
    return deriveState({
      nowMs,
      permission: this.#permission.current,
      link: link?.state ?? { state: 'offline' },
      engine: this.#hashing.state,
      faultHelp: this.#faultHelp,
      hasJob: link?.job !== undefined,
      refusedJob: link?.refusedJob,
      counter: this.#hashing.counter,
      nonceSpaceExhausted: this.#hashing.status?.nonceSpaceExhausted ?? false,
    });
  }

  /* The plan */

  #apply({ work, engine }: MinePlan): void {
    this.#hashing.follow(engine);
    const link = this.#link;
    if (link?.isOpen === true) {
      if (isDeepStrictEqual(link.spec, work) || link.follow(work)) return;
      this.#leave(link, this.#lastFinds());
    }
    this.#open(work);
  }

  #open(work: WorkSpec): void {
    const link: WorkLink = new WorkLink(work, {
      clock: this.clock,
      open: this.#options.openSource(work),
      onEvent: (event) => this.#onSource(link, event),
      onLost: (share, why) => this.#options.listener({ type: 'dropped', share, why }),
    });
    this.#link = link;
    link.start();
  }

  #leave(link: WorkLink, quiet: Promise<void>): void {
    const left = link.leave(LAST_ANSWERS_MS, quiet).finally(() => {
      this.#leaving.delete(link);
      this.#options.onLeft?.(link);
    });
    this.#leaving.set(link, left);
  }

  #lastFinds(): Promise<void> {
    if (this.#hashing.state.state === 'off') return Promise.resolve();
    return new Promise((resolve) => {
      const told = () => {
        cancel();
        this.#waiting.delete(told);
        resolve();
      };
      const cancel = this.clock.after(LAST_FINDS_MS, told);
      this.#waiting.add(told);
    });
  }

  /** Threads and sockets go; what was found is still sent. */
  async #end(): Promise<void> {
    this.#startedAtMs = undefined;
    this.#stopTicking?.();
    this.#stopTicking = undefined;
    const retired = this.#hashing.retire().then(() => {
      for (const told of this.#waiting) told();
    });
    if (this.#link?.isOpen === true) this.#leave(this.#link, retired);
    this.#update();
    await retired;
    await Promise.all(this.#leaving.values());
  }

  /* The work source */

  #onSource(link: WorkLink, event: SourceEvent): void {
    if (event.type === 'job') {
      this.#lastWork = { link, job: event.job };
      this.#linksByJob.set(event.job, link);
      this.#hashing.setJob(event.job);
    }
    this.#options.listener({ type: 'source', event });
    if (event.type === 'failed') void this.fail(event.error, 'openPools');
    this.#update();
  }

  /* The engine */

  /** A share goes to whom its job came from. */
  #onShare(share: Share, job: Job): void {
    this.#options.listener({ type: 'share', share });
    this.#linksByJob.get(job)?.submit(share, job);
  }

  /* Time and state */

  #tick(): void {
    this.#permission.endDuePauses();
    this.#update();
  }

  /** After whatever happened: lets the threads hash or not, and tells when the shown state changed. */
  #update(): void {
    const isAllowed = this.#permission.current.state === 'allowed';
    const isReady = isAllowed && this.#link?.state.state === 'loggedIn';
    this.#hashing.run(isReady ? this.#link?.job?.job : undefined);
    const { state, isPractice: practice } = this;
    const told = withoutMovingParts(state);
    if (isDeepStrictEqual(told, this.#told)) return;
    this.#told = told;
    this.#options.listener({ type: 'state', state, practice });
  }
}

/** Progress and countdowns move all the time; they belong to snapshots, not to changes of state. */
function withoutMovingParts(state: SessionState): SessionState {
  switch (state.state) {
    case 'preparing':
      return { ...state, progress: 0 };
    case 'paused':
      return { ...state, pauses: state.pauses.map(({ reason }) => ({ reason })) };
    case 'waiting':
      return { ...state, retryInMs: 0 };
    case 'needsConsent':
    case 'stopped':
    case 'connecting':
    case 'mining':
    case 'failed':
      return state;
  }
}

const isPractice = (work: MinePlan['work'] | undefined): boolean => work?.kind === 'practice';
