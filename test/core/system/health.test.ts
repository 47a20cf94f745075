import { describe, expect, it } from 'vitest';
import { checkHealth, type HealthFacts } from '../../../electron/core/system/health.ts';
import { healthReport } from '../../../electron/core/system/healthReport.ts';
import { healthItem } from '../../../electron/contract/health.ts';
import { createText } from '../../../electron/contract/text/index.ts';

const GIB = 2 ** 30;

const well: HealthFacts = {
  cpu: { name: 'Some CPU', features: ['aes'], cpus: [], recommendedCpus: [] },
  availableBytes: 8 * GIB,
  hugePages: { total: 1280, free: 1280, transparent: 'never', lasts: false },
  pagesPrompt: 'none',
  threads: 4,
  memoryMode: 'auto',
  engine: {
    mode: 'fast',
    datasetProgress: 1,
    pages: { dataset: '2m', cache: '2m', scratchpads: '2m' },
    paths: { program: 'jit-x86-64' },
    interleave: 2,
  },
  pool: { kind: 'stratum', host: 'pool.example.com', tls: true },
  poolNameResolves: true,
  wallMs: Date.UTC(2027, 0, 1),
  clockSynchronised: true,
  batteryKnown: true,
  temperatureKnown: true,
  wattsKnown: true,
  isEnergyClosed: false,
  isVirtual: false,
  guardedFolder: null,
  idleKnown: true,
  trayAvailable: true,
};

const find = (facts: HealthFacts, id: string) => {
  const item = checkHealth(facts).find((candidate) => candidate.id === id);
  if (item === undefined) throw new Error(`There is no check ${id}.`);
  return item;
};

const text = createText('en');
const saidOf = (facts: HealthFacts, id: string) =>
  find(facts, id).remarks.map(text.finding).join(' ');

