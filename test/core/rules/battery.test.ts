import { describe, expect, it } from 'vitest';
import { pausesOnBattery } from '../../../electron/core/rules/battery.ts';

describe('pause on battery', () => {
  const inUse = (percent: number | null) => ({ isInUse: true, percent });

  it('holds mining up only when it is on and the battery is known to be in use', () => {
    expect(pausesOnBattery(true, 100, inUse(100))).toBe(true);
    expect(pausesOnBattery(true, 100, { isInUse: false, percent: 5 })).toBe(false);
    expect(pausesOnBattery(true, 100, { isInUse: null, percent: 5 })).toBe(false);
    expect(pausesOnBattery(false, 100, inUse(5))).toBe(false);
  });

  it('with a level holds it up below that, and where the charge is not told', () => {
    expect(pausesOnBattery(true, 30, inUse(30))).toBe(false);
    expect(pausesOnBattery(true, 30, inUse(29))).toBe(true);
    expect(pausesOnBattery(true, 30, inUse(null))).toBe(true);
  });
});
