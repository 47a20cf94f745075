import { expect, it } from 'vitest';
import { onScreen } from '../../../electron/desktop/shell/windowState.ts';

const laptop = { x: 0, y: 0, width: 1440, height: 900 };
const second = { x: 1440, y: -200, width: 1920, height: 1080 };
const size = { width: 1120, height: 760 };

it('a window stays where it was on a screen that is still there', () => {
  const state = { x: 1500, y: -150, ...size };
  expect(onScreen(state, [laptop, second])).toEqual(state);
});

it.each([
  ['whose screen is gone', { x: 1500, y: -150, ...size }],
  ['whose title bar is above the screen', { x: 10, y: -40, ...size }],
  ['that shows a sliver only', { x: 1400, y: 10, ...size }],
])('a window %s keeps its size and is placed anew', (_what, state) => {
  expect(onScreen(state, [laptop])).toEqual(size);
});
