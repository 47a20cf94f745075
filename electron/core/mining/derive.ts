import type { PauseReason, Problem, SessionState } from '../../contract/snapshot.ts';
import type { EngineMachine, Link, Permission } from './machines.ts';

/** Everything the shown state depends on. */
export interface Facts {
  readonly permission: Permission;
  readonly link: Link;
  readonly engine: EngineMachine;
  /** Whether there is a job that can be mined. */
  readonly hasJob: boolean;
  /** Why the last job could not be mined, while there is no other. */
  readonly refusedJob?: Problem;
  /**
   * The hash counter since the job and the permission to hash were there:
   * not moved yet, moving, or moved once but not for the last ten seconds.
   */
  readonly counter: 'still' | 'moving' | 'stalled';
  /** All nonces of the job are used up. */
  readonly nonceSpaceExhausted: boolean;
}

const noJobYet: Problem = {
  code: 'noJob',
  message: 'Logged in; the first job has not come yet.',
};
const exhausted: Problem = {
  code: 'nonceSpaceExhausted',
  message: 'Every nonce of this job has been tried; the next job will start again.',
};
const stalled: Problem = {
  code: 'stalled',
  message:
    'The hashing threads have not finished a hash for 10 s; the computer may be very busy or was asleep.',
};

/** The state shown to people: first what the user decided, then what is broken, then what is missing. */
export function deriveState(facts: Facts): SessionState {
  const { permission, link, engine } = facts;
  if (permission.state === 'consentMissing') return { state: 'needsConsent' };
  if (permission.state === 'stoppedByUser') return { state: 'stopped' };
  if (engine.state === 'failed') return { state: 'failed', problem: engine.problem };
  if (link.state === 'offline' && link.failure !== undefined) {
    return { state: 'failed', problem: link.failure };
  }
  if (permission.state === 'paused') {
    return {
      state: 'paused',
      reasons: [...permission.reasons],
      ...(permission.untilMs === undefined ? {} : { untilMs: permission.untilMs }),
    };
  }
  switch (link.state) {
    case 'offline':
    case 'connecting':
      return { state: 'connecting' };
    case 'waiting':
      return { state: 'waiting', why: link.why, untilMs: link.retryAtMs };
    case 'loggedIn':
      return facts.hasJob
        ? deriveHashing(facts)
        : { state: 'waiting', why: facts.refusedJob ?? noJobYet };
  }
}

/** Allowed, logged in and with a job: what remains to be said is what the threads do. */
function deriveHashing({ engine, counter, nonceSpaceExhausted }: Facts): SessionState {
  switch (engine.state) {
    case 'off':
    case 'stopping':
      return { state: 'preparing', progress: 0, hashingInLightMode: false };
    case 'preparing':
      return { state: 'preparing', progress: engine.progress, hashingInLightMode: false };
    case 'failed':
      return { state: 'failed', problem: engine.problem };
    case 'light':
    case 'fast': {
      if (nonceSpaceExhausted) return { state: 'waiting', why: exhausted };
      const progress = engine.state === 'light' ? engine.progress : 1;
      if (counter === 'still') return { state: 'preparing', progress, hashingInLightMode: false };
      if (counter === 'stalled') return { state: 'waiting', why: stalled };
      return engine.state === 'light' && progress > 0
        ? { state: 'preparing', progress, hashingInLightMode: true }
        : { state: 'mining', mode: engine.state };
    }
  }
}

const pausedBecause: Record<PauseReason, string> = {
  user: 'by you',
  snooze: 'snoozed',
  battery: 'on battery',
  inUse: 'you are using the computer',
  schedule: 'outside the scheduled hours',
  heat: 'the processor is too hot',
  fullScreen: 'a full-screen program is running',
  listedProcess: 'a program on your list is running',
};

/** The why line: one true sentence, `practice` said wherever mining is. */
export function whyLine(state: SessionState, nowMs: number, practice: boolean): string {
  const seconds = (untilMs: number): number => Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
  switch (state.state) {
    case 'needsConsent':
      return 'Not mining: you have not agreed to mine on this computer yet.';
    case 'stopped':
      return 'Stopped by you.';
    case 'connecting':
      return 'Connecting to the work source.';
    case 'preparing': {
      const percent = Math.floor(state.progress * 100);
      if (state.hashingInLightMode) {
        return `Building the dataset, ${percent} %; hashing in light mode meanwhile${practice ? ' on the practice pool, which earns nothing' : ''}.`;
      }
      return percent > 0 && percent < 100
        ? `Building the dataset, ${percent} %.`
        : 'Preparing the first hash.';
    }
    case 'mining':
      return practice
        ? `Practising in ${state.mode} mode: the practice pool earns nothing for anybody.`
        : `Mining in ${state.mode} mode.`;
    case 'paused': {
      const until = state.untilMs === undefined ? '' : ` for another ${seconds(state.untilMs)} s`;
      return `Paused: ${state.reasons.map((reason) => pausedBecause[reason]).join(', ')}${until}.`;
    }
    case 'waiting':
      return state.untilMs === undefined
        ? state.why.message
        : `Trying again in ${seconds(state.untilMs)} s: ${state.why.message}`;
    case 'failed':
      return state.problem.message;
  }
}
