import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pricesOf, tariff } from '../../../electron/contract/tariff.ts';
import { parseTariff, readTariffFile } from '../../../electron/core/money/tariffCsv.ts';
import { anyText } from '../../support/anyText.ts';

/** Night 0.18, day 0.31. */
const prices = Array.from({ length: 24 }, (_, hour) => (hour < 6 || hour >= 22 ? 0.18 : 0.31));
const two = (hour: number) => String(hour).padStart(2, '0');
const table = (row: (hour: number, price: number) => string, heading = '') =>
  heading + prices.map((price, hour) => row(hour, price)).join('\n');
const comma = (price: number) => String(price).replace('.', ',');

it.each([
  ['hours and points', table((hour, price) => `${hour},${price}`)],
  ['a heading', table((hour, price) => `${hour};${comma(price)}`, 'Stunde;Preis (ct)\n')],
  ['times', table((hour, price) => `${two(hour)}:00;${comma(price)};`)],
  ['spans', table((hour, price) => `"${two(hour)}:00 - ${two(hour + 1)}:00","${comma(price)}"`)],
  ['spans over midnight', table((hour, price) => `${hour}-${(hour + 1) % 24}\t${price}`)],
  ['dates', table((hour, price) => `2026-11-27T${two(hour)}:00:00+01:00,${price}`)],
  ['German dates', table((hour, price) => `27.11.2026 ${two(hour)}:00;${comma(price)}`)],
  ['Windows', `\r\n${table((hour, price) => `${hour};${comma(price)}\r`)}\n\n`],
])('reads a table with %s', (_, text) => {
  const read = parseTariff(text);
  expect(read).toEqual({
    ok: true,
    value: {
      value: 0.31,
      windows: [
        { from: 0, to: 6, perKwh: 0.18 },
        { from: 22, to: 24, perKwh: 0.18 },
      ],
    },
  });
});

it('of whatever prices, each hour keeps its own, and the settings take it', () => {
  const anyPrice = fc.integer({ min: -50_000, max: 50_000 }).map((price) => price / 10_000);
  const anyDay = fc.oneof(
    fc.array(anyPrice, { minLength: 24, maxLength: 24 }),
    fc.array(fc.constantFrom(0.1, 0.2, -0.01), { minLength: 24, maxLength: 24 }),
  );
  fc.assert(
    fc.property(anyDay, (day) => {
      const read = parseTariff(day.map((price, hour) => `${hour};${comma(price)}`).join('\n'));
      if (!read.ok) throw new Error(read.error.code);
      expect(pricesOf(tariff.parse(read.value))).toEqual(day);
    }),
  );
});

describe('refuses, and says where', () => {
  const with3 = (line: string) =>
    table((hour, price) => (hour === 3 ? line : `${hour};${comma(price)}`));
  it.each([
    ['tariffColumns', { line: 4, text: '3' }, with3('3')],
    ['tariffColumns', { line: 4, text: '3;0,25;0,30' }, with3('3;0,25;0,30')],
    ['tariffHour', { line: 4, text: '3:15' }, with3('3:15;0,25')],
    ['tariffHour', { line: 4, text: '24' }, with3('24;0,25')],
    ['tariffHour', { line: 4, text: '3-6' }, with3('3-6;0,25')],
    ['tariffPrice', { line: 4, text: 'cheap' }, with3('3;cheap')],
    ['tariffPrice', { line: 4, text: '1.234,5' }, with3('3;1.234,5')],
    ['tariffPrice', { line: 4, text: '' }, with3('3;')],
    ['tariffTwice', { line: 4, hour: 2 }, with3('2;0,99')],
    ['tariffMissing', { hours: '3' }, with3('2;0,18')],
    ['tariffMissing', { hours: Array.from({ length: 24 }, (_, hour) => hour).join(', ') }, ''],
    // Commas between columns and in prices cannot be told apart.
    [
      'tariffColumns',
      { line: 1, text: '0,0,18' },
      table((hour, price) => `${hour},${comma(price)}`),
    ],
  ])('%s %j', (code, values, text) => {
    expect(parseTariff(text)).toEqual({ ok: false, error: { code, values } });
  });

  it('whatever else a file may hold', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parseTariff(text).ok).toBe(false);
      }),
    );
  });
});

it('reads a file of a bounded size, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ibctminer-tariff-'));
  try {
    const file = join(folder, 'prices.csv');
    writeFileSync(file, `\uFEFF${table((hour, price) => `${hour};${comma(price)}`)}`);
    expect(readTariffFile(file)).toMatchObject({ ok: true });
    writeFileSync(file, '1;2\n'.repeat(300_000));
    for (const unreadable of [file, folder]) {
      expect(readTariffFile(unreadable)).toMatchObject({ error: { code: 'tariffUnreadable' } });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
