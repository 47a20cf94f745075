import { describe, expect, it } from 'vitest';
import { readBattery } from '../../../electron/core/system/battery.ts';
import { isIdleClockTrue } from '../../../electron/core/system/idleClock.ts';
import { readProgramNames } from '../../../electron/core/system/programs.ts';
import { readClockSynchronised } from '../../../electron/core/system/timeServer.ts';
import {
  hugePagesCommands,
  hugePagesNeeded,
  readAvailableBytes,
  readHugePages,
  reservedHugePages,
} from '../../../electron/core/system/memory.ts';
import { systemFiles } from '../../../electron/core/system/systemFiles.ts';
import { readCpuTemperature } from '../../../electron/core/system/temperature.ts';
import { machine } from '../../support/machineOfFiles.ts';

const pages = '/sys/kernel/mm/hugepages/hugepages-2048kB';

describe('huge pages', () => {
  it('are read with the state of transparent ones', () => {
    const files = machine({
      [`${pages}/nr_hugepages`]: '1280',
      [`${pages}/free_hugepages`]: '40',
      '/sys/kernel/mm/transparent_hugepage/enabled': 'always [madvise] never',
    });
    expect(readHugePages(files)).toEqual({
      ...{ total: 1280, free: 40, transparent: 'madvise', lasts: false },
    });
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
    const commands = hugePagesCommands(
      { total: 100, free: 30, transparent: null, lasts: false },
      1176,
      'none',
    );
    expect(commands.map(({ command }) => command)).toEqual([
      'sudo sysctl -w vm.nr_hugepages=1246',
      "echo 'vm.nr_hugepages=1246' | sudo tee /etc/sysctl.d/90-ibctminer.conf",
      'sudo rm -f /etc/sysctl.d/90-ibctminer.conf && sudo sysctl -w vm.nr_hugepages=100',
    ]);
  });

  it.each([
    ['helper', 'pkexec /usr/libexec/ibctminer/reserve-huge-pages '],
    ['sysctl', 'pkexec /sbin/sysctl -w vm.nr_hugepages='],
  ] as const)('are asked for by the system’s prompt where there is one: %s', (by, asked) => {
    const commands = (needed: number, lasts: boolean) =>
      hugePagesCommands({ total: 100, free: 30, transparent: null, lasts }, needed, by)
        .filter(({ canRun }) => canRun)
        .map(({ command }) => command);
    expect(commands(1176, false)).toEqual([`${asked}1246`, `${asked}100`]);
    // What lasts over a restart has a file to delete as well.
    expect(commands(1176, true)).toEqual([`${asked}1246`]);
    // More than the helper takes.
    expect(commands(9000, false)).toEqual([`${asked}100`]);
  });

  it('are given back when the app goes, by the prompt unless a file keeps them', () => {
    const reserved = (count: string, more: Record<string, string> = {}) =>
      reservedHugePages(
        machine({ [`${pages}/nr_hugepages`]: count, [`${pages}/free_hugepages`]: '0', ...more }),
        'helper',
      );
    const file = '/etc/sysctl.d/90-ibctminer.conf';
    expect(reserved('0')).toBeNull();
    expect(reserved('1280')).toEqual({
      count: 1280,
      undo: {
        ...{ use: 'undo', canRun: true },
        command: 'pkexec /usr/libexec/ibctminer/reserve-huge-pages 0',
      },
    });
    expect(reserved('0', { [file]: 'vm.nr_hugepages=1280' })).toEqual({
      count: 0,
      undo: { use: 'undo', command: `sudo rm -f ${file} && sudo sysctl -w vm.nr_hugepages=0` },
    });
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
    expect(readBattery(machine(contents)).isInUse).toBe(expected);
  });

  it('has the charge of the fullest, where any is told', () => {
    const charge = (...all: string[]) =>
      readBattery(
        machine(
          Object.assign(
            {},
            ...all.map((capacity, at) => supply(`BAT${at}`, { type: 'Battery', capacity })),
          ) as Record<string, string>,
        ),
      ).percent;
    expect(charge('43')).toBe(43);
    expect(charge('43', '80')).toBe(80);
    expect(charge('101')).toBeNull();
    expect(charge()).toBeNull();
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
    });
    expect(readCpuTemperature(files)).toBe(61.5);
  });

  it.each([
    [50, { temp1_label: 'Tctl', temp2_label: 'Tdie' }],
    [50, { temp1_label: 'Tctl', temp2_label: 'Tccd1' }],
    [
      50,
      { temp1_label: 'Tdie', temp2_label: 'Tctl' },
      { temp1_input: '50000', temp2_input: '77000' },
    ],
    [77, { temp1_label: 'Package id 0', temp2_label: 'Core 0' }],
  ])(
    'is %s °C by %j',
    (expected, labels, values = { temp1_input: '77000', temp2_input: '50000' }) => {
      const device = Object.entries({ name: 'k10temp', ...labels, ...values });
      const files = machine(
        Object.fromEntries(device.map(([name, text]) => [`/sys/class/hwmon/hwmon0/${name}`, text])),
      );
      expect(readCpuTemperature(files)).toBe(expected);
    },
  );

  it('is that of a thermal zone of the CPU, where no driver tells', () => {
    const files = machine({
      '/sys/class/thermal/thermal_zone0/type': 'acpitz',
      '/sys/class/thermal/thermal_zone0/temp': '90000',
      '/sys/class/thermal/thermal_zone1/type': 'x86_pkg_temp',
      '/sys/class/thermal/thermal_zone1/temp': '55000',
    });
    expect(readCpuTemperature(files)).toBe(55);
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

it('the programs that run are named once each', () => {
  const files = machine({
    '/proc/1/comm': 'systemd',
    '/proc/20/comm': 'bash',
    '/proc/21/comm': 'bash',
    '/proc/self/comm': 'node',
    '/proc/22/stat': '',
  });
  expect(readProgramNames(files)).toEqual(['bash', 'systemd']);
});

it.each([
  { session: 'x11', electron: '33.2.1', ozonePlatform: '', isTrue: true },
  { session: 'wayland', electron: '33.2.1', ozonePlatform: '', isTrue: false },
  { session: 'wayland', electron: '45.4.1', ozonePlatform: '', isTrue: true },
  { session: 'wayland', electron: '45.4.1', ozonePlatform: 'x11', isTrue: false },
])('whether the idle clock is believed: %j', ({ session, isTrue, ...place }) => {
  expect(isIdleClockTrue({ ...place, env: { XDG_SESSION_TYPE: session } })).toBe(isTrue);
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
