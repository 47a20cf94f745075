import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { languages } from '../../../electron/contract/text/catalogues.ts';
import { directionOf } from '../../../electron/contract/text/language.ts';
import { violations, type Rules } from './axe.ts';
import { misfits } from './layout.ts';
import type { Look } from './look.ts';
import type { Exposed } from './pane.ts';
import { screens } from './scenes/all.ts';
import type { Stage } from './stage.ts';

/** A window: the smallest one with text of 200 %, one of half a screen, and a whole wide screen. */
const windows = {
  small: { width: 320, height: 380 },
  usual: { width: 900, height: 760 },
  wide: { width: 1920, height: 1080 },
} as const;

/** How a page is looked at, and by which of axe's rules, if any. */
interface Way {
  readonly size: keyof typeof windows;
  readonly language: string;
  readonly theme: 'light' | 'dark';
  readonly rules: Rules | null;
}

/** The language that the app is written in, one with long words, and one that is written leftwards. */
const READ = ['en', 'de', 'ar'];
/** Beside those: what fits in these fits in the others. Long words, and long sentences. */
const FITTED = ['ru', 'fr'];
/** `npm run test:long` looks at every language, and lets axe judge colours and sizes in every way. */
const inFull = process.env['IBCT_EVERY_WAY'] === '1';
const fitted = languages
  .filter((language) => (inFull ? !READ.includes(language) : FITTED.includes(language)))
  .map((language) => inLight('usual', language, null));

function inLight(size: Way['size'], language: string, rules: Way['rules']): Way {
  return { size, language, theme: 'light', rules };
}

/**
 * A theme changes nothing but colours; a narrow window what is there at all; a language, of what axe judges, only sizes. So
 * each theme meets a usual and a narrow window in the rules for colours, and each width long words in those for sizes.
 */
function rulesFor({ size, language, theme }: Omit<Way, 'rules'>): Rules | null {
  const window = `${size} ${language}`;
  if (window === 'usual en' && theme === 'light') return 'everything';
  if (inFull || window === 'usual en' || window === 'small ar') return 'colours';
  return theme === 'light' && language === 'de' && size !== 'usual' ? 'shape' : null;
}

/** What a width or a language may put out of its place is looked at in all pairs; each language is spoken once, as that costs. */
const everyWay: readonly Way[] = [
  ...READ.flatMap((language) =>
    (['usual', 'small', 'wide'] as const).flatMap((size) =>
      (['light', 'dark'] as const)
        .map((theme) => ({ size, language, theme }))
        .map((way) => ({ ...way, rules: rulesFor(way) })),
    ),
  ),
  ...fitted,
];

/** For another state of a screen: most of it is the same. */
const someWays: readonly Way[] = [
  inLight('usual', 'en', 'everything'),
  { ...inLight('usual', 'en', 'colours'), theme: 'dark' },
  inLight('usual', 'de', null),
  inLight('small', 'de', 'shape'),
  ...['ar', 'ru'].map((language) => inLight('usual', language, null)),
];

/** Nothing may be cut off, stand out of its place or scroll sideways, and axe may object to nothing. */
export const lookAround: Look = async (page, name, stage) => {
  const ways = screens.has(name) ? everyWay : someWays;
  for (const way of stage.canSpeak ? ways : ways.filter(({ language }) => language === 'en')) {
    const { size, language, theme, rules } = way;
    const title = `${name}-${language}-${theme}-${windows[size].width}`;
    if (theme === 'dark' && rules === null && !isAsked(title)) continue;
    await page.setViewportSize(windows[size]);
    await show(page, stage, way);
    if (theme === 'light') expect(await misfits(page), title).toEqual([]);
    if (rules !== null) expect(await violations(page, rules), title).toEqual([]);
    await picture(page, title);
  }
  await page.setViewportSize(windows.usual);
  await show(page, stage, { language: 'en', theme: 'light' });
  if (ways === someWays) return;
  await page.evaluate(space, true);
  expect(await misfits(page), `${name}, spaced`).toEqual([]);
  await page.evaluate(space, false);
};

async function show(
  page: Page,
  stage: Stage,
  { language, theme }: Pick<Way, 'language' | 'theme'>,
): Promise<void> {
  const settings = stage.canSpeak ? await stage.settings() : null;
  const direction = await page.evaluate(speak, { settings, language, theme });
  expect(direction).toBe(directionOf(language));
}

/** Runs in the page, which it tells of settings with this language. Returns which way it is written. */
async function speak(wanted: {
  readonly settings: { readonly appearance: object } | null;
  readonly language: string;
  readonly theme: string;
}): Promise<string> {
  const { settings, language, theme } = wanted;
  const root = document.documentElement;
  root.dataset['theme'] = theme;
  if (settings !== null && root.lang !== language) {
    const { deliver } = window as unknown as Exposed;
    const payload = { ...settings, appearance: { ...settings.appearance, language } };
    deliver([{ name: 'settings', payload }]);
    while (root.lang !== language) await new Promise((resolve) => setTimeout(resolve));
    await document.fonts.ready;
  }
  await new Promise(requestAnimationFrame);
  return document.dir;
}

/** Runs in the page: letters, words, lines and paragraphs as far apart as WCAG 2.2 (1.4.12) lets a reader set them. */
function space(isWide: boolean): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }' +
      'p { margin-bottom: 2em !important }',
  );
  document.adoptedStyleSheets = isWide ? [sheet] : [];
}

/** Where pictures go when `IBCT_PICTURES` asks for some: `1`, or a pattern of their names. */
const folder = fileURLToPath(new URL('../../../test-artefacts/gallery', import.meta.url));
const asked = process.env['IBCT_PICTURES'];
const isAsked = (name: string) =>
  asked !== undefined && (asked === '1' || new RegExp(asked).test(name));

/** One picture for people to judge; nobody looks at what a test takes by itself. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!isAsked(name)) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}
