import { describe, expect, it } from 'vitest';
import { checkHealth, type HealthFacts } from '../../../electron/core/system/health.ts';
import { healthReport } from '../../../electron/core/system/report.ts';
import { healthItem } from '../../../electron/contract/health.ts';
import { createText } from '../../../electron/contract/text/index.ts';

const GIB = 2 ** 30;

const well: HealthFacts = {
  cpu: { name: 'Some CPU', features: ['aes'], cpus: [], recommendedCpus: [] },
  availableBytes: 8 * GIB,
  hugePages: { total: 1280, free: 1280, transparent: 'never' },
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
    ['hugePages', { engine: null, hugePages: { total: 0, free: 0, transparent: 'madvise' } }],
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
      hugePages: { total: 10, free: 0, transparent: 'never' },
    };
    expect(find(facts, 'hugePages').fix?.values).toEqual({
      command: `sudo sysctl -w vm.nr_hugepages=${10 + 1040 + 128 + 16}`,
    });
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
      batteryKnown: false,
      idleKnown: false,
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
  expect(report.split('\n').filter((line) => line.startsWith('[ok]'))).toHaveLength(9);
});
