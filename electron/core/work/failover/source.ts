import { isDeepStrictEqual } from 'node:util';
import { problem, type Problem } from '../../../contract/problem.ts';
import type { Standing } from '../../../contract/snapshot.ts';
import { systemClock, type Cancel, type Clock } from '../../clock.ts';
import { isShareOf, type Share } from '../job.ts';
import type {
  Endpoint,
  PlaceStanding,
  SourceEvent,
  SourceListener,
  WorkSource,
} from '../source.ts';
import type { PoolSpec, WorkSpec } from '../spec.ts';
import {
  newMember,
  noteRelapse,
  probationMs,
  type Member,
  type MemberState,
  type SourceFactory,
} from './member.ts';
import { Run } from './sourceRun.ts';

export type { SourceFactory } from './member.ts';

/** Disconnects in a row after which the next in the list is tried as well. */
const TOLERATED_DISCONNECTS = 1;
/** A longer wait is not sat out while others could give work. */
const TOLERATED_WAIT_MS = 30_000;
/** The hashes in flight may still find a share for a source that is no longer mined on. */
const LINGER_MS = 2000;
/** How long a source that was left may take to answer its last shares. */
const DRAIN_MS = 10_000;

/**
 * Several sources in order of preference, seen as one. In front is the one whose events are told: the first that gives
 * work. Those before it go on trying; one takes over once it has given work for a minute, and only then are those
 * behind it let go, so that a source that comes and goes costs the others nothing.
 */
export class FailoverSource implements WorkSource {
  readonly #listener: SourceListener;
  readonly #clock: Pick<Clock, 'after' | 'nowMs'>;
  readonly #open: (pool: PoolSpec) => SourceFactory;
  #members: readonly Member[];
  readonly #left = new Map<Run, Cancel>();
  #front: Member;
  #leaving = false;
  #over = false;

  constructor(
    pools: readonly [PoolSpec, ...PoolSpec[]],
    open: (pool: PoolSpec) => SourceFactory,
    listener: SourceListener,
    clock: Pick<Clock, 'after' | 'nowMs'> = systemClock,
  ) {
    this.#listener = listener;
    this.#clock = clock;
    this.#open = open;
    const [first, ...others] = pools;
    this.#front = this.#newMember(first);
    this.#members = [this.#front, ...others.map((pool) => this.#newMember(pool))];
  }

  get endpoint(): Endpoint {
    return this.#front.run.source.endpoint;
  }

