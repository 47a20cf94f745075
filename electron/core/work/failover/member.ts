import type { Problem } from '../../../contract/problem.ts';
import type { Cancel } from '../../clock.ts';
import type { SourceListener, WorkSource } from '../source.ts';
import type { PoolSpec } from '../spec.ts';
import type { Run } from './sourceRun.ts';

/** Makes a work source that tells this listener. */
export type SourceFactory = (listener: SourceListener) => WorkSource;

/**
 * One source of the list. `resting` ones are not running, `down` ones go on trying by themselves.
 *
 *                      job            for a minute
 *   resting ──► trying ────► proving ─────────────► working
 *      ▲          │             ▲ │                    │
 *      │          │         job │ │ disconnected, or   │
 *      │          └──────────► down ◄── no work ───────┘
 *      └── an earlier one works          any ──► failed, for good
 */
export type MemberState = 'resting' | 'trying' | 'proving' | 'working' | 'down' | 'failed';

export interface Member {
  readonly pool: PoolSpec;
  readonly create: SourceFactory;
  state: MemberState;
  /** Why it gave no work last; none while it does, or was not tried. */
  trouble: Problem | null;
  run: Run;
  disconnectsInARow: number;
  /** Set while `proving`. */
  cancelProbation: Cancel | undefined;
  /** Since when it is in front again, after another had taken its place. */
  takenBackAtMs: number | undefined;
  /** How often it soon went down again after that. */
  relapses: number;
}

const SHORTEST_PROBATION_MS = 60_000;
const LONGEST_PROBATION_MS = 3_600_000;

export function newMember(pool: PoolSpec, create: SourceFactory, run: Run): Member {
  return {
    ...{ pool, create, run, state: 'resting', trouble: null, disconnectsInARow: 0 },
    ...{ cancelProbation: undefined, takenBackAtMs: undefined, relapses: 0 },
  };
}

/** It was taken back, and is down again. */
export function noteRelapse(member: Member, nowMs: number): void {
  if (member.takenBackAtMs === undefined) return;
  const wasLong = nowMs - member.takenBackAtMs > LONGEST_PROBATION_MS;
  member.relapses = wasLong ? 0 : member.relapses + 1;
  member.takenBackAtMs = undefined;
}

/** How long it must give work before it takes over: longer each time that it did and went down again. */
export function probationMs({ relapses }: Member): number {
  return Math.min(LONGEST_PROBATION_MS, SHORTEST_PROBATION_MS * 2 ** relapses);
}
