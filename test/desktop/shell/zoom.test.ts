import { expect, test } from 'vitest';
import { levelAfter, zoomOf } from '../../../electron/desktop/shell/zoom.ts';

interface Held {
  readonly code?: string;
  readonly control?: boolean;
  readonly meta?: boolean;
  readonly alt?: boolean;
}
const press = (key: string, held: Held = {}) => ({
  ...{ type: 'keyDown' as const, key, code: '', control: false, meta: false, alt: false },
  ...held,
});
const control = { control: true };

test('Ctrl with + and - asks for another size, and with 0 for the size that was', () => {
  expect(zoomOf(press('+', control), false)).toBe('in');
  expect(zoomOf(press('=', control), false)).toBe('in');
  expect(zoomOf(press('-', control), false)).toBe('out');
  expect(zoomOf(press('0', control), false)).toBe('reset');
});

test('each step in is taken back by one out, and all of them by one key', () => {
  expect(levelAfter('out', levelAfter('in', 1))).toBe(1);
  expect(levelAfter('reset', 3)).toBe(0);
});

test('text grows to twice its size, and no further', () => {
  let level = 0;
  for (let time = 0; time < 20; time += 1) level = levelAfter('in', level);
  expect(1.2 ** level).toBeGreaterThanOrEqual(2);
  expect(levelAfter('in', level)).toBe(level);
});

test('on a Mac the key is ⌘, and typing changes nothing', () => {
  expect(zoomOf(press('+', { meta: true }), true)).toBe('in');
  expect(zoomOf(press('+', control), true)).toBeNull();
  expect(zoomOf(press('+'), false)).toBeNull();
  expect(zoomOf(press('0', { control: true, alt: true }), false)).toBeNull();
  expect(zoomOf({ ...press('+', control), type: 'keyUp' }, false)).toBeNull();
});

test('what a French or Czech keyboard has on its digits zooms nothing: they open screens', () => {
  expect(zoomOf(press('-', { ...control, code: 'Digit6' }), false)).toBeNull();
  expect(zoomOf(press('+', { ...control, code: 'Digit1' }), false)).toBeNull();
  expect(zoomOf(press('à', { ...control, code: 'Digit0' }), false)).toBe('reset');
});
