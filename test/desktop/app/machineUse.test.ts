import { beforeEach, describe, expect, it } from 'vitest';
import { weeks } from '../../../electron/contract/schedule.ts';
import type { Senses } from '../../../electron/contract/senses.ts';
import { defaultSettings } from '../../../electron/contract/settings.ts';
import { MachineUse } from '../../../electron/desktop/app/machineUse.ts';
import { FakeClock } from '../../support/fakeClock.ts';

let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock();
});

function useOf(senses: Partial<Senses>): MachineUse {
  const nothing: Senses = {
    battery: () => ({ isInUse: null, percent: null }),
    idleSeconds: () => 0,
    celsius: () => null,
    energy: () => [],
    powerLimitWatts: () => null,
    isLocked: () => false,
    isFullScreen: () => null,
    isMetered: () => null,
    runningPrograms: null,
  };
  const sensors = { read: () => ({ watts: null, celsius: null }) };
  return new MachineUse(clock, { ...nothing, ...senses }, sensors);
}

it('asks until it knows that metered connections are told, and not again for that', () => {
  let asked = 0;
  const use = useOf({ isMetered: () => ((asked += 1) > 1 ? false : null) });
  expect(use.known.meteredKnown).toBe(false);
  for (let look = 0; look < 10; look += 1) expect(use.known.meteredKnown).toBe(true);
  expect(asked).toBe(2);
});

describe('the idle clock, which may take long to tell', () => {
  let asked: number;
  let idleSeconds: number;
  let use: MachineUse;

  beforeEach(() => {
    asked = 0;
    idleSeconds = 0;
    use = useOf({
      idleSeconds: () => {
        asked += 1;
        return idleSeconds;
      },
    });
  });

  function lookForAMinute(onlyWhenIdle: boolean): void {
    for (let look = 0; look < 30; look += 1) {
      use.judge({ ...defaultSettings().rules, onlyWhenIdle }, weeks.always, 0);
      clock.advance(2000);
    }
  }

  it('is asked at every look for the rule', () => {
    lookForAMinute(true);
    expect(asked).toBe(30);
  });

  it('is asked seldom without the rule, and no more once it is known to move', () => {
    lookForAMinute(false);
    expect(asked).toBe(6);
    expect(use.known.idleKnown).toBe(false);
    idleSeconds = 1;
    lookForAMinute(false);
    expect(asked).toBe(7);
    expect(use.known.idleKnown).toBe(true);
  });
});
