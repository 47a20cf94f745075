import { describe, expect, it } from 'vitest';
import { readOnBattery } from '../../../electron/core/system/battery.ts';
import { readClockSynchronised } from '../../../electron/core/system/timeServer.ts';
import {
  hugePagesCommand,
  hugePagesNeeded,
  readAvailableBytes,
  readHugePages,
} from '../../../electron/core/system/memory.ts';
import { systemFiles } from '../../../electron/core/system/systemFiles.ts';
import { readCpuTemperature } from '../../../electron/core/system/temperature.ts';
import { machine } from '../../support/machine.ts';

const pages = '/sys/kernel/mm/hugepages/hugepages-2048kB';

describe('huge pages', () => {
  it('are read with the state of transparent ones', () => {
    const files = machine({
      [`${pages}/nr_hugepages`]: '1280',
      [`${pages}/free_hugepages`]: '40',
      '/sys/kernel/mm/transparent_hugepage/enabled': 'always [madvise] never',
    });
    expect(readHugePages(files)).toEqual({ total: 1280, free: 40, transparent: 'madvise' });
  });

  it.each([
    {},
    { [`${pages}/nr_hugepages`]: 'many', [`${pages}/free_hugepages`]: '0' },
    { [`${pages}/nr_hugepages`]: '1', [`${pages}/free_hugepages`]: '2' },
    { [`${pages}/nr_hugepages`]: '1' },
  ])('are not known from %j', (contents) => {
    expect(readHugePages(machine(contents as Record<string, string>))).toBeNull();
  });

  it('are asked for beside those that others use', () => {
    expect(hugePagesNeeded(2, 4)).toBe(1040 + 128 + 8);
    const command = hugePagesCommand({ total: 100, free: 30, transparent: null }, 1176);
    expect(command).toBe('sudo sysctl -w vm.nr_hugepages=1246');
  });
});

it('available memory is read in bytes', () => {
  const files = machine({ '/proc/meminfo': 'MemTotal:  200 kB\nMemAvailable:   100 kB\nX: 1 kB' });
  expect(readAvailableBytes(files)).toBe(102_400);
  expect(readAvailableBytes(machine({ '/proc/meminfo': 'MemAvailable: lots' }))).toBeNull();
  expect(readAvailableBytes(machine({}))).toBeNull();
});

const supply = (name: string, facts: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(facts).map(([fact, value]) => [
      `/sys/class/power_supply/${name}/${fact}`,
      value,
    ]),
  );

describe('the battery', () => {
  it.each([
    [true, supply('BAT0', { type: 'Battery', status: 'Discharging' })],
    [
      true,
      {
        ...supply('AC', { type: 'Mains', online: '0' }),
        ...supply('BAT0', { type: 'Battery', status: 'Discharging' }),
      },
    ],
    [
      false,
      {
        ...supply('AC', { type: 'Mains', online: '1' }),
        ...supply('BAT0', { type: 'Battery', status: 'Discharging' }),
      },
    ],
    [false, supply('BAT0', { type: 'Battery', status: 'Full' })],
    [null, supply('BAT0', { type: 'Battery', status: 'Unknown' })],
    [null, supply('mouse', { type: 'Battery', status: 'Discharging', scope: 'Device' })],
    [null, supply('AC', { type: 'Mains', online: '1' })],
    [null, {}],
  ])('is %s in use with %j', (expected, contents) => {
    expect(readOnBattery(machine(contents))).toBe(expected);
  });
});

describe('the CPU temperature', () => {
  it('is the hottest of the CPU sensors, whatever the disk says', () => {
    const files = machine({
      '/sys/class/hwmon/hwmon0/name': 'nvme',
      '/sys/class/hwmon/hwmon0/temp1_input': '99000',
      '/sys/class/hwmon/hwmon1/name': 'k10temp',
      '/sys/class/hwmon/hwmon1/temp1_input': '61500',
      '/sys/class/hwmon/hwmon1/temp1_label': 'Tctl',
      '/sys/class/hwmon/hwmon1/temp3_input': '58000',
    });
    expect(readCpuTemperature(files)).toBe(61.5);
  });

  it('is not known without a sensor that makes sense', () => {
    expect(readCpuTemperature(machine({}))).toBeNull();
    const broken = machine({
      '/sys/class/hwmon/hwmon1/name': 'coretemp',
      '/sys/class/hwmon/hwmon1/temp1_input': '-128000',
    });
    expect(readCpuTemperature(broken)).toBeNull();
  });
});

it('the clock is kept when systemd says so', () => {
  expect(readClockSynchronised(machine({}))).toBeNull();
  expect(readClockSynchronised(machine({ '/run/systemd/timesync/synchronized': '' }))).toBe(true);
  expect(readClockSynchronised(machine({ '/run/systemd/timesync/other': '' }))).toBe(false);
});

it('a file that is not there is no error', () => {
  expect(systemFiles.read('/proc/there-is-no-such-file')).toBeNull();
  expect(systemFiles.list('/proc/there-is-no-such-folder')).toEqual([]);
});
