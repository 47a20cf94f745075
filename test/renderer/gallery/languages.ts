import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Settings } from '../../../electron/contract/settings.ts';
import { languages } from '../../../electron/contract/text/catalogues.ts';
import { directionOf } from '../../../electron/contract/text/language.ts';
import { lasting, pictures, violations, type Look } from './look.ts';
import type { Stage } from './stage.ts';

const all: readonly string[] = languages;
const others = all.filter((language) => language !== 'en');
/**
 * What fits in these fits in the others, which `npm run test:long` looks at: long words (German, Russian), long sentences
 * (French), leftwards, and without spaces to break lines at (Japanese).
 */
const TELLING = ['de', 'ru', 'fr', 'ar', 'ja'];
const telling = others.filter(
  (language) => TELLING.includes(language) || process.env['IBCT_EVERY_LANGUAGE'] === '1',
);
const leftward = others.filter((language) => directionOf(language) === 'rtl');
/** Those with long words: what fits in them in a narrow window fits in the others. */
const LONG = ['de', 'ru'];
const long = others.filter((language) => LONG.includes(language));

/** In other languages than English nothing is cut off, nothing stands out of its place. */
export const inOtherLanguages: Look = async (page, _, stage) => {
  const settings = await settingsOf(stage);
  const wide = await misfitsAt(page, 900, settings, telling);
  expect([...wide, ...(await misfitsAt(page, 480, settings, long))]).toEqual([]);
};

/** In a language with long words: a picture for people to judge, and nothing that axe objects to. */
export const inLongWords: Look = pictured(long.slice(0, 1));

/** The same in what is written leftwards. */
export const leftwards: Look = pictured(leftward);

function pictured(chosen: readonly string[]): Look {
  return async (page, name, stage) => {
    const settings = await settingsOf(stage);
    for (const language of chosen) {
      expect(await misfitsAt(page, 900, settings, [language])).toEqual([]);
      expect(await page.evaluate(() => document.dir)).toBe(directionOf(language));
      expect(await violations(page, 'everything'), language).toEqual([]);
      await page.screenshot({ path: `${pictures}/${name}-${language}.png` });
    }
  };
}

async function settingsOf({ app }: Stage): Promise<Settings> {
  const settings = await app.bridge.settings.get();
  if (!settings.ok) throw new Error(`The settings cannot be read: ${settings.error.code}.`);
  return settings.value;
}

async function misfitsAt(
  page: Page,
  width: number,
  settings: Settings,
  chosen: readonly string[],
): Promise<string[]> {
  await page.setViewportSize({ width, height: 760 });
  const found = await lasting(() => page.evaluate(misfits, { settings, chosen }));
  return found.map((misfit) => `${misfit} at ${width} px`);
}

/**
 * Runs in the page, which it tells of settings with each of the languages in turn: the innermost elements whose content is
 * larger than they are, without those that scroll.
 */
async function misfits(input: {
  readonly settings: Settings;
  readonly chosen: readonly string[];
}): Promise<string[]> {
  const { deliver } = window as unknown as {
    deliver: (pushed: readonly { name: string; payload: unknown }[]) => void;
  };
  const { appearance } = input.settings;
  const root = document.documentElement;
  // Fields scroll what is typed; charts draw beyond their labels' edge.
  const left = 'input, select, svg *, [role=img], [role=img] *, [role=slider], [role=slider] *';
  const isMeantTo = (element: HTMLElement) =>
    [...element.children].some((child) => getComputedStyle(child).marginInlineEnd.startsWith('-'));
  const isCut = (element: HTMLElement): boolean => {
    const isWide = element.scrollWidth > element.clientWidth + 1;
    const isHigh = element.scrollHeight > element.clientHeight + 1;
    if ((!isWide && !isHigh) || element.clientWidth === 0 || element.matches(left)) return false;
    const { overflowX, overflowY, clipPath } = getComputedStyle(element);
    const scrolls = overflowX === 'auto' || overflowX === 'scroll';
    const isWideFault = isWide && !scrolls && !isMeantTo(element);
    return clipPath === 'none' && (isWideFault || (isHigh && overflowY === 'hidden'));
  };
  const inLanguage = async (language: string): Promise<string[]> => {
    const payload = { ...input.settings, appearance: { ...appearance, language } };
    deliver([{ name: 'settings', payload }]);
    while (root.lang !== language) await new Promise((resolve) => setTimeout(resolve));
    await document.fonts.ready;
    const found = [...document.querySelectorAll<HTMLElement>('html, body *')].filter(isCut);
    return found
      .filter((element) => !found.some((other) => other !== element && element.contains(other)))
      .map(
        (element) =>
          `${language}: ${element.tagName} ${element.className} “${element.textContent.slice(0, 60)}” ` +
          `${element.scrollWidth} × ${element.scrollHeight} in ${element.clientWidth} × ${element.clientHeight}`,
      );
  };
  const all: string[] = [];
  for (const language of input.chosen) all.push(...(await inLanguage(language)));
  return all;
}
