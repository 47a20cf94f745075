import { expect, test } from 'vitest';
import {
  compact,
  fileSize,
  hashrateText,
  percent,
} from '../../../electron/contract/text/numbers.ts';
import { duration, period, roughly } from '../../../electron/contract/text/time.ts';

test.each([
  [null, '–'],
  [0, '0.00 H/s'],
  [312.4, '312 H/s'],
  [999.4, '999 H/s'],
  [7214.6, '7.21 kH/s'],
  [14_230, '14.2 kH/s'],
  [2_500_000, '2.50 MH/s'],
])('%s hashes per second read as %s', (rate, text) => {
  expect(hashrateText(rate, 'en')).toBe(text);
});

test('figures follow the language', () => {
  expect(hashrateText(7214.6, 'de')).toBe('7,21 kH/s');
  expect(percent(0.614, 'en')).toBe('61%');
  expect(compact(2_160_000, 'en')).toBe('2.16M');
});

test.each([
  [0, '0 s'],
  [48_000, '48 s'],
  [61_000, '1 min 1 s'],
  [8_058_000, '2 h 14 min'],
  [7_200_000, '2 h'],
])('%i ms last %s', (milliseconds, text) => {
  expect(duration(milliseconds, 'en')).toBe(text);
});

test('figures keep their order between words written leftwards', () => {
  expect(duration(61_000, 'ar')).toBe('\u20681 min 1 s\u2069');
  expect(hashrateText(312, 'ar')).toBe('\u2068312 H/s\u2069');
});

test('an estimate has one unit', () => {
  expect(roughly(540_000, 'en')).toBe('9 min');
  expect(roughly(10, 'en')).toBe('1 s');
});

test.each([
  [0, '0 kB'],
  [512, '0.5 kB'],
  [12_345, '12 kB'],
  [999_999, '1,000 kB'],
  [8_178_720, '8.2 MB'],
])('a file of %i bytes is %s', (bytes, text) => {
  expect(fileSize(bytes, 'en')).toBe(text);
});

test.each([
  [3 * 60_000, 'Mar 28, 12:00 – 12:03 PM'],
  [2 * 3_600_000, 'Mar 28, 12:00 – 2:00 PM'],
])('%i ms from noon on are the period %s', (ms, text) => {
  const noon = new Date(2026, 2, 28, 12).getTime();
  expect(period(noon, noon + ms, 'en').replace(/\s/g, ' ')).toBe(text);
});

test('a day that the clocks make shorter is told as that day', () => {
  const midnight = new Date(2026, 2, 29).getTime();
  expect(period(midnight, midnight + 23 * 3_600_000, 'en')).toBe('Sun, Mar 29');
});
