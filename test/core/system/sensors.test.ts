import { describe, expect, it } from 'vitest';
import type { EnergyCounter } from '../../../electron/contract/senses.ts';
import { readEnergyCounters, readPowerLimitWatts } from '../../../electron/core/system/energy.ts';
import { Sensors } from '../../../electron/core/system/sensors.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { machine } from '../../support/machineOfFiles.ts';

const zone = (name: string, facts: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(facts).map(([fact, text]) => [`/sys/class/powercap/${name}/${fact}`, text]),
  );
const counter = (name: string, energy: string) => ({
  name,
  energy_uj: energy,
  max_energy_range_uj: '262143328850',
});

describe('the energy counters', () => {
  it('are those of the packages, each once', () => {
    const files = machine({
      ...zone('intel-rapl:0', counter('package-0', '5000000')),
      ...zone('intel-rapl:0:0', counter('core', '4000000')),
      ...zone('intel-rapl:1', counter('package-1', '7000000')),
      ...zone('intel-rapl:2', counter('psys', '20000000')),
      ...zone('intel-rapl-mmio:0', counter('package-0', '5000000')),
    });
    expect(readEnergyCounters(files)).toEqual([
      { name: 'package-0', joules: 5, rangeJoules: expect.closeTo(262_143.33, 1) as number },
      { name: 'package-1', joules: 7, rangeJoules: expect.closeTo(262_143.33, 1) as number },
    ]);
  });

  it.each([
    {},
    zone('intel-rapl:0', { name: 'package-0', max_energy_range_uj: '262143328850' }),
    zone('intel-rapl:0', counter('package-0', 'many')),
    {
      ...zone('intel-rapl:0', counter('package-0', '5')),
      ...zone('intel-rapl:1', { name: 'package-1' }),
    },
  ])('are none with %j', (contents) => {
    expect(readEnergyCounters(machine(contents as Record<string, string>))).toEqual([]);
  });
});

it('the power limit is that of all packages in the long run, where each tells it', () => {
  const limited = (index: number, name = 'long_term') =>
    zone(`intel-rapl:${index}`, {
      ...{ name: `package-${index}`, constraint_0_name: name },
      constraint_0_power_limit_uw: '65000000',
    });
  expect(readPowerLimitWatts(machine({ ...limited(0), ...limited(1) }))).toBe(130);
  expect(readPowerLimitWatts(machine({ ...limited(0), ...limited(1, 'peak_power') }))).toBeNull();
  expect(readPowerLimitWatts(machine({}))).toBeNull();
});

describe('the sensors', () => {
  const package0 = (joules: number): EnergyCounter => ({
    name: 'package-0',
    joules,
    rangeJoules: 1000,
  });

  function sensing(celsius: number | null = 60) {
    const clock = new FakeClock();
    const told = { celsius, energy: [package0(100)] as readonly EnergyCounter[], asked: 0 };
    const sensors = new Sensors(clock, {
      celsius: () => told.celsius,
      energy: () => {
        told.asked += 1;
        return told.energy;
      },
    });
    /** What is read after so much time and energy. */
    const after = (ms: number, ...counters: readonly EnergyCounter[]) => {
      clock.advance(ms);
      told.energy = counters;
      return sensors.read();
    };
    return { clock, told, sensors, after };
  }

  it('tell the watts between two readings, of all processors', () => {
    const { sensors, after } = sensing();
    expect(sensors.read()).toEqual({ watts: null, celsius: 60 });
    expect(after(10_000, package0(600)).watts).toBeCloseTo(50);
    expect(after(10_000, package0(700), package0(0)).watts).toBeNull();
    expect(after(10_000, package0(900), package0(300)).watts).toBeCloseTo(50);
  });

  it('know that a counter begins anew at its end', () => {
    const { sensors, after } = sensing();
    sensors.read();
    after(10_000, package0(900));
    expect(after(10_000, package0(200)).watts).toBeCloseTo(30);
  });

  it('are asked every five seconds at most', () => {
    const { sensors, told, after } = sensing();
    sensors.read();
    const first = after(5000, package0(300));
    expect(after(4900, package0(900))).toEqual(first);
    expect(told.asked).toBe(2);
  });

  it('say nothing of a time that is too long, spent asleep, or impossible', () => {
    const { clock, sensors, after } = sensing();
    sensors.read();
    expect(after(61_000, package0(200)).watts).toBeNull();
    clock.sleep(3_600_000);
    expect(after(10_000, package0(300)).watts).toBeNull();
    expect(after(5000, { ...package0(10), rangeJoules: 262_143 }).watts).toBeNull();
  });

  it('say nothing where nothing tells', () => {
    const { sensors, after } = sensing(null);
    sensors.read();
    expect(after(10_000)).toEqual({ watts: null, celsius: null });
  });
});
