import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exported } from '../../../electron/core/history/export.ts';
import { minuteAt } from '../../support/historyRecord.ts';

const minute = minuteAt(Date.UTC(2026, 2, 28, 12, 30, 5), {
  runAtMs: Date.UTC(2026, 2, 28, 11),
  hashes: 300_000,
  hashingMs: 50_000,
  rejected: { shareRefused: 2 },
  stateMs: { mining: 50_000, paused: 10_004 },
  pausedMs: { battery: 10_004, inUse: 2000 },
  watts: 45.5,
});

/** Reads RFC 4180. */
function cellsOf(csv: string): string[][] {
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/gy;
  const rows: string[][] = [[]];
  for (const [, text = '', end] of csv.matchAll(cell)) {
    rows.at(-1)?.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

it('names each column with its unit, and writes times in UTC', () => {
  const [names = [], values = []] = cellsOf(exported('csv', [minute]));
  const row = Object.fromEntries(names.map((name, index) => [name, values[index]]));
  expect(row).toMatchObject({
    start_utc: '2026-03-28T12:30:05.000Z',
    session_start_utc: '2026-03-28T11:00:00.000Z',
    practice: 'false',
    host: 'pool.test',
    hashes: '300000',
    hashing_s: '50',
    hashes_per_s: '6000',
    rejected_shares: '2',
    mining_s: '50',
    paused_s: '10.004',
    paused_by_reason_s: 'battery=10.004 inUse=2',
    power_w: '45.5',
    cpu_temperature_c: '',
  });
});

it('says the same in JSON', () => {
  const [row] = JSON.parse(exported('json', [minute])) as unknown[];
  expect(row).toMatchObject({
    start_utc: '2026-03-28T12:30:05.000Z',
    practice: false,
    hashes: 300_000,
    paused_by_reason_s: { battery: 10.004, inUse: 2 },
    cpu_temperature_c: null,
  });
  expect(JSON.parse(exported('json', []))).toEqual([]);
});

const anything = fc.string({ unit: 'binary' });

it('keeps any text in its cell, and none that a spreadsheet would calculate', () => {
  fc.assert(
    fc.property(fc.constantFrom('', '=', '+', '@', '-'), anything, (first, rest) => {
      const host = first + rest;
      const text = exported('csv', [minuteAt(0, { source: { ...minute.source, host } })]);
      const [names = [], values = []] = cellsOf(text);
      expect(values).toHaveLength(names.length);
      const cell = values[names.indexOf('host')] ?? '';
      expect([host, `'${host}`]).toContain(cell);
      expect(cell).not.toMatch(/^[=+\-@]/);
    }),
    { numRuns: 30 },
  );
});
