import { failure, type Failure } from '../../../contract/result.ts';
import type { Share } from '../job.ts';
import type { Endpoint, SourceEvent, SourceListener, WorkSource } from '../source.ts';

/** Makes a work source that tells this listener. */
export type SourceFactory = (listener: SourceListener) => WorkSource;

/** Disconnects in a row after which the next in the list is tried as well. */
const TOLERATED_DISCONNECTS = 1;
/** A longer wait is not sat out while others could give work. */
const TOLERATED_WAIT_MS = 30_000;
/** How long a source that was left may take to answer its last shares. */
const DRAIN_MS = 10_000;

/**
 * One source of the list. `down` ones go on trying by themselves; `resting` ones are not running.
 *
 *   resting ──► trying ──job──► working
 *                 │ ▲              │
 *                 ▼ └── job ──┐    │ disconnected, or no minable job
 *              failed        down ◄┘
 */
type MemberState = 'resting' | 'trying' | 'working' | 'down' | 'failed';

interface Member {
  readonly create: SourceFactory;
  state: MemberState;
  run: Run;
  disconnectsInARow: number;
}

/** One life of a member's source, from start to stop. */
interface Run {
  readonly source: WorkSource;
  /** What happened on its present connection, to be told when it comes to the front. */
  story: SourceEvent[];
  /** No longer listened to, but for the fate of its shares. */
  left: boolean;
}

/**
 * Several sources in order of preference, seen as one. In front is the one whose events are told:
 * the first that works. Those before it go on trying, and take over with their first job; those
 * behind it rest.
 */
export class FailoverSource implements WorkSource {
  readonly #listener: SourceListener;
  readonly #members: readonly Member[];
  readonly #draining = new Set<Run>();
  #front: Member;
  #over = false;
  #leaving = false;

  constructor(factories: readonly [SourceFactory, ...SourceFactory[]], listener: SourceListener) {
    this.#listener = listener;
    const [first, ...others] = factories.map((create) => this.#member(create)) as [
      Member,
      ...Member[],
    ];
    this.#members = [first, ...others];
    this.#front = first;
  }

  get endpoint(): Endpoint {
    return this.#front.run.source.endpoint;
  }

  start(): void {
    if (!this.#over && this.#front.state === 'resting') this.#begin(this.#front);
  }

  submit(share: Share): void {
    this.#front.run.source.submit(share);
  }

  wake(): void {
    for (const { run, state } of this.#members) if (state !== 'resting') run.source.wake();
  }

  async leave(timeoutMs: number): Promise<void> {
    this.#leaving = true;
    const runs = [...this.#members.map(({ run }) => run), ...this.#draining];
    await Promise.all(runs.map(({ source }) => source.leave(timeoutMs)));
    this.stop();
  }

  stop(): void {
    this.#over = true;
    for (const { run } of this.#members) run.source.stop();
    for (const run of this.#draining) run.source.stop();
  }

  #member(create: SourceFactory): Member {
    const member: Member = {
      create,
      state: 'resting',
      run: this.#newRun(create, (event) => this.#onEvent(member, event)),
      disconnectsInARow: 0,
    };
    return member;
  }

  #newRun(create: SourceFactory, listener: SourceListener): Run {
    const run: Run = {
      source: create((event) => {
        if (this.#over) return;
        if ('share' in event) this.#listener(event);
        else if (!run.left && !this.#leaving) listener(event);
      }),
      story: [],
      left: false,
    };
    return run;
  }

  #begin(member: Member): void {
    member.state = 'trying';
    member.disconnectsInARow = 0;
    member.run.source.start();
  }

  #onEvent(member: Member, event: SourceEvent): void {
    remember(member.run, event);
    if (event.type === 'failed') {
      member.state = 'failed';
      this.#onFailed(member, event.error);
      return;
    }
    const inFront = member === this.#front;
    if (event.type === 'job' && !inFront) this.#bringToFront(member);
    else if (inFront) this.#listener(event);
    if (this.#isOver()) return;
    switch (event.type) {
      case 'job':
        member.state = 'working';
        member.disconnectsInARow = 0;
        this.#restBehind(member);
        break;
      case 'unminableJob':
        member.state = 'down';
        this.#beginNext();
        break;
      case 'disconnected':
        member.state = 'down';
        member.disconnectsInARow += 1;
        if (
          member.disconnectsInARow > TOLERATED_DISCONNECTS ||
          event.retryInMs > TOLERATED_WAIT_MS
        ) {
          this.#beginNext();
        }
        break;
      case 'connecting':
      case 'connected':
      case 'loggedIn':
      case 'warning':
      case 'accepted':
      case 'rejected':
      case 'stale':
    }
  }

  #isOver(): boolean {
    return this.#over;
  }

  /** A source that gave up: the next one that did not comes to the front in its place. */
  #onFailed(member: Member, error: Failure): void {
    const successor =
      this.#members.find(({ state }) => state === 'working') ??
      this.#members.find(({ state }) => state !== 'failed');
    if (!successor) {
      this.#over = true;
      const many = this.#members.length > 1;
      const message = many ? `No pool of the list is left. ${error.message}` : error.message;
      this.#listener({ type: 'failed', error: { code: error.code, message } });
      return;
    }
    if (member === this.#front) {
      const { endpoint } = member.run.source;
      this.#listener({ type: 'disconnected', endpoint, error, retryInMs: 0 });
      if (this.#isOver()) return;
      this.#tellStory(successor);
    }
    if (!this.#isOver()) this.#beginNext();
  }

  /** Sees to it that behind those that are down somebody at least tries. */
  #beginNext(): void {
    const next = this.#members.find(({ state }) => state !== 'down' && state !== 'failed');
    if (next?.state === 'resting') this.#begin(next);
  }

  #bringToFront(member: Member): void {
    const before = this.#front;
    if (before.run.story.length > 0) {
      const { error } = failure(
        'failover',
        before.state === 'working'
          ? 'A pool that comes earlier in your list works again.'
          : 'This pool gives no work; the next in your list does.',
      );
      const { endpoint } = before.run.source;
      this.#listener({ type: 'disconnected', endpoint, error, retryInMs: 0 });
    }
    if (!this.#isOver()) this.#tellStory(member);
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
      if (behind.state === 'resting' || behind.state === 'failed') continue;
      this.#leave(behind.run);
      behind.state = 'resting';
      behind.run = this.#newRun(behind.create, (event) => this.#onEvent(behind, event));
    }
  }

  #leave(run: Run): void {
    run.left = true;
    this.#draining.add(run);
    void run.source.leave(DRAIN_MS).then(() => this.#draining.delete(run));
  }
}

/** Keeps what a newcomer must hear: how the present connection came about, and its latest job. */
function remember(run: Run, event: SourceEvent): void {
  switch (event.type) {
    case 'connecting':
      run.story = [event];
      break;
    case 'connected':
    case 'loggedIn':
    case 'warning':
      run.story.push(event);
      break;
    case 'job':
    case 'unminableJob':
      run.story = run.story.filter(({ type }) => type !== 'job' && type !== 'unminableJob');
      run.story.push(event);
      break;
    case 'disconnected':
    case 'failed':
      run.story = [];
      break;
    case 'accepted':
    case 'rejected':
    case 'stale':
  }
}
