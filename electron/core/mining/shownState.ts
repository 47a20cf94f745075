import { problem, type Problem } from '../../contract/problem.ts';
import type { Activity, Help, SessionState } from '../../contract/snapshot.ts';
import type { EngineState } from './engineState.ts';
import type { Link } from './link.ts';
import type { Permission } from './permission.ts';

/** Everything the shown state depends on. */
export interface Facts {
  /** The session's clock. */
  readonly nowMs: number;
  readonly permission: Permission;
  readonly link: Link;
  readonly engine: EngineState;
  /** Where what stopped mining is mended. */
  readonly faultHelp: Help;
  /** Whether there is a job that can be mined. */
  readonly hasJob: boolean;
  /** Why the last job could not be mined, while there is no other. */
  readonly refusedJob?: Problem | undefined;
  /**
   * The hash counter since the job and the permission to hash were there:
   * not moved yet, moving, or moved once but not for the last ten seconds.
   */
  readonly counter: 'still' | 'moving' | 'stalled';
  /** All nonces of the job are used up. */
  readonly nonceSpaceExhausted: boolean;
}

/** The state shown to people: first what the user decided, then what is broken, then what is missing. */
export function deriveState(facts: Facts): SessionState {
  const { permission, link, nowMs } = facts;
  switch (permission.state) {
    case 'consentMissing':
      return { state: 'needsConsent' };
    case 'notStartedYet':
    case 'stoppedByUser':
    case 'over':
    case 'quitting':
      return { state: 'stopped', because: permission.state };
    case 'stoppedByFault':
      return { state: 'failed', problem: permission.problem, help: facts.faultHelp };
    case 'paused':
      return { state: 'paused', pauses: [...permission.pauses] };
    case 'allowed':
  }
  switch (link.state) {
    case 'offline':
    case 'connecting':
      return { state: 'connecting' };
    case 'waiting': {
      const retryInMs = Math.max(0, link.retryAtMs - nowMs);
      return { state: 'waiting', why: link.why, help: 'openPools', retryInMs };
    }
    case 'loggedIn':
      if (facts.hasJob) return deriveHashing(facts);
      return facts.refusedJob === undefined
        ? { state: 'waiting', why: problem('noJobYet'), help: 'none' }
        : { state: 'waiting', why: facts.refusedJob, help: 'openPools' };
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
      return { state: 'failed', problem: engine.problem, help: 'openHealth' };
    case 'light':
    case 'fast': {
      if (nonceSpaceExhausted) {
        return { state: 'waiting', why: problem('noncesExhausted'), help: 'none' };
      }
      // A dataset in the making takes the time of the threads: that is no trouble.
      if (engine.state === 'light' && engine.progress > 0) {
        const hashingInLightMode = counter === 'moving';
        return { state: 'preparing', progress: engine.progress, hashingInLightMode };
      }
      switch (counter) {
        case 'still':
          return { state: 'preparing', progress: 1, hashingInLightMode: false };
        case 'stalled':
          return { state: 'waiting', why: problem('stalled'), help: 'none' };
        case 'moving':
          return { state: 'mining', mode: engine.state };
      }
    }
  }
}

export function activityOf(state: SessionState): Activity {
  switch (state.state) {
    case 'needsConsent':
    case 'stopped':
    case 'failed':
      return 'off';
    case 'mining':
      return 'hashing';
    case 'preparing':
      return state.hashingInLightMode ? 'hashing' : 'held';
    case 'paused': {
      const isOnes = state.pauses.some(({ reason }) => reason === 'user' || reason === 'snooze');
      return isOnes ? 'pausedByUser' : 'held';
    }
    case 'connecting':
    case 'waiting':
      return 'held';
  }
}
