// @vitest-environment node
import { byKeyboard } from './keyboard.ts';
import { lookAt } from './look.ts';
import { otherScenes } from './scenes/all.ts';
import { lookAround } from './ways.ts';

/** With the quick ones, one of every screen. */
const BY_KEYBOARD: ReadonlySet<string> = new Set([
  ...['wizard-consent', 'wizard-wallet-good', 'wizard-power', 'wizard-review'],
  ...['logs', 'about'],
]);

lookAt(otherScenes, (name) => (BY_KEYBOARD.has(name) ? [lookAround, byKeyboard] : [lookAround]));
