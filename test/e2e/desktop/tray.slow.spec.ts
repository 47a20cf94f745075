import type { Page } from '@playwright/test';
import { expect, quit, startApp, test, type RunningApp } from './support/app.ts';
import { setUp } from './support/journey.ts';
import { isVisible, pressX } from './support/window.ts';
import { DesktopSession } from './support/tray.ts';

/** Looks at the tray are seconds apart, and a panel takes some to come up. */
const TRAY = { timeout: 60_000 };

test.describe.configure({ timeout: 300_000 });

let desktop: DesktopSession;
test.beforeEach(async () => {
  desktop = await DesktopSession.start();
});
test.afterEach(() => desktop.end());

/** Set up, and told to go to the background without asking. */
async function startQuietly(home: string): Promise<RunningApp> {
  const app = await startApp(home, { env: desktop.env });
  await setUp(app.page);
  await app.page.evaluate(() =>
    window.ibctminer?.settings.update({
      window: { close: 'background', hideNoticeShown: true },
    }),
  );
  return app;
}

async function trayIsShown(page: Page): Promise<boolean> {
  const system = await page.evaluate(() => window.ibctminer?.system.report());
  return system?.ok === true && system.value.trayAvailable;
}

async function expectAskedWithoutBackground({ page }: RunningApp): Promise<void> {
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keep running in the background' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Cancel' }).click();
}

test('the window hides where the panel shows our icon, and comes back when the panel is gone', async ({
  home,
}) => {
  desktop.showPanel();
  const app = await startQuietly(home);
  await expect.poll(() => trayIsShown(app.page), TRAY).toBe(true);
  await pressX(app);
  await expect.poll(() => isVisible(app)).toBe(false);

  await desktop.killPanel();
  await expect.poll(() => isVisible(app), TRAY).toBe(true);
  await pressX(app);
  await expectAskedWithoutBackground(app);

  desktop.showPanel();
  await expect.poll(() => trayIsShown(app.page), TRAY).toBe(true);
  await pressX(app);
  await expect.poll(() => isVisible(app)).toBe(false);
  await quit(app);
});

test('a panel that comes up after the app shows our icon all the same', async ({ home }) => {
  const app = await startQuietly(home);
  await pressX(app);
  await expectAskedWithoutBackground(app);
  expect(await isVisible(app)).toBe(true);

  desktop.showPanel();
  await expect.poll(() => trayIsShown(app.page), TRAY).toBe(true);
  await pressX(app);
  await expect.poll(() => isVisible(app)).toBe(false);

  // As macOS tells of a click on the Dock's icon.
  await app.electron.evaluate(({ app: running }) => running.emit('activate'));
  await expect.poll(() => isVisible(app)).toBe(true);
  await quit(app);
});

test('a tray that refuses our icon hides no window', async ({ home }) => {
  await desktop.showRefusingTray();
  const app = await startQuietly(home);
  await pressX(app);
  await expectAskedWithoutBackground(app);
  expect(await isVisible(app)).toBe(true);
  await quit(app);
});

test('two quick presses of X ask once and quit nothing', async ({ home }) => {
  const app = await startApp(home, { env: desktop.env });
  await setUp(app.page);
  await pressX(app);
  await pressX(app);
  await expect(app.page.getByRole('dialog')).toBeVisible();
  await app.page.waitForTimeout(1500);
  await expect(app.page.getByRole('dialog')).toBeVisible();
  await app.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.page.getByRole('dialog')).toHaveCount(0);
  await quit(app);
});
