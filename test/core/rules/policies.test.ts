import { describe, expect, it } from 'vitest';
import { pausesOnBattery } from '../../../electron/core/rules/battery.ts';
import { runsAny } from '../../../electron/core/rules/programs.ts';
import { IdleClock, pausesWhileInUse } from '../../../electron/core/rules/idle.ts';

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

describe('pause while a listed program runs', () => {
  it.each([
    ['blender', ['Blender'], true],
    ['Blender', ['blender-bin'], false],
    // As the kernel cuts names, and as Wine calls them.
    ['a-very-long-program-name', ['a-very-long-pro'], true],
    ['a-very-long-program-name', ['a-very-long-program'], false],
    ['game', ['GAME.EXE'], true],
    ['game', ['gamemoded'], false],
    ['', ['.exe.exe'], false],
  ])('%s is found among %j: %s', (listed, running, found) => {
    expect(runsAny([listed], running)).toBe(found);
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
