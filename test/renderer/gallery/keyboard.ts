import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Look } from './look.ts';

const MOST_STOPS = 120;

/** With Tab alone one comes to all that can be used, and sees each time where one is. */
export const byKeyboard: Look = async (page) => {
  await page.setViewportSize({ width: 1280, height: 760 });
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (!(await page.evaluate(visit))) break;
  }
  expect(await unseen(page)).toEqual([]);
};

/** Runs in the page: marks what has the focus, and whether that shows. False: it was there before. */
function visit(): boolean {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return true;
  if (element.dataset['visited'] !== undefined) return false;
  const isOutlined = (shown: Element | null) =>
    shown !== null && getComputedStyle(shown).outlineStyle !== 'none';
  // What is hidden behind its label shows its focus on that.
  const shows = isOutlined(element) || isOutlined(element.closest('label'));
  element.dataset['visited'] = shows ? 'seen' : 'unseen';
  return true;
}

function unseen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const usable = 'button, a[href], input, select, textarea, summary, [tabindex="0"]';
    // Of a group of radio buttons Tab comes to one.
    const isStop = (element: HTMLElement) =>
      element.tabIndex >= 0 &&
      !element.matches(':disabled, [type=radio]:not(:checked)') &&
      element.checkVisibility({ visibilityProperty: true });
    return [...document.querySelectorAll<HTMLElement>(usable)]
      .filter((element) => isStop(element) && element.dataset['visited'] !== 'seen')
      .map((element) => `${element.dataset['visited'] ?? 'never reached'}: ${element.outerHTML}`);
  });
}
