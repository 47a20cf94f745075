import { expect, test } from 'vitest';
import { levelAfter } from '../../../electron/desktop/shell/zoom.ts';

const press = (key: string, held: { control?: boolean; meta?: boolean; alt?: boolean } = {}) => ({
  ...{ type: 'keyDown' as const, key, control: false, meta: false, alt: false },
  ...held,
});
const control = { control: true };

test('Ctrl with + and - changes the size step by step, and with 0 as it was', () => {
  expect(levelAfter(press('+', control), 0, false)).toBe(0.5);
  expect(levelAfter(press('=', control), 0.5, false)).toBe(1);
  expect(levelAfter(press('-', control), 1, false)).toBe(0.5);
  expect(levelAfter(press('0', control), 3, false)).toBe(0);
});

test('text grows to twice its size, and no further', () => {
  let level = 0;
  for (let time = 0; time < 20; time += 1)
    level = levelAfter(press('+', control), level, false) ?? 0;
  expect(1.2 ** level).toBeGreaterThanOrEqual(2);
  expect(levelAfter(press('+', control), level, false)).toBe(level);
});

test('on a Mac the key is ⌘, and typing changes nothing', () => {
  expect(levelAfter(press('+', { meta: true }), 0, true)).toBe(0.5);
  expect(levelAfter(press('+', control), 0, true)).toBeNull();
  expect(levelAfter(press('+'), 0, false)).toBeNull();
  expect(levelAfter(press('0', { control: true, alt: true }), 2, false)).toBeNull();
  expect(levelAfter({ ...press('+', control), type: 'keyUp' }, 0, false)).toBeNull();
});
