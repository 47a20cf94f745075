import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Readings } from '../../../electron/core/poolAccounts/readings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2026, 0, 1);

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-readings-'));
  file = join(folder, 'pool-credits.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (afterMs: number, creditedHashes: number) => ({ atMs: NOW + afterMs, creditedHashes });

it('compares with the oldest of a week, over a new start too', () => {
  const first = new Readings(file);
  expect(first.note('supportxmr', 'A', at(0, 100))).toMatchObject(at(0, 100));
  expect(first.note('supportxmr', 'A', at(60_000, 110))).toMatchObject(at(0, 100));
  expect(first.note('hashvault', 'A', at(HOUR_MS, 5))).toMatchObject(at(HOUR_MS, 5));
  const later = new Readings(file);
  expect(later.note('supportxmr', 'A', at(DAY_MS, 900))).toMatchObject(at(0, 100));
  expect(later.note('supportxmr', 'A', at(7 * DAY_MS, 5000))).toMatchObject(at(DAY_MS, 900));
});

it('keeps one an hour, and a week of them', () => {
  const readings = new Readings(file);
  for (let minute = 0; minute < 10 * 24 * 60; minute += 5) {
    readings.note('supportxmr', 'A', at(minute * 60_000, minute));
  }
  const { readings: kept } = JSON.parse(readFileSync(file, 'utf8')) as { readings: unknown[] };
  expect(kept).toHaveLength(7 * 24);
});

it('begins anew with another address, a count that fell, and a clock that was set back', () => {
  const readings = new Readings(file);
  readings.note('supportxmr', 'A', at(0, 100));
  expect(readings.note('supportxmr', 'B', at(HOUR_MS, 150))).toMatchObject(at(HOUR_MS, 150));
  expect(readings.note('supportxmr', 'B', at(2 * HOUR_MS, 10))).toMatchObject(at(2 * HOUR_MS, 10));
  expect(readings.note('supportxmr', 'B', at(0, 20))).toMatchObject(at(0, 20));
});

it('forgets all when the history is deleted', () => {
  const readings = new Readings(file);
  readings.note('supportxmr', 'A', at(0, 100));
  readings.forget();
  expect(readings.made().isThere()).toBe(false);
  expect(readings.note('supportxmr', 'A', at(HOUR_MS, 200))).toMatchObject(at(HOUR_MS, 200));
});

it.each(['{"version":1,"readings":[{"pool":"no"}]}', 'x', '{"version":2}'])(
  'begins anew where the file holds %j, or cannot be written',
  (text) => {
    writeFileSync(file, text);
    expect(new Readings(file).note('supportxmr', 'A', at(0, 1))).toMatchObject(at(0, 1));
    const nowhere = new Readings(join(folder, 'no', 'folder'));
    nowhere.note('supportxmr', 'A', at(0, 1));
    expect(nowhere.note('supportxmr', 'A', at(HOUR_MS, 2))).toMatchObject(at(0, 1));
  },
);
