// @vitest-environment node
import { inOtherLanguages, inLongWords, leftwards } from './languages.ts';
import { byKeyboard } from './keyboard.ts';
import { inEveryLight, lookAt } from './look.ts';
import { otherScenes, quickScenes } from './scenes.ts';

/** Before there are settings to choose a language in. */
const isBeforeSettings = (name: string) => name.startsWith('app-');

/** With the quick ones, one scene of every screen: what axe says of it in another language it says of all its states. */
const SCREENS: ReadonlySet<string> = new Set([
  ...['wizard-consent', 'wizard-wallet-good', 'wizard-power', 'wizard-review'],
  ...['logs', 'about'],
]);

lookAt([
  ...quickScenes.map(
    ([name, scene]) => [name, scene, [inOtherLanguages, inLongWords, leftwards]] as const,
  ),
  ...otherScenes.map(
    ([name, scene]) =>
      [
        name,
        scene,
        isBeforeSettings(name)
          ? [inEveryLight]
          : [
              ...[inEveryLight, inOtherLanguages],
              ...(SCREENS.has(name) ? [inLongWords, leftwards, byKeyboard] : []),
            ],
      ] as const,
  ),
]);
