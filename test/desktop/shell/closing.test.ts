import { expect, it } from 'vitest';
import { onClosePressed } from '../../../electron/desktop/shell/closing.ts';

it('asks until the user has chosen', () => {
  expect(onClosePressed('ask', true)).toBe('ask');
  expect(onClosePressed('ask', false)).toBe('ask');
});

it('does what was chosen', () => {
  expect(onClosePressed('quit', true)).toBe('quit');
  expect(onClosePressed('quit', false)).toBe('quit');
  expect(onClosePressed('background', true)).toBe('hide');
});

it('never hides where no tray could bring the window back', () => {
  expect(onClosePressed('background', false)).toBe('ask');
});
