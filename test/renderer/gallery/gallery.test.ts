// @vitest-environment node
import axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scenes, type Act, type Scene } from './scenes.ts';
import { serveWithPolicy, type Served } from './serve.ts';

/**
 * Every screen and state in a real browser, in both themes and at three widths, under the app's content security policy:
 * nothing on the console, nothing wider than the window, nothing that axe objects to. Pictures go to test-artefacts/.
 */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const pictures = here('../../../test-artefacts/gallery');
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

let browser: Browser;
let served: Served;

beforeAll(async () => {
  await build({ configFile: here('./vite.config.ts'), logLevel: 'warn' });
  served = await serveWithPolicy(here('../../../out/gallery'));
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

// Each in a browser context of its own, as many at a time as vitest.config.ts says.
test.concurrent.each(Object.entries(scenes))(
  '%s',
  async (name, scene) => {
    const page = await browser.newPage({
      viewport: { width: 1280, height: HEIGHT },
      reducedMotion: 'reduce',
    });
    try {
      const complaints = listen(page);
      await open(page, name, scene);
      if (name === IN_README) await page.screenshot({ path: `${pictures}/README.png` });
      for (const theme of ['light', 'dark'] as const) {
        await page.evaluate((next) => {
          document.documentElement.dataset['theme'] = next;
        }, theme);
        for (const { width, checked } of looks[theme]) {
          await page.setViewportSize({ width, height: HEIGHT });
          await page.evaluate(() => new Promise(requestAnimationFrame));
          const where = `${theme} at ${width} px`;
          expect(await tooWide(page), where).toEqual([]);
          if (checked) expect(await violations(page, checked), where).toEqual([]);
          await page.screenshot({ path: `${pictures}/${name}-${theme}-${width}.png` });
        }
      }
      expect(complaints).toEqual([]);
    } finally {
      await page.close();
    }
  },
  60_000,
);

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

async function open(page: Page, name: string, scene: Scene): Promise<void> {
  await page.goto(`${served.origin}/?scene=${name}`);
  await page.waitForSelector('html[data-played]');
  for (const act of scene.acts ?? []) await perform(page, act);
  // Injected by the debugger, which the page's policy does not concern.
  await page.evaluate(axe.source);
}

async function perform(page: Page, act: Act): Promise<void> {
  if ('fill' in act) await page.getByLabel(act.fill).first().fill(act.text);
  else if ('see' in act) await page.getByRole('region', { name: act.see }).scrollIntoViewIfNeeded();
  else if ('open' in act) await page.getByText(act.open, { exact: true }).click();
  else await page.getByRole(act.role ?? 'button', { name: act.press, exact: true }).click();
}

/** What would scroll sideways: the page, or the part of it that scrolls. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, [role=dialog]')]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `${element.tagName}: ${element.scrollWidth} > ${element.clientWidth}`),
  );
}

async function violations(page: Page, checked: 'everything' | 'colours'): Promise<string[]> {
  return page.evaluate(async (rules) => {
    const { axe: injected } = window as unknown as { axe: typeof axe };
    const { violations: found } = await injected.run(
      // Base UI's guards hand the focus on as soon as they get it; axe cannot see that.
      { exclude: [['[data-base-ui-focus-guard]']] },
      rules === 'colours' ? { runOnly: ['color-contrast'] } : {},
    );
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join(' | ')}`,
    );
  }, checked);
}