describe('the health page', () => {
  it('is all ok on a machine that has everything, and fits the contract', () => {
    const items = checkHealth(well);
    expect(items.filter(({ status }) => status !== 'ok')).toEqual([]);
    for (const item of items) expect(healthItem.parse(item)).toEqual(item);
  });

  it.each<[string, Partial<HealthFacts>]>([
    ['memory', { engine: null, availableBytes: 2 * GIB }],
    [
      'hugePages',
      { engine: null, hugePages: { total: 0, free: 0, transparent: 'madvise', lasts: false } },
    ],
    [
      'transparentPages',
      { engine: null, hugePages: { total: 0, free: 0, transparent: 'never', lasts: false } },
    ],
    ['aes', { cpu: { name: '', features: [], cpus: [], recommendedCpus: [] } }],
    ['dns', { poolNameResolves: false }],
    ['tls', { pool: { kind: 'stratum', host: 'pool.example.com', tls: false } }],
    ['clock', { wallMs: 0 }],
    ['clock', { clockSynchronised: false }],
    ['tray', { trayAvailable: false }],
  ])('warns about %s and says what to do', (id, change) => {
    const item = find({ ...well, ...change }, id);
    expect(item.status).toBe('warn');
    expect(item.fix).not.toBeNull();
  });

  it('says that mining runs in light mode only when it does', () => {
    const short = { ...well, availableBytes: 2 * GIB };
    expect(saidOf({ ...short, engine: null }, 'memory')).toContain('would mine in light mode');
    const light = { ...short.engine, mode: 'light' } as HealthFacts['engine'];
    expect(saidOf({ ...short, engine: light }, 'memory')).toContain('is mining in light mode');
    expect(find({ ...short, engine: null, memoryMode: 'light' }, 'memory').status).toBe('ok');
  });

  it.each(['127.0.0.1', 'localhost', '::1', 'some.onion'])(
    'asks for no encryption to %s',
    (host) => {
      expect(find({ ...well, pool: { kind: 'stratum', host, tls: false } }, 'tls').status).toBe(
        'ok',
      );
    },
  );

  it('warns when programs are interpreted', () => {
    const engine = { ...well.engine, paths: { program: 'interpreter' } } as HealthFacts['engine'];
    expect(find({ ...well, engine }, 'jit').status).toBe('warn');
  });

  it('names the exact command for huge pages', () => {
    const facts: HealthFacts = {
      ...well,
      engine: null,
      hugePages: { total: 10, free: 0, transparent: 'never', lasts: false },
    };
    expect(find(facts, 'hugePages').commands[0]).toEqual({
      use: 'now',
      command: `sudo sysctl -w vm.nr_hugepages=${10 + 1040 + 128 + 16}`,
    });
  });

  it('says how to give back the pages that are set aside, also when all is well', () => {
    expect(find(well, 'hugePages')).toMatchObject({
      ...{ status: 'ok', fix: null },
      commands: [{ use: 'undo', command: expect.stringMatching(/vm\.nr_hugepages=0$/) as string }],
    });
    const none = { total: 0, free: 0, transparent: 'madvise', lasts: false } as const;
    expect(find({ ...well, hugePages: none }, 'hugePages').commands).toEqual([]);
  });

  it('asks for transparent pages only where there are too few of the others', () => {
    const none = { total: 0, free: 0, transparent: 'never', lasts: false } as const;
    const find4k = (change: Partial<HealthFacts>) =>
      find({ ...well, engine: null, hugePages: none, ...change }, 'transparentPages');
    expect(find4k({})).toMatchObject({ status: 'warn' });
    expect(find4k({}).commands.map(({ use }) => use)).toEqual(['now', 'atBoot', 'undo']);
    expect(find4k({ engine: well.engine }).status).toBe('ok');
    expect(find4k({ hugePages: well.hugePages }).status).toBe('ok');
    expect(find4k({ hugePages: { ...none, transparent: 'madvise' } }).status).toBe('ok');
  });

  it('undoes each of its commands', () => {
    const bad: HealthFacts = {
      ...{ ...well, engine: null, trayAvailable: false, clockSynchronised: false },
      ...{ wattsKnown: false, isEnergyClosed: true },
      hugePages: { total: 0, free: 0, transparent: 'never', lasts: false },
    };
    const withCommands = checkHealth(bad).filter(({ commands }) => commands.length > 0);
    expect(withCommands.map(({ id }) => id)).toEqual([
      ...['hugePages', 'transparentPages', 'clock', 'energy', 'tray'],
    ]);
    for (const { commands } of withCommands) expect(commands.at(-1)?.use).toBe('undo');
  });

  it('describes what the computer is, and what that means for mining', () => {
    expect(saidOf({ ...well, isVirtual: true }, 'virtualMachine')).toContain('CPU type “host”');
    const cpus = [0, 1].map((id) => ({ id, allowed: true, numaNode: id }));
    const cpu = { name: '', features: ['aes'], cpus, recommendedCpus: [] };
    expect(saidOf({ ...well, cpu }, 'numa')).toContain('2 memory nodes');
    expect(find({ ...well, wattsKnown: false }, 'energy').status).toBe('unknown');
    expect(find({ ...well, temperatureKnown: false }, 'temperature').status).toBe('unknown');
    const guarded = { ...well, guardedFolder: 'C:\\Apps\\Ibctminer' };
    expect(saidOf(guarded, 'antivirus')).toContain('allow this folder: C:\\Apps\\Ibctminer.');
  });

  it('names the commands that open the energy counters where there are any', () => {
    const closed = { ...well, wattsKnown: false, isEnergyClosed: true };
    expect(find(closed, 'energy')).toMatchObject({ status: 'unknown', fix: { key: 'energyFix' } });
    expect(find(closed, 'energy').commands.map(({ use }) => use)).toEqual([
      ...['now', 'atBoot', 'undo'],
    ]);
    expect(find({ ...closed, isEnergyClosed: false }, 'energy').commands).toEqual([]);
  });

  it('names no command for the clock where the system is another than Linux', () => {
    expect(find({ ...well, wallMs: 0, clockSynchronised: null }, 'clock').commands).toEqual([]);
  });

  it('says which pages the engine got, in words', () => {
    expect(saidOf(well, 'hugePages')).toContain('Dataset: 2 MiB pages. Cache: 2 MiB pages.');
  });

  it('says “unknown” rather than guess', () => {
    const nothing: HealthFacts = {
      ...well,
      cpu: null,
      availableBytes: null,
      hugePages: null,
      engine: null,
      pool: null,
      poolNameResolves: null,
      clockSynchronised: null,
      ...{ batteryKnown: false, idleKnown: false, temperatureKnown: false, wattsKnown: false },
      ...{ isVirtual: null, guardedFolder: 'C:\\Apps' },
    };
    const statuses = checkHealth(nothing).filter(({ id }) => id !== 'tray');
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set(['unknown']));
  });
});

it('the report has every finding and goes through the redaction as a whole', () => {
  const report = healthReport(text, {
    appVersion: '1.0.0',
    platform: 'linux x64',
    cpuName: 'Some CPU',
    why: 'Mining for SECRET',
    items: checkHealth({ ...well, trayAvailable: false }),
    redact: (whole) => whole.replaceAll('SECRET', '[address]'),
  });
  expect(report).toContain('Mining for [address]');
  expect(report).toContain('[!!]  Tray icon: The desktop shows no tray icons');
  expect(report).toContain('      To undo it: sudo apt remove gnome-shell-extension-appindicator');
  expect(report.split('\n').filter((line) => line.startsWith('[ok]'))).toHaveLength(15);
});
