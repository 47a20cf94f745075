// @vitest-environment node
import { inEveryLanguage, inLongWords, leftwards } from './languages.ts';
import { inEveryLight, lookAt } from './look.ts';
import { otherScenes, quickScenes } from './scenes.ts';

/** Before there are settings to choose a language in. */
const isBeforeSettings = (name: string) => name.startsWith('app-');

lookAt([
  ...quickScenes.map(
    ([name, scene]) => [name, scene, [inEveryLanguage, inLongWords, leftwards]] as const,
  ),
  ...otherScenes.map(
    ([name, scene]) =>
      [
        name,
        scene,
        isBeforeSettings(name) ? [inEveryLight] : [inEveryLight, inEveryLanguage],
      ] as const,
  ),
]);
