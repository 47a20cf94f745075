import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HistoryRecord } from '../../../electron/contract/history.ts';
import {
  defaultSettings,
  type PoolSettings,
  type Settings,
} from '../../../electron/contract/settings.ts';
import { P2poolCredit } from '../../../electron/core/poolAccounts/p2poolCredit.ts';
import { Readings } from '../../../electron/core/poolAccounts/readings.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { minuteAt } from '../../support/historyRecord.ts';

const MINUTE_MS = 60_000;
const SHARES = 240;

const p2pool: PoolSettings = {
  ...{ id: 'p2pool', name: 'P2Pool', kind: 'stratum', host: '127.0.0.1', port: 3333 },
  ...{ tls: { use: 'none' }, login: { use: 'text', text: 'x' }, password: 'x' },
};

let folder = '';
let clock: FakeClock;
let settings: Settings;
let mined: HistoryRecord[];
let credit: P2poolCredit;
let changes: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-p2pool-credit-'));
  mkdirSync(join(folder, 'local'));
  clock = new FakeClock();
  const money = { ...defaultSettings().money, p2poolFolder: folder };
  settings = { ...defaultSettings(), pools: [p2pool], money };
  mined = [];
  changes = 0;
  credit = new P2poolCredit({
    clock,
    settings: () => settings,
    readings: new Readings(join(folder, 'credits.json')),
    minedSince: (sinceMs) => Promise.resolve(mined.filter(({ atMs }) => atMs >= sinceMs)),
    onChange: () => (changes += 1),
  });
  starts();
});
afterEach(() => {
  credit.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: object): void {
  const file = join(folder, 'local', name);
  writeFileSync(file, JSON.stringify(content));
  utimesSync(file, clock.wallMs() / 1000, clock.wallMs() / 1000);
}
const starts = () => write('console', { mode: 'tty' });
const counts = (hashes: number) => write('stratum', { total_hashes: hashes, connections: 1 });

/** A share of difficulty 1000 each minute, and then what P2Pool has counted in all. */
async function mine(counted: number, change: Partial<HistoryRecord> = {}) {
  const { host, port } = p2pool;
  const source = { kind: 'stratum' as const, host, port, tls: false };
  for (let minute = 0; minute < SHARES; minute += 1) {
    mined.push(minuteAt(clock.wallMs() + minute * MINUTE_MS, { source, ...change }));
  }
  clock.advance(SHARES * MINUTE_MS);
  counts(counted);
  await credit.look();
}

it('compares what was sent to it with what it counted, from its own files', async () => {
  counts(7_000_000);
  await credit.look();
  expect(credit.credit).toMatchObject({ verdict: 'tooShort', sentHashes: 0 });
  await mine(7_240_000);
  expect(credit.credit).toMatchObject({
    ...{ verdict: 'within', shares: SHARES, sentHashes: 240_000, creditedHashes: 240_000 },
  });
});

it('compares as soon as somebody wants to know, at first and of another folder', async () => {
  const { money } = settings;
  counts(0);
  expect(credit.credit).toBeNull();
  await expect.poll(() => credit.credit).toMatchObject({ verdict: 'tooShort' });
  expect(changes).toBe(1);
  settings = { ...settings, money: { ...money, p2poolFolder: join(folder, 'none') } };
  expect(credit.credit).toBeNull();
  settings = { ...settings, money };
  await expect.poll(() => credit.credit).toMatchObject({ verdict: 'tooShort' });
});

it('notices what it did not count, and what it counted of others', async () => {
  counts(0);
  await credit.look();
  await mine(100_000);
  expect(credit.credit?.verdict).toBe('less');
  await mine(900_000);
  expect(credit.credit?.verdict).toBe('more');
});

it('counts nothing that was mined elsewhere', async () => {
  counts(0);
  await credit.look();
  await mine(0, { source: { kind: 'stratum', host: 'pool.example', port: 443, tls: true } });
  expect(credit.credit).toMatchObject({ verdict: 'tooShort', sentHashes: 0 });
});

it('begins anew with another start of P2Pool, which counts from 0, whatever it has counted since', async () => {
  counts(50_000);
  await credit.look();
  clock.advance(MINUTE_MS);
  starts();
  await mine(240_000);
  expect(credit.credit).toMatchObject({ verdict: 'tooShort', sentHashes: 0 });
});

it('says nothing where P2Pool does not tell, does not run, or cannot be told from another', async () => {
  await credit.look();
  expect(credit.credit).toBeNull();
  counts(0);
  await credit.look();
  expect(credit.credit).not.toBeNull();
  settings = { ...settings, pools: [p2pool, { ...p2pool, id: 'proxy', port: 3334 }] };
  expect(credit.credit).toBeNull();
  settings = { ...settings, pools: [p2pool] };
  clock.advance(11 * MINUTE_MS);
  await credit.look();
  expect(credit.credit).toBeNull();
});
