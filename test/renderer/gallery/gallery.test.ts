// @vitest-environment node
import { byKeyboard } from './keyboard.ts';
import { lookAt, type Look } from './look.ts';
import { quickScenes } from './scenes/all.ts';
import { lookAround, picture } from './ways.ts';

/** The one in the README is copied to docs/images/dashboard.png. */
const forReadme: Look = async (page, name) => {
  if (name !== 'dashboard-mining') return;
  await page.setViewportSize({ width: 1280, height: 760 });
  await picture(page, 'README');
};

lookAt(quickScenes, () => [forReadme, lookAround, byKeyboard]);
