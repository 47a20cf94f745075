import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { languages, type Language } from '../../../electron/contract/text/catalogues.ts';
import { directionOf } from '../../../electron/contract/text/language.ts';
import { pictures, violations, type Look } from './look.ts';
import type { Stage } from './stage.ts';

const WIDTHS = [480, 900];
/** Long words, and words that run leftwards. */
const PICTURED: readonly string[] = ['de', 'ar'];

/** In every language but English: nothing is cut off, nothing stands out of its place. */
export const inEveryLanguage: Look = (page, name, stage) =>
  inLanguages(
    languages.filter((language: string) => language !== 'en'),
    [page, name, stage],
  );

/** In those that are written from right to left, if there are any. */
export const leftwards: Look = (page, name, stage) =>
  inLanguages(
    languages.filter((language) => directionOf(language) === 'rtl'),
    [page, name, stage],
  );

async function inLanguages(
  chosen: readonly Language[],
  [page, name, stage]: Parameters<Look>,
): Promise<void> {
  const found: string[] = [];
  for (const language of chosen) {
    await speak(page, stage, language);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 760 });
      const misfitting = await page.evaluate(misfits);
      found.push(...misfitting.map((misfit) => `${language} at ${width} px: ${misfit}`));
    }
    if (!PICTURED.includes(language)) continue;
    expect(await violations(page, 'everything'), language).toEqual([]);
    await page.screenshot({ path: `${pictures}/${name}-${language}.png` });
  }
  expect(found).toEqual([]);
}

/** Chooses a language as the settings do, and waits until everything is said in it. */
async function speak(page: Page, stage: Stage, language: Language): Promise<void> {
  const { settings } = stage.app.bridge;
  const now = await settings.get();
  if (!now.ok) throw new Error(`The settings cannot be read: ${now.error.code}.`);
  await settings.update({ appearance: { ...now.value.appearance, language } });
  await page.locator(`html[lang^="${language}"]`).waitFor({ state: 'attached' });
  expect(await page.evaluate(() => document.dir)).toBe(directionOf(language));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** Runs in the page: the innermost elements whose content is larger than they are, without those that scroll. */
function misfits(): string[] {
  const isMeantTo = (element: HTMLElement) =>
    [...element.children].some((child) => getComputedStyle(child).marginInlineEnd.startsWith('-'));
  const isCut = (element: HTMLElement): boolean => {
    const isWide = element.scrollWidth > element.clientWidth + 1 && !isMeantTo(element);
    const isHigh = element.scrollHeight > element.clientHeight + 1;
    if ((!isWide && !isHigh) || element.clientWidth === 0) return false;
    const { overflowX, overflowY, clipPath } = getComputedStyle(element);
    const isWideFault = isWide && overflowX !== 'auto' && overflowX !== 'scroll';
    return clipPath === 'none' && (isWideFault || (isHigh && overflowY === 'hidden'));
  };
  // Fields scroll what is typed; charts draw beyond their labels' edge.
  const left = 'input, select, svg *, [role=img], [role=img] *, [role=slider], [role=slider] *';
  const found = [...document.querySelectorAll<HTMLElement>('html, body *')].filter(
    (element) => !element.matches(left) && isCut(element),
  );
  return found
    .filter((element) => !found.some((other) => other !== element && element.contains(other)))
    .map(
      (element) =>
        `${element.tagName} ${element.className} “${element.textContent.slice(0, 60)}”: ` +
        `${element.scrollWidth} × ${element.scrollHeight} in ${element.clientWidth} × ${element.clientHeight}`,
    );
}
