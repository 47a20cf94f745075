import { describe, expect, it } from 'vitest';
import { pausesOnBattery } from '../../../electron/core/rules/battery.ts';
import { IdleClock, pausesWhileInUse } from '../../../electron/core/rules/idle.ts';

describe('pause on battery', () => {
  it('holds mining up only when it is on and the battery is known to be in use', () => {
    expect(pausesOnBattery(true, true)).toBe(true);
    expect(pausesOnBattery(true, false)).toBe(false);
    expect(pausesOnBattery(true, null)).toBe(false);
    expect(pausesOnBattery(false, true)).toBe(false);
  });
});

describe('mine only when the computer is idle', () => {
  it('holds mining up until the computer has been idle for long enough', () => {
    expect(pausesWhileInUse(true, 0, 120)).toBe(true);
    expect(pausesWhileInUse(true, 119, 120)).toBe(true);
    expect(pausesWhileInUse(true, 120, 120)).toBe(false);
    expect(pausesWhileInUse(false, 0, 120)).toBe(false);
    expect(pausesWhileInUse(true, null, 120)).toBe(false);
  });

  it('does not believe an idle clock that has never moved', () => {
    const readings = [0, 0, 3, 0];
    const clock = new IdleClock(() => readings.shift() ?? 0);
    expect([clock.seconds(), clock.seconds()]).toEqual([null, null]);
    expect(clock.isKnown).toBe(false);
    expect([clock.seconds(), clock.seconds()]).toEqual([3, 0]);
    expect(clock.isKnown).toBe(true);
  });
});
