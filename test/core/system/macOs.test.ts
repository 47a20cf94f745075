import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chargeIn, programsIn } from '../../../electron/core/system/macOs.ts';

it('the programs that ps prints are named once each, spaces and all', () => {
  const printed = 'launchd\nGoogle Chrome Helper \nlogd\nGoogle Chrome Helper \nzsh\n\n';
  expect(programsIn(printed)).toEqual(['Google Chrome Helper', 'launchd', 'logd', 'zsh']);
});

const battery = (rest: string) =>
  `Now drawing from 'Battery Power'\n -InternalBattery-0 (id=4653155)\t${rest}\n`;

it.each([
  [battery('95%; discharging; 4:32 remaining present: true'), 95],
  [battery('100%; charged; 0:00 remaining present: true'), 100],
  [battery('7%; discharging; (no estimate) present: true'), 7],
  [battery('950%; discharging'), null],
  ["Now drawing from 'AC Power'\n", null],
  ["Now drawing from 'UPS Power'\n -Back-UPS ES (id=1)\t80%; charging present: true\n", null],
  ['', null],
])('the charge in %j is %s', (printed, percent) => {
  expect(chargeIn(printed)).toBe(percent);
});

it('a tool that failed leaves what was known', () => {
  expect(programsIn(null, ['zsh'])).toEqual(['zsh']);
  expect(chargeIn(null, 42)).toBe(42);
  expect(chargeIn('', 42)).toBeNull();
});

it('whatever is printed gives names, and a charge of 0 to 100', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('\n', '\t', ' ', '0', '7', '%', ';', 'ß') }),
      (text) => {
        for (const name of programsIn(text)) expect(name.trim()).toBe(name);
        const percent = chargeIn(battery(text));
        expect(percent === null || (percent >= 0 && percent <= 100)).toBe(true);
      },
    ),
  );
});
