import { setTimeout as delay } from 'node:timers/promises';
import type { ForkRehearsal } from '../../contract/health.ts';
import type { Problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import { systemClock } from '../clock.ts';
import type { EngineOpener, EngineStatus } from '../engine/engine.ts';
import type { EngineSpec } from '../engine/spec.ts';
import { PracticeSource, type PracticeOptions } from '../work/practice/source.ts';
import { Session, type SessionEvent } from './session.ts';

export interface RehearsalOptions {
  readonly openEngine: EngineOpener;
  readonly practice: PracticeOptions;
  /** The mode is waited for before anything is measured: fast mode needs the memory of its dataset. */
  readonly engine: EngineSpec & { readonly mode: 'fast' | 'light' };
  /** Ends the rehearsal at once; an AbortError is then thrown. */
  readonly signal: AbortSignal;
  /** Of each of three phases: before the fork, after it, and with jobs that name rx/2. */
  readonly phaseMs?: number;
}

const PHASE_MS = 6000;
/** As soon as so many shares of a phase are verified, it may end. */
const SHARES = 2;
/** A phase without them ends all the same. */
const LONGEST_PHASE_MS = 60_000;
/** So long after the fork a standstill is looked for. */
const WATCHED_MS = 2000;
const POLL_MS = 20;

/**
 * Mines on the practice pool with the session that mines for real, and lets the pool fork in mid-run: from rx/0 to rx/2 with the same key,
 * first by jobs that name no algorithm. Nothing is sent anywhere. Errors: those of the engine, `practiceNoServer`.
 */
export async function rehearseFork(options: RehearsalOptions): Promise<Result<ForkRehearsal>> {
  const { engine, practice, openEngine, signal, phaseMs = PHASE_MS } = options;
  const counted = { before: 0, after: 0, refused: 0, late: 0 };
  const nowMs = () => systemClock.nowMs();
  const without: { fastMode?: Problem } = {};
  let source: PracticeSource | undefined;
  const session = new Session({
    clock: systemClock,
    listener: listen,
    openSource: () => (listener) => (source = new PracticeSource(practice, listener)),
    openEngine,
    standstill: { state: 'notStartedYet' },
  });

  function listen(event: SessionEvent): void {
    if (event.type === 'engineWarning' && endsFastMode(event.problem))
      without.fastMode = event.problem;
    if (event.type !== 'source') return;
    const { event: told } = event;
    if (told.type === 'accepted')
      counted[told.share.algorithm === 'rx/2' ? 'after' : 'before'] += 1;
    else if (told.type === 'rejected') counted.refused += 1;
    else if (told.type === 'stale') counted.late += 1;
  }

  /** Also ends when mining has failed. */
  async function until(isDone: () => boolean): Promise<void> {
    while (!isDone() && session.state.state !== 'failed') {
      await delay(POLL_MS, undefined, { signal });
    }
  }

  /** Hashes per second, while shares of this phase are verified. */
  async function mine(when: 'before' | 'after'): Promise<number> {
    const enough = counted[when] + SHARES;
    const { hashes } = session.hashing;
    const beganAtMs = nowMs();
    const soFarMs = () => nowMs() - beganAtMs;
    const isDone = () => counted[when] >= enough || soFarMs() >= LONGEST_PHASE_MS;
    await until(() => soFarMs() >= phaseMs && isDone());
    return ((session.hashing.hashes - hashes) * 1000) / soFarMs();
  }

  /** The longest time without a finished hash. */
  async function longestStandstillMs(): Promise<number> {
    const endsAtMs = nowMs() + WATCHED_MS;
    let [longest, movedAtMs, { hashes }] = [0, nowMs(), session.hashing];
    await until(() => {
      longest = Math.max(longest, nowMs() - movedAtMs);
      if (session.hashing.hashes !== hashes) movedAtMs = nowMs();
      ({ hashes } = session.hashing);
      return nowMs() >= endsAtMs;
    });
    return longest;
  }

  try {
    session.follow({ work: { kind: 'practice' }, engine });
    session.start();
    await until(
      () => session.hashing.state.state === engine.mode || without.fastMode !== undefined,
    );
    if (without.fastMode !== undefined) return refused(without.fastMode);
    const hashesPerSecondBefore = await mine('before');
    const built = secondsOfBuilding(session.hashing.status, engine.mode);
    source?.fork();
    const standstillMs = await longestStandstillMs();
    const unnamed = await mine('after');
    source?.nextBlock();
    const named = await mine('after');
    const { state, hashing } = session;
    if (state.state === 'failed') return refused(state.problem);
    const outcome = {
      hashesPerSecond: { before: hashesPerSecondBefore, after: (unnamed + named) / 2 },
      shares: counted,
      isMemoryKept: built === secondsOfBuilding(hashing.status, engine.mode),
    };
    return success({
      ...outcome,
      mode: engine.mode,
      threads: hashing.threads.length,
      standstillMs,
      readiness: readinessOf(outcome),
    });
  } finally {
    await session.stop('end');
  }
}

/** A slow computer may find no share in a minute: that says nothing against it. */
export function readinessOf({
  hashesPerSecond,
  shares,
  isMemoryKept,
}: Pick<ForkRehearsal, 'hashesPerSecond' | 'shares' | 'isMemoryKept'>): ForkRehearsal['readiness'] {
  if (!isMemoryKept || shares.refused > 0 || hashesPerSecond.after === 0) return 'notReady';
  return shares.after > 0 ? 'ready' : 'unproven';
}

/** The engine goes on in light mode then. */
function endsFastMode({ code }: Problem): boolean {
  return code === 'fastModeNeedsMemory' || code === 'fastPathWrong';
}

/** Another number once it was built anew. */
function secondsOfBuilding(status: EngineStatus | undefined, mode: 'fast' | 'light'): number {
  const seconds = status?.seconds;
  return (mode === 'fast' ? seconds?.dataset : seconds?.cache) ?? 0;
}
