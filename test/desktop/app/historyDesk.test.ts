import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HistoryRecord } from '../../../electron/contract/history.ts';
import { HistoryStore } from '../../../electron/core/history/store.ts';
import { HistoryDesk } from '../../../electron/desktop/app/historyDesk.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { minuteAt } from '../../support/historyRecord.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let folder = '';
let soFar: HistoryRecord[] = [];
let chosen: string | null = null;
let proposed = '';
const clock = new FakeClock();
const now = clock.wallMs();

function open(): { store: HistoryStore; desk: HistoryDesk } {
  const store = new HistoryStore(folder, () => undefined);
  const desktop = {
    minuteSoFar: () => soFar,
    writeMinute: () => {
      store.append(soFar);
      soFar = [];
    },
  };
  const chooseFile = (name: string) => {
    proposed = name;
    return Promise.resolve(chosen);
  };
  return { store, desk: new HistoryDesk({ clock, store, desktop, chooseFile }) };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-desk-'));
  soFar = [];
  chosen = null;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('shows the minute in the making with those in the files, once', async () => {
  const { store, desk } = open();
  soFar = [minuteAt(now - MINUTE_MS, { hashes: 7 })];
  store.append([minuteAt(now - 2 * MINUTE_MS, { hashes: 70 })]);
  expect((await desk.view('quarterHour', 'mining')).total.hashes).toBe(77);
  expect((await desk.overview('mining')).total.hashes).toBe(77);
  expect((await desk.overview('practice')).total.hashes).toBe(0);
});

it('counts a minute once that is written while a year is being read', async () => {
  const { store, desk } = open();
  for (let day = 100; day >= 0; day--) {
    store.append([minuteAt(now - day * DAY_MS - 2 * MINUTE_MS, { hashes: 1 })]);
  }
  soFar = [minuteAt(now - MINUTE_MS, { hashes: 1000 })];
  const reading = desk.view('year', 'mining');
  store.append(soFar);
  soFar = [];
  expect((await reading).total.hashes).toBe(1101);
});

it('remembers over restarts what all time came to', async () => {
  for (const run of [1, 2]) {
    const { store } = open();
    store.append([minuteAt(now - run * DAY_MS, { runAtMs: run, bestDifficulty: run * 10 })]);
  }
  const { total, sessionCount, sinceMs } = await open().desk.overview('mining');
  expect(total).toMatchObject({ hashes: 120_000, accepted: 2, bestDifficulty: 20 });
  expect({ sessionCount, sinceMs }).toEqual({ sessionCount: 2, sinceMs: 1 });
});

it('exports all of it where the user says, in order, or nothing when he thinks better of it', async () => {
  const { store, desk } = open();
  soFar = [minuteAt(now - MINUTE_MS, { hashes: 3 })];
  store.append([minuteAt(now - 3 * DAY_MS, { hashes: 1 }), minuteAt(now - DAY_MS, { hashes: 2 })]);
  expect(await desk.export('json')).toEqual({ ok: true, value: null });
  expect(proposed).toBe('ibctminer-history-2026-01-01.json');
  chosen = join(folder, 'mine.json');
  expect(await desk.export('json')).toEqual({ ok: true, value: chosen });
  const rows = JSON.parse(readFileSync(chosen, 'utf8')) as { hashes: number }[];
  expect(rows.map(({ hashes }) => hashes)).toEqual([1, 2, 3]);
});

it('says where the export could not be written, and why', async () => {
  chosen = join(folder, 'nowhere', 'mine.csv');
  expect(await open().desk.export('csv')).toMatchObject({
    ok: false,
    error: { code: 'exportUnwritable', values: { file: chosen } },
  });
});

it('deletes everything, the minute in the making too', async () => {
  const { store, desk } = open();
  store.append([minuteAt(now - DAY_MS)]);
  soFar = [minuteAt(now - MINUTE_MS)];
  expect(desk.state()).toMatchObject({ folder: join(folder, 'history-1'), fault: null });
  expect(desk.state().bytes).toBeGreaterThan(100);
  expect(desk.deleteAll()).toEqual({ ok: true, value: undefined });
  expect((await desk.overview('mining')).sessionCount).toBe(0);
  expect(desk.state().bytes).toBe(0);
  expect(readdirSync(join(folder, 'history-1'))).toEqual([]);
});
