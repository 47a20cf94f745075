import type { PauseReason, Problem } from '../../contract/snapshot.ts';

/**
 * What the user and the rules allow. Stop outranks everything and lasts; a pause returns by itself.
 *
 *   consentMissing ──consent──► notStartedYet ──start──► allowed ◄──pauses──► paused
 *                                                ▲            │ stop, fault     │
 *                                                └──start── stoppedByUser,  ◄───┘
 *                                                           stoppedByFault, over
 */
export type Permission =
  | Standstill
  | {
      readonly state: 'paused';
      readonly reasons: readonly PauseReason[];
      /** Milliseconds until a snooze ends by itself. */
      readonly remainingMs?: number;
    }
  | { readonly state: 'allowed' };

/** Nothing is mined, and nothing will be before Start. */
export type Standstill =
  | { readonly state: 'consentMissing' }
  | { readonly state: 'notStartedYet' }
  | { readonly state: 'stoppedByUser' }
  | { readonly state: 'stoppedByFault'; readonly problem: Problem }
  /** The time or the shares that this run was for are over. */
  | { readonly state: 'over' };

type Standing = Standstill | { readonly state: 'started' };

export type PermissionEvent =
  | { readonly type: 'consent' }
  /** `automatic`: at launch. Only where nobody and nothing has stopped mining before. */
  | { readonly type: 'start'; readonly by: 'user' | 'automatic' }
  | { readonly type: 'stop'; readonly by: 'user' | 'end' }
  | { readonly type: 'fault'; readonly problem: Problem };

function transition(from: Standing, event: PermissionEvent): Standing {
  switch (event.type) {
    case 'consent':
      return from.state === 'consentMissing' ? { state: 'notStartedYet' } : from;
    case 'start': {
      if (from.state === 'consentMissing') return from;
      const mayStart = event.by === 'user' || from.state === 'notStartedYet';
      return mayStart ? { state: 'started' } : from;
    }
    case 'stop':
      if (from.state !== 'started') return from;
      return { state: event.by === 'user' ? 'stoppedByUser' : 'over' };
    case 'fault':
      return from.state === 'started' ? { state: 'stoppedByFault', problem: event.problem } : from;
  }
}

/** The permission machine, and beside it the pauses, which rules make and take back whether or not mining was started. */
export class PermissionMachine {
  #standing: Standing;
  /** When each ends by itself, on the session's clock; undefined: when it is taken back. */
  readonly #pauses = new Map<PauseReason, number | undefined>();

  constructor(atFirst: Standstill) {
    this.#standing = atFirst;
  }

  get isStarted(): boolean {
    return this.#standing.state === 'started';
  }

  at(nowMs: number): Permission {
    if (this.#standing.state !== 'started') return this.#standing;
    const reasons = [...this.#pauses.keys()];
    if (reasons.length === 0) return { state: 'allowed' };
    const endsAtMs = this.#pauses.get('snooze');
    return {
      state: 'paused',
      reasons,
      ...(endsAtMs === undefined ? {} : { remainingMs: Math.max(0, endsAtMs - nowMs) }),
    };
  }

  on(event: PermissionEvent): void {
    this.#standing = transition(this.#standing, event);
  }

  pause(reason: PauseReason, endsAtMs?: number): void {
    this.#pauses.set(reason, endsAtMs);
  }

  resume(reason: PauseReason): void {
    this.#pauses.delete(reason);
  }

  endDuePauses(nowMs: number): void {
    for (const [reason, endsAtMs] of this.#pauses) {
      if (endsAtMs !== undefined && endsAtMs <= nowMs) this.#pauses.delete(reason);
    }
  }
}
