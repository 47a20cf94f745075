import { expect, it } from 'vitest';
import { IdleClock } from '../../../electron/core/system/idleClock.ts';

it('does not believe an idle clock that has never moved', () => {
  const readings = [0, 0, 3, 0];
  const clock = new IdleClock(() => readings.shift() ?? 0);
  expect([clock.seconds(), clock.seconds()]).toEqual([null, null]);
  expect(clock.isKnown).toBe(false);
  expect([clock.seconds(), clock.seconds()]).toEqual([3, 0]);
  expect(clock.isKnown).toBe(true);
});
