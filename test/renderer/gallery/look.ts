import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../../electron/contract/text/en.ts';
import { belowFirstSight } from './layout.ts';
import { Pane } from './pane.ts';
import type { Scene } from './scenes/scene.ts';
import { serveWithPolicy, type Served } from './serve.ts';
import { Stage } from './stage.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What is looked at on the page that a scene has come to. */
export type Look = (page: Page, name: string, stage: Stage) => Promise<void>;

/**
 * Tests scenes of the real app in a real browser, under the app's content security policy: nothing on the console, and what
 * is looked at in each of their moments.
 */
export function lookAt(
  scenes: readonly (readonly [name: string, scene: Scene])[],
  looksAt: (moment: string) => readonly Look[],
): void {
  let browser: Browser;
  const idlePanes: Pane[] = [];
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
      // Without the browser's own windows, whose popups are pages too.
      executablePath: '/usr/bin/chromium-headless-shell',
      // Root has no sandbox to give; everybody else gets it.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  // As many at a time as vitest.config.ts says.
  test.concurrent.each(scenes)(
    '%s',
    async (name, scene) => {
      const pane = idlePanes.pop() ?? (await Pane.open(browser));
      const { page } = pane;
      const stage: Stage = new Stage(pane, served.origin, async (moment) => {
        if (moment.startsWith('dashboard-')) expect(await belowFirstSight(page)).toEqual([]);
        for (const look of looksAt(moment)) await look(page, moment, stage);
      });
      try {
        await scene(stage);
        await stage.look(name);
        expect(pane.complaints).toEqual([]);
        expect(await page.getByText(en.app.silentTitle).count()).toBe(0);
      } finally {
        await stage.close();
        await pane.clear();
        idlePanes.push(pane);
      }
    },
    600_000,
  );
}
