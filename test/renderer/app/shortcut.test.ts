import { expect, test } from 'vitest';
import { pressed } from '../../../renderer/app/commands/shortcut.ts';

const press = (key: string, code: string, held: { shiftKey?: boolean; altKey?: boolean } = {}) =>
  pressed(
    {
      ...{ key, code, ctrlKey: true, metaKey: false, altKey: false, shiftKey: false },
      ...{ repeat: false, ...held },
    },
    false,
  );

test.each([
  ['English', '1', 'Digit1', false, '1'],
  ['English', 'K', 'KeyK', false, 'k'],
  ['German', '.', 'Period', false, '.'],
  ['French, without Shift', '&', 'Digit1', false, '1'],
  ['French, with Shift', '1', 'Digit1', true, '1'],
  ['French, the full stop', '.', 'Comma', true, '.'],
  ['Czech', '+', 'Digit1', false, '1'],
  ['Russian', 'л', 'KeyK', false, 'k'],
  ['Ukrainian', 'з', 'KeyP', false, 'p'],
  ['Arabic', 'ب', 'KeyF', false, 'f'],
  ['French, where letters have another place', 'a', 'KeyQ', false, 'a'],
])('on a keyboard that is %s, Ctrl with %s (%s) is found', (_, key, code, shiftKey, found) => {
  expect(press(key, code, { shiftKey })).toBe(found);
});

test('other modifiers make it another shortcut', () => {
  expect(press('K', 'KeyK', { shiftKey: true })).toBeNull();
  expect(press('k', 'KeyK', { altKey: true })).toBeNull();
});
