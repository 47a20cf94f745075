import react from '@vitejs/plugin-react';
import axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../../electron/contract/text/en.ts';
import type { Scene } from './scenes.ts';
import { serveWithPolicy, type Served } from './serve.ts';
import { Stage } from './stage.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
export const pictures = here('../../../test-artefacts/gallery');
const HEIGHT = 760;

/** The scene whose first picture is copied to docs/images/dashboard.png. */
const IN_README = 'dashboard-mining';

/** The page is the same in both themes but for its colours, so the second look is at those. */
const looks = {
  light: [
    { width: 480, checked: 'everything' },
    { width: 900, checked: null },
    { width: 1280, checked: 'everything' },
  ],
  dark: [
    { width: 480, checked: null },
    { width: 900, checked: null },
    { width: 1280, checked: 'colours' },
  ],
} as const;

/** What is looked at on the page that a scene left. */
export type Look = (page: Page, name: string, stage: Stage) => Promise<void>;

/**
 * Tests scenes of the real app in a real browser, under the app's content security policy: nothing on the console, and what
 * the looks of each want.
 */
export function lookAt(
  scenes: readonly (readonly [name: string, scene: Scene, looks: readonly Look[]])[],
): void {
  let browser: Browser;
  /** What the page is made of is loaded and compiled once in each; their clocks are their own. */
  const idleContexts: BrowserContext[] = [];
  let served: Served;

  beforeAll(async () => {
    await build({
      ...{ configFile: false, root: here('../../../renderer'), plugins: [react()] },
      logLevel: 'warn',
      // Inlined assets would be data: URLs, which the app's content security policy refuses.
      build: {
        outDir: here('../../../test-artefacts/gallery-page'),
        emptyOutDir: true,
        assetsInlineLimit: 0,
      },
    });
    served = await serveWithPolicy(here('../../../test-artefacts/gallery-page'));
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      // Root has no sandbox to give; everybody else gets it.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    mkdirSync(pictures, { recursive: true });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  // As many at a time as vitest.config.ts says.
  test.concurrent.each(scenes)(
    '%s',
    async (name, scene, looks) => {
      const context =
        idleContexts.pop() ??
        (await browser.newContext({
          viewport: { width: 1280, height: HEIGHT },
          reducedMotion: 'reduce',
        }));
      const page = await context.newPage();
      const stage = new Stage(page, served.origin);
      try {
        const complaints = listen(page);
        await scene(stage);
        // Injected by the debugger, which the page's policy does not concern.
        await page.evaluate(axe.source);
        for (const look of looks) await look(page, name, stage);
        expect(complaints).toEqual([]);
        expect(await page.getByText(en.app.silentTitle).count()).toBe(0);
      } finally {
        await stage.close();
        await page.close();
        idleContexts.push(context);
      }
    },
    180_000,
  );
}

/**
 * In both themes and at three widths: nothing wider than the window, nothing that axe objects to. Pictures go to
 * test-artefacts/.
 */
export const inEveryLight: Look = async (page, name) => {
  if (name === IN_README) await page.screenshot({ path: `${pictures}/README.png` });
  if (name.startsWith('dashboard-')) expect(await belowFirstSight(page)).toEqual([]);
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((next) => {
      document.documentElement.dataset['theme'] = next;
    }, theme);
    for (const { width, checked } of looks[theme]) {
      await page.setViewportSize({ width, height: HEIGHT });
      await page.evaluate(() => new Promise(requestAnimationFrame));
      const where = `${theme} at ${width} px`;
      expect(await lasting(() => tooWide(page)), where).toEqual([]);
      if (checked) expect(await violations(page, checked), where).toEqual([]);
      await page.screenshot({ path: `${pictures}/${name}-${theme}-${width}.png` });
    }
  }
};

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

/** Of what people look for first, what they would have to scroll to in a window of 1120 × 760. */
async function belowFirstSight(page: Page): Promise<string[]> {
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

/** What is found, if it stays: what floats over the page finds its new place some frames after the window's size changes. */
export async function lasting(look: () => Promise<string[]>): Promise<string[]> {
  let found = await look();
  for (let again = 0; found.length > 0 && again < 20; again += 1) {
    await sleep(100);
    found = await look();
  }
  return found;
}

/** What would scroll sideways: the page, or the part of it that scrolls. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, [role=dialog]')]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `${element.tagName}: ${element.scrollWidth} > ${element.clientWidth}`),
  );
}

export async function violations(page: Page, checked: 'everything' | 'colours'): Promise<string[]> {
  return page.evaluate(async (rules) => {
    const { axe: injected } = window as unknown as { axe: typeof axe };
    const { violations: found } = await injected.run(
      // Base UI's guards hand the focus on as soon as they get it; axe cannot see that.
      { exclude: [['[data-base-ui-focus-guard]']] },
      rules === 'colours'
        ? { runOnly: ['color-contrast'] }
        : { rules: { 'target-size': { enabled: true } } },
    );
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join(' | ')}`,
    );
  }, checked);
}
