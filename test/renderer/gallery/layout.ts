import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** What is cut off or stands out of its place, if it stays so. */
export function misfits(page: Page): Promise<string[]> {
  return lasting(() => page.evaluate(findMisfits));
}

/** What is found, if it stays: what floats over the page finds its new place some frames after the window's size changes. */
async function lasting(look: () => Promise<string[]>): Promise<string[]> {
  let found = await look();
  for (let again = 0; found.length > 0 && again < 20; again += 1) {
    await sleep(100);
    found = await look();
  }
  return found;
}

/** Runs in the page: the innermost elements whose content is larger than they are, without those that scroll upright. */
function findMisfits(): string[] {
  // Fields scroll what is typed; charts draw beyond their labels' edge.
  const left = 'input, select, svg *, [role=img], [role=img] *, [role=slider], [role=slider] *';
  const isMeantTo = (element: HTMLElement) =>
    [...element.children].some((child) => getComputedStyle(child).marginInlineEnd.startsWith('-'));
  const isCut = (element: HTMLElement): boolean => {
    const isWide = element.scrollWidth > element.clientWidth + 1;
    const isHigh = element.scrollHeight > element.clientHeight + 1;
    if ((!isWide && !isHigh) || element.clientWidth === 0 || element.matches(left)) return false;
    const { overflowX, overflowY, clipPath } = getComputedStyle(element);
    // Tables do, where there is too little room for them.
    const scrolls = (overflowX === 'auto' || overflowX === 'scroll') && innerWidth < 900;
    const isWideFault = isWide && !scrolls && !isMeantTo(element);
    return clipPath === 'none' && (isWideFault || (isHigh && overflowY === 'hidden'));
  };
  const found = [...document.querySelectorAll<HTMLElement>('html, body *')].filter(isCut);
  const innermost = found
    .filter((element) => !found.some((other) => other !== element && element.contains(other)))
    .map(
      (element) =>
        `${element.tagName} ${element.className} “${element.textContent.slice(0, 60)}” ` +
        `${element.scrollWidth} × ${element.scrollHeight} in ${element.clientWidth} × ${element.clientHeight}`,
    );
  // Nothing but the table of a chart is read by scrolling sideways.
  const sideways = [document.documentElement, ...document.querySelectorAll('main, [role=dialog]')]
    .filter((element) => element.scrollWidth > element.clientWidth)
    .map((element) => `${element.tagName} scrolls sideways: ${element.scrollWidth} px`);
  return [...innermost, ...sideways];
}

const HEIGHT = 760;

/** Of what people look for first on the dashboard, what they would have to scroll to in a window of 1120 × 760. */
export async function belowFirstSight(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 1120, height: HEIGHT });
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const hidden = { includeHidden: true }; // behind a dialog, say
  const wanted = {
    hashrate: page.getByTestId('hashrate'),
    shares: page
      .getByRole('region', { name: 'Shares', ...hidden })
      .getByText('Accepted')
      .locator('..'),
    pool: page.getByRole('heading', { name: 'Pool', ...hidden }),
    why: page.getByTestId('why'),
    control: page.getByRole('button', { name: /^(Start|Stop) mining$/, ...hidden }).first(),
  };
  const missing: string[] = [];
  for (const [name, part] of Object.entries(wanted)) {
    const box = await part.boundingBox();
    if (box === null || box.y < 0 || box.y + box.height > HEIGHT)
      missing.push(`${name}: ${JSON.stringify(box)}`);
  }
  return missing;
}