  get standings(): readonly PlaceStanding[] {
    return this.#members.map((member) => ({
      endpoint: member.run.source.endpoint,
      standing: this.#standingOf(member),
      trouble: member.trouble,
    }));
  }

  #standingOf(member: Member): Standing {
    switch (member.state) {
      case 'trying':
        return 'connecting';
      case 'proving':
      case 'working':
        return member === this.#front ? 'inUse' : 'proving';
      case 'resting':
      case 'down':
      case 'failed':
        return member.state;
    }
  }

  start(): void {
    if (!this.#over && this.#front.state === 'resting') this.#move(this.#front, 'trying');
  }

  /** Those that both lists have go on as if nothing had happened, as long as the one in front is among them. */
  follow(spec: WorkSpec): boolean {
    if (this.#isOver() || spec.kind !== 'pools') return false;
    const left = [...this.#members];
    const members = spec.pools.map((pool) => {
      const index = left.findIndex((member) => isDeepStrictEqual(member.pool, pool));
      return left.splice(index, index < 0 ? 0 : 1)[0] ?? this.#newMember(pool);
    });
    if (left.includes(this.#front)) return false;
    this.#members = members;
    for (const member of left) this.#dismiss(member);
    this.#settle();
    return true;
  }

  /** To the source that gave the job. */
  submit(share: Share): void {
    const runs = [...this.#members.map(({ run }) => run), ...this.#left.keys()];
    const run = runs.find(({ jobs }) => jobs.some((job) => isShareOf(share, job)));
    (run ?? this.#front.run).source.submit(share);
  }

  wake(): void {
    for (const { run, state } of this.#members) if (state !== 'resting') run.source.wake();
  }

  async leave(timeoutMs: number): Promise<void> {
    this.#leaving = true;
    this.#cancelTimers();
    const runs = [...this.#members.map(({ run }) => run), ...this.#left.keys()];
    await Promise.all(runs.map(({ source }) => source.leave(timeoutMs)));
    this.stop();
  }

  stop(): void {
    this.#over = true;
    this.#cancelTimers();
    for (const { run } of this.#members) run.source.stop();
    for (const run of this.#left.keys()) run.source.stop();
    this.#left.clear();
  }

  #cancelTimers(): void {
    for (const member of this.#members) member.cancelProbation?.();
    for (const cancel of this.#left.values()) cancel();
  }

  #newMember(pool: PoolSpec): Member {
    const create = this.#open(pool);
    const member: Member = newMember(
      pool,
      create,
      this.#newRun(create, (event) => this.#on(member, event)),
    );
    return member;
  }

  /** It is no longer on the list. */
  #dismiss(member: Member): void {
    member.cancelProbation?.();
    if (member.state !== 'resting') this.#letGo(member.run);
  }

  /** After another order of the list: those before the one in front have their turn, and those behind it their rest. */
  #settle(): void {
    const before = this.#members.slice(0, this.#members.indexOf(this.#front));
    const working = before.find(({ state }) => state === 'working');
    if (working) this.#bringToFront(working, problem('earlierPoolWorks'));
    for (const member of before) if (member.state === 'resting') this.#move(member, 'trying');
    if (this.#front.state === 'working') this.#restBehind(this.#front);
    this.#tryNext();
  }

  #newRun(create: SourceFactory, onEvent: SourceListener): Run {
    const run: Run = new Run(
      create((event) => {
        if (this.#over) return;
        if ('share' in event) this.#listener(event);
        else if (!this.#leaving && !this.#left.has(run)) onEvent(event);
      }),
    );
    return run;
  }

  #on(member: Member, event: SourceEvent): void {
    member.run.remember(event);
    if (event.type === 'job') member.trouble = null;
    else if ('error' in event && !('share' in event)) member.trouble = event.error;
    if (event.type === 'failed') {
      this.#onFailed(member, event.error);
      return;
    }
    if (member === this.#front) this.#listener(event);
    if (this.#isOver()) return;
    switch (event.type) {
      case 'job':
        if (!givesWork(member)) this.#move(member, 'proving');
        break;
      case 'unminableJob':
        this.#move(member, 'down');
        this.#tryNext();
        break;
      case 'disconnected': {
        this.#move(member, 'down');
        member.disconnectsInARow += 1;
        const isTolerated =
          member.disconnectsInARow <= TOLERATED_DISCONNECTS && event.retryInMs <= TOLERATED_WAIT_MS;
        if (!isTolerated) this.#tryNext();
        break;
      }
      case 'connecting':
      case 'connected':
      case 'loggedIn':
      case 'warning':
      case 'accepted':
      case 'rejected':
      case 'stale':
    }
  }

  /** The only way from state to state, drawn in member.ts. */
  #move(member: Member, to: MemberState): void {
    member.cancelProbation?.();
    member.cancelProbation = undefined;
    member.state = to;
    switch (to) {
      case 'resting':
        member.trouble = null;
        this.#letGo(member.run);
        member.run = this.#newRun(member.create, (event) => this.#on(member, event));
        break;
      case 'trying':
        member.disconnectsInARow = 0;
        member.run.source.start();
        break;
      case 'proving':
        member.cancelProbation = this.#clock.after(probationMs(member), () =>
          this.#move(member, 'working'),
        );
        if (member !== this.#front && !givesWork(this.#front)) {
          this.#bringToFront(member, problem('poolGivesNoWork'));
        }
        break;
      case 'working':
        member.disconnectsInARow = 0;
        if (this.#isBefore(member, this.#front)) {
          member.takenBackAtMs = this.#clock.nowMs();
          this.#bringToFront(member, problem('earlierPoolWorks'));
        }
        if (member === this.#front) this.#restBehind(member);
        break;
      case 'down':
        if (member === this.#front) this.#onFrontDown(member);
        break;
      case 'failed':
    }
  }

  #onFrontDown(member: Member): void {
    noteRelapse(member, this.#clock.nowMs());
    const successor = this.#members.find(givesWork);
    if (successor) this.#bringToFront(successor, problem('poolGivesNoWork'));
  }

  /** A source that gave up: the next one that did not comes to the front in its place. */
  #onFailed(member: Member, error: Problem): void {
    this.#move(member, 'failed');
    const successor =
      this.#members.find(givesWork) ?? this.#members.find(({ state }) => state !== 'failed');
    if (!successor) {
      this.#over = true;
      const isOnlyOne = this.#members.length === 1;
      const told = isOnlyOne ? error : problem('noPoolLeft', { why: error });
      this.#listener({ type: 'failed', error: told });
      return;
    }
    if (member === this.#front) {
      this.#tellDisconnected(member, error);
      if (this.#isOver()) return;
      this.#tellStory(successor);
    }
    if (!this.#isOver()) this.#tryNext();
  }

  /** Sees to it that behind those that are down somebody at least tries. */
  #tryNext(): void {
    if (this.#isOver()) return;
    const next = this.#members.find(({ state }) => state !== 'down' && state !== 'failed');
    if (next?.state === 'resting') this.#move(next, 'trying');
  }

  #bringToFront(member: Member, why: Problem): void {
    if (this.#front.run.isOpen) this.#tellDisconnected(this.#front, why);
    if (!this.#isOver()) this.#tellStory(member);
  }

  #tellDisconnected({ run }: Member, error: Problem): void {
    const { endpoint } = run.source;
    this.#listener({ type: 'disconnected', endpoint, error, retryInMs: 0 });
  }

  #tellStory(member: Member): void {
    this.#front = member;
    for (const event of [...member.run.story]) {
      if (this.#isOver()) return;
      this.#listener(event);
    }
  }

  #restBehind(member: Member): void {
    for (const behind of this.#members.slice(this.#members.indexOf(member) + 1)) {
      if (behind.state !== 'resting' && behind.state !== 'failed') this.#move(behind, 'resting');
    }
  }

  /** Leaves it once its last shares are found and answered. */
  #letGo(run: Run): void {
    const cancel = this.#clock.after(LINGER_MS, () => {
      void run.source.leave(DRAIN_MS).then(() => this.#left.delete(run));
    });
    this.#left.set(run, cancel);
  }

  #isBefore(member: Member, other: Member): boolean {
    return this.#members.indexOf(member) < this.#members.indexOf(other);
  }

  #isOver(): boolean {
    return this.#over || this.#leaving;
  }
}

function givesWork({ state }: Member): boolean {
  return state === 'proving' || state === 'working';
}
