import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Look } from './look.ts';

const MOST_STOPS = 120;

/** With Tab alone one comes to all that can be used, there and back, and sees each time where one is. */
export const byKeyboard: Look = async (page) => {
  await page.setViewportSize({ width: 1280, height: 760 });
  await page.evaluate(forget);
  for (const key of ['Tab', 'Shift+Tab'] as const) {
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      await page.keyboard.press(key);
      if (!(await page.evaluate(visit, key))) break;
    }
  }
  expect(await unseen(page)).toEqual([]);
};

/** Runs in the page, where another moment may have left its marks. */
function forget(): void {
  for (const { dataset } of document.querySelectorAll<HTMLElement>('[data-visits]')) {
    delete dataset['visits'];
    delete dataset['fault'];
  }
}

/** Runs in the page: marks what has the focus, and whether that shows. False: it was there before by this key. */
function visit(key: string): boolean {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return true;
  const visits = element.dataset['visits'] ?? '';
  if (visits.split(' ').includes(key)) return false;
  // What is hidden behind its label shows its focus on that.
  const shown = [element, element.closest('label')].find(
    (candidate) => candidate !== null && getComputedStyle(candidate).outlineStyle !== 'none',
  );
  const isOnTop = (x: number, y: number): boolean => {
    const top = document.elementFromPoint(x, y);
    return top !== null && (shown?.contains(top) === true || top.contains(shown ?? null));
  };
  const isInSight = (): boolean => {
    if (shown == null) return false;
    const { left, right, top, bottom } = shown.getBoundingClientRect();
    const middle = (left + right) / 2;
    return [top + 2, (top + bottom) / 2, bottom - 2].some((y) => isOnTop(middle, y));
  };
  const fault = shown == null ? 'not outlined' : isInSight() ? null : 'covered';
  if (fault !== null) element.dataset['fault'] = `${fault} after ${key}`;
  element.dataset['visits'] = `${visits} ${key}`;
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
    return [...document.querySelectorAll<HTMLElement>(usable)].filter(isStop).flatMap((element) => {
      const { visits, fault = visits === undefined ? 'never reached' : null } = element.dataset;
      return fault === null ? [] : [`${fault}: ${element.outerHTML}`];
    });
  });
}
