import { expect, it } from 'vitest';
import { amountText, parseAmount } from '../../../../renderer/screens/dashboard/money/amount.ts';

it.each([
  ['0.30', 0.3],
  ['0,30', 0.3],
  [' 152 ', 152],
  ['1,234.5', 1234.5],
  ['1.234,5', 1234.5],
  ['1 234,5', 1234.5],
  ['612,345,678,901', 612_345_678_901],
  ['612.345.678.901', 612_345_678_901],
  ['600 G', 6e11],
  ['600B', 6e11],
  ['0.6T', 6e11],
  ['-0.02', -0.02],
  ['٠٫٣٠', 0.3],
  ['۱۵۲', 152],
  ['０．３０', 0.3],
  ['', null],
])('%s is %s', (text, amount) => {
  expect(parseAmount(text, 'en')).toBe(amount);
});

it.each([
  ['1,234', 1234, 1.234],
  ['1.234', 1.234, 1234],
  ['0,125', 0.125, 0.125],
  ['25.000', 25, 25_000],
])('%s is %s in English and %s in German', (text, english, german) => {
  expect(parseAmount(text, 'en')).toBe(english);
  expect(parseAmount(text, 'de')).toBe(german);
});

it.each(['many', '1e5', '5 W', '--1', '.', '0x10', '∞'])('%s is no amount', (text) => {
  expect(parseAmount(text, 'en')).toBeNaN();
});

it.each(['en', 'de', 'fr', 'ar', 'ar-EG', 'ja'])(
  'what is written in %s is read as it was',
  (language) => {
    for (const value of [0.3, 1.234, 25_000, 612_345_678_901, 0.000123, -4.5]) {
      expect(parseAmount(amountText(value, language), language)).toBe(value);
    }
  },
);
