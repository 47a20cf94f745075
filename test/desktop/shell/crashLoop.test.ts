import { expect, it } from 'vitest';
import { CrashLoop } from '../../../electron/desktop/shell/crashLoop.ts';
import { FakeClock } from '../../support/fakeClock.ts';

it('a page that crashes now and then is loaded again, one that keeps crashing is not', () => {
  const clock = new FakeClock();
  const crashes = new CrashLoop(clock);
  for (let day = 0; day < 10; day += 1) {
    expect(crashes.mayReload()).toBe(true);
    clock.advance(3_600_000);
  }
  const quick = [0, 1, 2, 3].map(() => crashes.mayReload());
  expect(quick).toEqual([true, true, true, false]);
  crashes.forgive();
  expect(crashes.mayReload()).toBe(true);
});
