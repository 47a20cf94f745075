import { expect, it } from 'vitest';
import type { Senses } from '../../../electron/contract/senses.ts';
import { MachineUse } from '../../../electron/desktop/app/machineUse.ts';
import { FakeClock } from '../../support/fakeClock.ts';

it('asks until it knows that metered connections are told, and not again for that', () => {
  let asked = 0;
  const senses: Senses = {
    battery: () => ({ isInUse: null, percent: null }),
    idleSeconds: () => 0,
    celsius: () => null,
    energy: () => [],
    powerLimitWatts: () => null,
    isLocked: () => false,
    isFullScreen: () => null,
    isMetered: () => ((asked += 1) > 1 ? false : null),
    runningPrograms: null,
  };
  const use = new MachineUse(new FakeClock(), senses, {
    read: () => ({ watts: null, celsius: null }),
  });
  expect(use.known.meteredKnown).toBe(false);
  for (let look = 0; look < 10; look += 1) expect(use.known.meteredKnown).toBe(true);
  expect(asked).toBe(2);
});
