import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  cheapestOf,
  meanPrice,
  pricesOf,
  type TariffWindow,
} from '../../electron/contract/tariff.ts';

const anyPrice = fc.double({ min: -1, max: 1, noNaN: true });
const anyPrices = fc.array(anyPrice, { minLength: 24, maxLength: 24 });
const anyDay = fc
  .array(fc.constantFrom('0', '1'), { minLength: 24, maxLength: 24 })
  .map((hours) => hours.join(''));
const hours = (day: string) =>
  Array.from(day).flatMap((digit, hour) => (digit === '1' ? [hour] : []));

it.each<[TariffWindow[], number[]]>([
  [[], []],
  [[{ from: 12, to: 14, perKwh: 1 }], [12, 13]],
  [[{ from: 22, to: 2, perKwh: 1 }], [0, 1, 22, 23]],
  [[{ from: 22, to: 24, perKwh: 1 }], [22, 23]],
  [
    [
      { from: 3, to: 5, perKwh: 1 },
      { from: 4, to: 6, perKwh: 2 },
    ],
    [3, 4],
  ],
])('with %j the hours %j have the first window’s price', (windows, priced) => {
  const prices = pricesOf({ value: 0, windows });
  expect(prices).toHaveLength(24);
  expect(prices.flatMap((price, hour) => (price === 1 ? [hour] : []))).toEqual(priced);
});

it('the cheapest hours are as many as asked for, of those that count, and none left out is cheaper', () => {
  fc.assert(
    fc.property(anyDay, anyPrices, fc.integer({ min: 1, max: 23 }), (day, prices, count) => {
      const chosen = hours(cheapestOf(day, prices, count));
      const candidates = hours(day);
      expect(chosen).toHaveLength(Math.min(count, candidates.length));
      expect(candidates).toEqual(expect.arrayContaining(chosen));
      const dearest = Math.max(...chosen.map((hour) => prices[hour] ?? NaN), -Infinity);
      for (const hour of candidates.filter((one) => !chosen.includes(one))) {
        expect(prices[hour]).toBeGreaterThanOrEqual(dearest);
      }
    }),
  );
});

it('the mean is that of the hours mined, and of all where none is', () => {
  const prices = pricesOf({ value: 0.3, windows: [{ from: 0, to: 12, perKwh: 0.1 }] });
  const day = (digits: string) => Array<string>(7).fill(digits);
  expect(meanPrice(day('1'.repeat(24)), prices)).toBeCloseTo(0.2, 12);
  expect(meanPrice(day('1'.repeat(12) + '0'.repeat(12)), prices)).toBeCloseTo(0.1, 12);
  expect(meanPrice(day('0'.repeat(24)), prices)).toBeCloseTo(0.2, 12);
});
