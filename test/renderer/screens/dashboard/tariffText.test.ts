import { expect, it } from 'vitest';
import {
  parseWindows,
  textOfWindows,
} from '../../../../renderer/screens/dashboard/money/tariffText.ts';

const night = { from: 22, to: 6, perKwh: 0.18 };
const noon = { from: 12, to: 14, perKwh: -0.02 };

it.each([
  ['', []],
  ['22-6: 0.18', [night]],
  ['22 – 6 : 0,18 ; 12-14:-0.02;', [night, noon]],
  ['２２－６：０．１８；', [night]],
])('%j are %j', (text, windows) => {
  expect(parseWindows(text, 'en')).toEqual(windows);
});

it.each(['22-6', '22-6: cheap', '24-6: 0.1', '1-25: 0.1', '22-6: 0.18, 12-14: 0.2', 'x; 1-2: 0.1'])(
  '%j is none of that',
  (text) => {
    expect(parseWindows(text, 'en')).toBeNull();
  },
);

it('no more are taken than are kept', () => {
  expect(parseWindows('1-2: 0.1;'.repeat(24), 'en')).toHaveLength(24);
  expect(parseWindows('1-2: 0.1;'.repeat(25), 'en')).toBeNull();
});

it.each(['en', 'de', 'ar-EG'])('what is written in %s is read again as it was', (language) => {
  const dear = { from: 14, to: 22, perKwh: 4.512 };
  const windows = [night, noon, dear];
  expect(parseWindows(textOfWindows(windows, language), language)).toEqual(windows);
});
