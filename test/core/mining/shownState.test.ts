import { describe, expect, it } from 'vitest';
import { activityOf, deriveState, type Facts } from '../../../electron/core/mining/shownState.ts';
import { problem as problemOf } from '../../../electron/contract/problem.ts';

const problem = problemOf('closed');
const mining: Facts = {
  nowMs: 1000,
  permission: { state: 'allowed' },
  link: { state: 'loggedIn', sinceMs: 0 },
  engine: { state: 'fast' },
  faultHelp: 'none',
  hasJob: true,
  counter: 'moving',
  nonceSpaceExhausted: false,
};

describe('the shown state', () => {
  it('is mining only when everything is there and the counter moves', () => {
    expect(deriveState(mining)).toEqual({ state: 'mining', mode: 'fast' });
    expect(deriveState({ ...mining, counter: 'still' }).state).toBe('preparing');
    expect(deriveState({ ...mining, counter: 'stalled' })).toMatchObject({
      state: 'waiting',
      why: { code: 'stalled' },
      help: 'none',
    });
    expect(deriveState({ ...mining, nonceSpaceExhausted: true })).toMatchObject({
      state: 'waiting',
      why: { code: 'noncesExhausted' },
    });
  });

  it('says whether and by what mining was stopped before anything else', () => {
    const failed: Facts = { ...mining, engine: { state: 'failed', problem } };
    for (const because of ['notStartedYet', 'stoppedByUser'] as const) {
      const state = { state: 'stopped', because };
      expect(deriveState({ ...failed, permission: { state: because } })).toEqual(state);
    }
    expect(deriveState({ ...failed, permission: { state: 'consentMissing' } })).toEqual({
      state: 'needsConsent',
    });
    const permission = { state: 'stoppedByFault', problem } as const;
    expect(deriveState({ ...mining, permission, faultHelp: 'openLogs' })).toEqual({
      ...{ state: 'failed', problem, help: 'openLogs' },
    });
  });

  it('shows a pause before a lost connection, and when it ends', () => {
    const link = { state: 'waiting', retryAtMs: 9000, why: problem } as const;
    const end = { remainingMs: 7000, atMs: 57_000 };
    const pauses = [{ reason: 'battery' }, { reason: 'snooze', end }] as const;
    expect(deriveState({ ...mining, link, permission: { state: 'paused', pauses } })).toEqual({
      state: 'paused',
      pauses,
    });
    expect(deriveState({ ...mining, link })).toEqual({
      ...{ state: 'waiting', why: problem, help: 'openPools', retryInMs: 8000 },
    });
  });

  it('waits for a job that can be mined and says what was refused', () => {
    expect(deriveState({ ...mining, hasJob: false })).toMatchObject({
      state: 'waiting',
      why: { code: 'noJobYet' },
    });
    expect(deriveState({ ...mining, hasJob: false, refusedJob: problem })).toEqual({
      ...{ state: 'waiting', why: problem, help: 'openPools' },
    });
  });

  it('prepares while the dataset is in the making, however slowly the threads hash meanwhile', () => {
    const light: Facts = { ...mining, engine: { state: 'light', progress: 0.43 } };
    const preparing = { state: 'preparing', progress: 0.43 };
    expect(deriveState(light)).toEqual({ ...preparing, hashingInLightMode: true });
    for (const counter of ['still', 'stalled'] as const) {
      expect(deriveState({ ...light, counter })).toEqual({
        ...preparing,
        hashingInLightMode: false,
      });
    }
    expect(deriveState({ ...mining, engine: { state: 'light', progress: 0 } })).toEqual({
      ...{ state: 'mining', mode: 'light' },
    });
  });
});

describe('the activity', () => {
  it.each([
    ['off', { state: 'needsConsent' }],
    ['off', { state: 'stopped', because: 'stoppedByUser' }],
    ['off', { state: 'failed', problem, help: 'none' }],
    ['held', { state: 'connecting' }],
    ['held', { state: 'preparing', progress: 0.1, hashingInLightMode: false }],
    ['hashing', { state: 'preparing', progress: 0.1, hashingInLightMode: true }],
    ['hashing', { state: 'mining', mode: 'fast' }],
    ['held', { state: 'paused', pauses: [{ reason: 'battery' }] }],
    ['pausedByUser', { state: 'paused', pauses: [{ reason: 'battery' }, { reason: 'snooze' }] }],
    ['held', { state: 'waiting', why: problem, help: 'none' }],
  ] as const)('is %s for %o', (activity, state) => {
    const given = 'pauses' in state ? { ...state, pauses: [...state.pauses] } : state;
    expect(activityOf(given)).toBe(activity);
  });
});
