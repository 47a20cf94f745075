import { describe, expect, it } from 'vitest';
import { deriveState, whyLine, type Facts } from '../../../electron/core/mining/derive.ts';

const problem = { code: 'x', message: 'Do this.' };
const mining: Facts = {
  permission: { state: 'allowed' },
  link: { state: 'loggedIn', sinceMs: 0 },
  engine: { state: 'fast' },
  hasJob: true,
  counter: 'moving',
  nonceSpaceExhausted: false,
};

describe('the derived state', () => {
  it('is mining only when everything is there and the counter moves', () => {
    expect(deriveState(mining)).toEqual({ state: 'mining', mode: 'fast' });
    expect(deriveState({ ...mining, counter: 'still' }).state).toBe('preparing');
    expect(deriveState({ ...mining, counter: 'stalled' })).toMatchObject({
      state: 'waiting',
      why: { code: 'stalled' },
    });
    expect(deriveState({ ...mining, nonceSpaceExhausted: true })).toMatchObject({
      state: 'waiting',
      why: { code: 'nonceSpaceExhausted' },
    });
  });

  it("lets the user's stop outrank every failure and pause", () => {
    const failed: Facts = { ...mining, engine: { state: 'failed', problem } };
    expect(deriveState(failed)).toEqual({ state: 'failed', problem });
    expect(deriveState({ ...failed, permission: { state: 'stoppedByUser' } })).toEqual({
      state: 'stopped',
    });
    expect(deriveState({ ...failed, permission: { state: 'consentMissing' } })).toEqual({
      state: 'needsConsent',
    });
  });

  it('shows a pause before a lost connection, and a failed source before a pause', () => {
    const paused: Facts = {
      ...mining,
      permission: { state: 'paused', reasons: ['battery', 'heat'] },
      link: { state: 'waiting', retryAtMs: 9000, why: problem },
    };
    expect(deriveState(paused)).toEqual({ state: 'paused', reasons: ['battery', 'heat'] });
    expect(deriveState({ ...paused, link: { state: 'offline', failure: problem } })).toEqual({
      state: 'failed',
      problem,
    });
  });

  it('waits for a job that can be mined and says what was refused', () => {
    expect(deriveState({ ...mining, hasJob: false })).toMatchObject({
      state: 'waiting',
      why: { code: 'noJob' },
    });
    expect(deriveState({ ...mining, hasJob: false, refusedJob: problem })).toEqual({
      state: 'waiting',
      why: problem,
    });
  });

  it('prepares while the dataset is in the making, hashing or not', () => {
    const light: Facts = { ...mining, engine: { state: 'light', progress: 0.43 } };
    expect(deriveState(light)).toEqual({
      state: 'preparing',
      progress: 0.43,
      hashingInLightMode: true,
    });
    expect(deriveState({ ...light, counter: 'still' })).toMatchObject({
      hashingInLightMode: false,
    });
    expect(deriveState({ ...mining, engine: { state: 'light', progress: 0 } })).toEqual({
      state: 'mining',
      mode: 'light',
    });
  });
});

describe('the why line', () => {
  it.each([
    [{ state: 'needsConsent' }, 'Not mining: you have not agreed to mine on this computer yet.'],
    [{ state: 'stopped' }, 'Stopped by you.'],
    [{ state: 'mining', mode: 'light' }, 'Mining in light mode.'],
    [
      { state: 'preparing', progress: 0.437, hashingInLightMode: true },
      'Building the dataset, 43 %; hashing in light mode meanwhile.',
    ],
    [
      { state: 'paused', reasons: ['battery', 'inUse'] },
      'Paused: on battery, you are using the computer.',
    ],
    [
      { state: 'paused', reasons: ['snooze'], untilMs: 61_000 },
      'Paused: snoozed for another 60 s.',
    ],
    [{ state: 'waiting', why: problem, untilMs: 8200 }, 'Trying again in 8 s: Do this.'],
    [{ state: 'failed', problem }, 'Do this.'],
  ] as const)('of %o', (state, line) => {
    const nowMs = 1000;
    expect(
      whyLine('reasons' in state ? { ...state, reasons: [...state.reasons] } : state, nowMs, false),
    ).toBe(line);
  });

  it('never calls practice mining', () => {
    expect(whyLine({ state: 'mining', mode: 'fast' }, 0, true)).toMatch(
      /^Practising.*earns nothing/,
    );
  });
});
