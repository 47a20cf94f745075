// @vitest-environment node
import { byKeyboard } from './keyboard.ts';
import { leftwards } from './languages.ts';
import { inEveryLight, lookAt } from './look.ts';
import { quickScenes } from './scenes.ts';

/** It has a bit of everything: figures, a chart, sentences, buttons. */
const MIRRORED = 'dashboard-mining';

lookAt(
  quickScenes.map(([name, scene]) => [
    ...([name, scene] as const),
    name === MIRRORED ? [inEveryLight, leftwards, byKeyboard] : [inEveryLight, byKeyboard],
  ]),
);
