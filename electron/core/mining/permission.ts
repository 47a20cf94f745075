import type { Problem } from '../../contract/problem.ts';
import type { Pause, PauseReason } from '../../contract/snapshot.ts';
import type { Clock } from '../clock.ts';

/**
 * What the user and the rules allow. Stop outranks everything and lasts; a pause returns by itself.
 *
 *   consentMissing ──consent──► notStartedYet ──start──► allowed ◄──pauses──► paused
 *                                                ▲            │ stop, fault     │
 *                                                └──start── stoppedByUser,  ◄───┘
 *                                                           stoppedByFault, over
 *
 * From anywhere, and for good: quitting.
 */
export type Permission =
  | Standstill
  | { readonly state: 'paused'; readonly pauses: readonly Pause[] }
  | { readonly state: 'allowed' };

/** Nothing is mined, and nothing will be before Start. */
export type Standstill =
  | { readonly state: 'consentMissing' }
  | { readonly state: 'notStartedYet' }
  | { readonly state: 'stoppedByUser' }
  | { readonly state: 'stoppedByFault'; readonly problem: Problem }
  /** The time or the shares that this run was for are over. */
  | { readonly state: 'over' }
  /** The app waits for a node to take the last block, and then ends. */
  | { readonly state: 'quitting' };

type Standing = Standstill | { readonly state: 'started' };

export type PermissionEvent =
  | { readonly type: 'consent' }
  /** `automatic`: at launch. Only where nobody and nothing has stopped mining before. */
  | { readonly type: 'start'; readonly by: 'user' | 'automatic' }
  | { readonly type: 'stop'; readonly by: 'user' | 'end' | 'quit' }
  | { readonly type: 'fault'; readonly problem: Problem };

function transition(from: Standing, event: PermissionEvent): Standing {
  switch (event.type) {
    case 'consent':
      return from.state === 'consentMissing' ? { state: 'notStartedYet' } : from;
    case 'start': {
      if (from.state === 'consentMissing' || from.state === 'quitting') return from;
      const mayStart = event.by === 'user' || from.state === 'notStartedYet';
      return mayStart ? { state: 'started' } : from;
    }
    case 'stop':
      if (event.by === 'quit') return { state: 'quitting' };
      if (from.state !== 'started') return from;
      return { state: event.by === 'user' ? 'stoppedByUser' : 'over' };
    case 'fault':
      return from.state === 'started' ? { state: 'stoppedByFault', problem: event.problem } : from;
  }
}

/**
 * When a pause ends: a snooze by itself after some time, asleep or not; a rule's when the rule takes it back, which it
 * expects to do at that Unix time.
 */
export type PauseEnd = { readonly afterMs: number } | { readonly expectedAtMs: number };

type Now = Pick<Clock, 'wallMs' | 'throughSleepMs'>;

/** They replace each other. */
const ones: readonly PauseReason[] = ['user', 'snooze'];

/** The permission machine, and beside it the pauses, which rules make and take back whether or not mining was started. */
export class PermissionMachine {
  readonly #now: Now;
  #standing: Standing;
  /** With the moment of `throughSleepMs` or the Unix time at which each ends. */
  readonly #pauses = new Map<PauseReason, { dueMs: number } | { expectedAtMs: number } | null>();

  constructor(atFirst: Standstill, now: Now) {
    this.#standing = atFirst;
    this.#now = now;
  }

  get isStarted(): boolean {
    return this.#standing.state === 'started';
  }

  get current(): Permission {
    if (this.#standing.state !== 'started') return this.#standing;
    const pauses = [...this.#pauses.keys()].map((reason) => this.#pause(reason));
    return pauses.length === 0 ? { state: 'allowed' } : { state: 'paused', pauses };
  }

  on(event: PermissionEvent): void {
    this.#standing = transition(this.#standing, event);
  }

  pause(reason: PauseReason, end?: PauseEnd): void {
    if (ones.includes(reason)) for (const other of ones) this.#pauses.delete(other);
    const isTimed = end !== undefined && 'afterMs' in end;
    this.#pauses.set(
      reason,
      isTimed ? { dueMs: this.#now.throughSleepMs() + end.afterMs } : (end ?? null),
    );
  }

  resume(reason: PauseReason): void {
    this.#pauses.delete(reason);
  }

  endDuePauses(): void {
    const nowMs = this.#now.throughSleepMs();
    for (const [reason, end] of this.#pauses) {
      if (end !== null && 'dueMs' in end && end.dueMs <= nowMs) this.#pauses.delete(reason);
    }
  }

  #pause(reason: PauseReason): Pause {
    const end = this.#pauses.get(reason) ?? null;
    if (end === null) return { reason };
    const wallMs = this.#now.wallMs();
    const leftMs =
      'dueMs' in end ? end.dueMs - this.#now.throughSleepMs() : end.expectedAtMs - wallMs;
    const remainingMs = Math.max(0, leftMs);
    return { reason, end: { remainingMs, atMs: wallMs + remainingMs } };
  }
}
