import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { qrPng } from '../../support/png.ts';
import { expect, launchAgain, quit, startApp, test, type RunningApp } from './support/app.ts';
import { family, hashingThreads, stillRunning } from './support/processes.ts';
import {
  accepted,
  mineWithLittle,
  settingsOf,
  setUp,
  snapshotOf,
  state,
} from './support/journey.ts';
import { checkShares } from './support/shares.ts';
import { clickTray, DesktopSession, trayLabels, watchTray } from './support/tray.ts';
import { isVisible, pressX } from './support/window.ts';

const ADDRESS =
  '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';

/** The main process's own sockets and servers. The debugger's live on another loop and do not count. */
function sockets({ electron }: RunningApp): Promise<string[]> {
  return electron.evaluate(() =>
    process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')),
  );
}

async function expectNothingRuns(app: RunningApp): Promise<void> {
  expect((await snapshotOf(app.page)).hashes).toBe(0);
  expect(await sockets(app)).toEqual([]);
  expect(hashingThreads(app.pid)).toBe(0);
}

/** In base64. */
function asJpeg(electron: ElectronApplication, png: Buffer): Promise<string> {
  return electron.evaluate(
    ({ nativeImage }, data) => nativeImage.createFromDataURL(data).toJPEG(80).toString('base64'),
    `data:image/png;base64,${png.toString('base64')}`,
  );
}

function backgroundButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Keep running in the background' });
}

test('a newcomer sets up, mines on the practice pool, and stops and starts from the tray', async ({
  home,
}) => {
  const desktop = await DesktopSession.start();
  desktop.showPanel();
  const app = await startApp(home, { env: desktop.env });
  const { page, electron } = app;
  await watchTray(electron);

  await test.step('nothing hashes and no pool is spoken to before consent', async () => {
    expect(await state(page)).toBe('needsConsent');
    const refused = await page.evaluate(() => window.ibctminer?.mining.start());
    expect(refused).toMatchObject({ ok: false, error: { code: 'consentMissing' } });
    await expectNothingRuns(app);
  });

  await test.step('the wizard ends with mining still off', async () => {
    await expect(page.getByRole('checkbox')).not.toBeChecked();
    await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await setUp(page);
    expect(await state(page)).toBe('stopped');
    await expectNothingRuns(app);
  });

  await test.step('keys and the palette make everything up to twice as large, and as it was', async () => {
    const width = () => page.evaluate(() => innerWidth);
    const atFirst = await width();
    for (let step = 0; step < 8; step += 1) await page.keyboard.press('Control++');
    await expect.poll(width).toBeLessThanOrEqual(atFirst / 2);
    await expect(page.getByRole('button', { name: 'Start mining' })).toBeVisible();
    await page.keyboard.press('Control+0');
    await expect.poll(width).toBe(atFirst);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search commands' }).fill('zoom out');
    await page.keyboard.press('Enter');
    await expect.poll(width).toBeGreaterThan(atFirst);
    await page.keyboard.press('Control+-');
    await page.keyboard.press('Control+0');
    await expect.poll(width).toBe(atFirst);
  });

  await test.step('Start mines: three shares are accepted, and librandomx0 finds the same hashes', async () => {
    await mineWithLittle(page);
    await page.getByRole('button', { name: 'Start mining' }).click();
    await accepted(page, 3);
    const { shares } = await snapshotOf(page);
    expect(shares.rejected).toBe(0);
    const said = await page.evaluate(() => window.ibctminer?.inspector.get());
    const checked = checkShares(said?.ok === true ? said.value : []);
    expect(checked.length).toBeGreaterThanOrEqual(shares.accepted);
    expect(checked).not.toContain(false);
    await page.screenshot({ path: 'test-artefacts/desktop-mining.png' });
  });

  await test.step('the tray stops mining, and it stays stopped', async () => {
    await expect.poll(() => trayLabels(electron)).toContain('Stop');
    await clickTray(electron, 'stop');
    await expect.poll(() => state(page)).toBe('stopped');
    await expect.poll(() => hashingThreads(app.pid)).toBe(0);
    await expect.poll(() => sockets(app)).toEqual([]);
    await expect(page.getByRole('button', { name: 'Start mining' })).toBeVisible();
    const { hashes } = await snapshotOf(page);
    await page.waitForTimeout(2000);
    expect((await snapshotOf(page)).hashes).toBe(hashes);
  });

  await test.step('what was practised is in History, apart, and is exported to a file', async () => {
    const { hashes } = await snapshotOf(page);
    const file = join(home, 'history.csv');
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    await page.getByRole('button', { name: 'History' }).click();
    const shown = page.getByRole('radiogroup', { name: 'What is shown' });
    await shown.getByText('Mining').click();
    await expect(page.getByText('No history yet')).toBeVisible();
    await shown.getByText('Practice').click();
    await expect(
      page.getByRole('slider', { name: 'Hashrate over the last 24 hours' }),
    ).toBeVisible();
    await expect(page.getByRole('row', { name: /Practice pool/ })).toBeVisible();
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    await expect(page.getByText(`Saved as ${file}.`)).toBeVisible();
    const [names = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    const column = names.split(',').indexOf('hashes');
    expect(rows.reduce((sum, row) => sum + Number(row.split(',')[column]), 0)).toBe(hashes);
    await page.getByRole('button', { name: 'Dashboard' }).click();
  });

  await test.step('an address is read from a QR code in a picture', async () => {
    const link = `monero:${ADDRESS}?tx_amount=1`;
    const codes = {
      png: qrPng(link, { transparent: true }),
      jpg: Buffer.from(await asJpeg(electron, qrPng(link, { scale: 40 })), 'base64'),
    };
    await page.getByRole('button', { name: 'Settings' }).click();
    for (const [extension, code] of Object.entries(codes)) {
      const file = join(home, `code.${extension}`);
      writeFileSync(file, code);
      await electron.evaluate(({ dialog }, filePath) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
      }, file);
      await page.getByRole('button', { name: 'Add address' }).click();
      await page.getByRole('button', { name: 'Read a QR code from a picture' }).click();
      await expect(page.getByText('Only the address was taken')).toBeVisible();
      await expect(page.getByRole('group', { name: /Address in blocks/ })).toHaveText(ADDRESS);
      await page.getByRole('button', { name: 'Cancel' }).click();
    }
    await page.getByRole('button', { name: 'Dashboard' }).click();
  });

  await test.step('typed figures give the estimate of earnings and cost', async () => {
    await page.getByRole('button', { name: 'Edit figures' }).click();
    const typed = {
      'Price of 1 XMR': '150',
      'Price of 1 kWh': '0.30',
      'Watts that mining takes': '60',
      'Network difficulty': '600 G',
    };
    for (const [label, text] of Object.entries(typed)) await page.getByLabel(label).fill(text);
    await page.getByRole('button', { name: 'Save' }).click();
    const card = page.getByRole('region', { name: 'Earnings and cost' });
    await expect(card.getByText('$0.43', { exact: true })).toBeVisible();
    await expect(card.getByText(/^typed, /)).toHaveCount(5);
  });

  await test.step('the tray starts it again', async () => {
    const before = (await snapshotOf(page)).shares.accepted;
    await expect.poll(() => trayLabels(electron)).toContain('Start');
    await clickTray(electron, 'start');
    await accepted(page, before + 1);
  });

  await test.step('the window is closed into the tray, and mining goes on', async () => {
    await pressX(app);
    await backgroundButton(page).click();
    await expect.poll(() => isVisible(app)).toBe(false);
    const { hashes } = await snapshotOf(page);
    await expect.poll(async () => (await snapshotOf(page)).hashes).toBeGreaterThan(hashes);
  });

  await test.step('the tray opens it again', async () => {
    await clickTray(electron, 'open');
    await expect.poll(() => isVisible(app)).toBe(true);
    await expect(page.getByRole('button', { name: 'Stop mining' })).toBeVisible();
  });

  await test.step('Quit leaves no process', async () => {
    const pids = family(app.pid);
    expect(pids.length).toBeGreaterThan(2);
    await electron.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
    });
    await clickTray(electron, 'quit').catch(() => undefined);
    expect(await app.ended).toBe(0);
    await expect.poll(() => stillRunning(pids)).toEqual([]);
  });
  expect(app.errors).toEqual([]);
  await desktop.end();
});

test('SIGTERM while mining is Quit without a question, within seconds', async ({ home }) => {
  const app = await startApp(home);
  await setUp(app.page);
  await app.page.getByRole('button', { name: 'Start mining' }).click();
  await expect.poll(() => hashingThreads(app.pid)).toBeGreaterThan(0);
  const pids = family(app.pid);
  const sentAtMs = performance.now();
  process.kill(app.pid, 'SIGTERM');
  expect(await app.ended).toBe(0);
  expect(performance.now() - sentAtMs).toBeLessThan(10_000);
  await expect.poll(() => stillRunning(pids)).toEqual([]);
});

test('settings survive kill -9, and nothing starts by itself afterwards', async ({ home }) => {
  const first = await startApp(home);
  await setUp(first.page);
  await first.page.evaluate(async () => {
    const settings = await window.ibctminer?.settings.get();
    if (settings?.ok !== true) throw new Error('no settings');
    const rules = { ...settings.value.rules, startAtLaunch: true };
    await window.ibctminer?.settings.update({ rules, appearance: { theme: 'dark' } });
  });
  const before = await settingsOf(first.page);
  await first.page.getByRole('button', { name: 'Start mining' }).click();
  await expect.poll(() => state(first.page)).not.toBe('stopped');
  const pids = family(first.pid);
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  await expect.poll(() => stillRunning(pids)).toEqual([]);

  const second = await startApp(home);
  expect(await settingsOf(second.page)).toEqual(before);
  await second.page.waitForTimeout(2000);
  const { session } = await snapshotOf(second.page);
  expect(session).toMatchObject({ state: 'failed', problem: { code: 'uncleanExit' } });
  await expectNothingRuns(second);
  await quit(second);

  // That run ended cleanly, so the next one obeys the setting.
  const third = await startApp(home);
  await expect.poll(() => state(third.page)).not.toBe('stopped');
  await quit(third);
});

test('measures the computer when asked to, mines nowhere meanwhile, and leaves no thread', async ({
  app,
}) => {
  const { page } = app;
  await setUp(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Memory and tuning' }).click();
  const memory = page.getByRole('radiogroup', { name: 'Memory' });
  await memory.getByRole('radio', { name: /^Light/ }).check();
  await page.getByRole('button', { name: 'Measure' }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await page.getByRole('button', { name: 'Start mining' }).click();
  await expect(page.getByText(/This computer is being measured/)).toBeVisible();
  await expect(page.getByText(/^Fastest: /)).toBeVisible({ timeout: 120_000 });
  await expectNothingRuns(app);
});

test('a second launch brings the first window back and ends itself', async ({ home, app }) => {
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await launchAgain(home)).toBe(0);
  await expect.poll(() => isVisible(app)).toBe(true);
});

test('every title begins with the name of the app', async ({ app }) => {
  const title = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  expect(await title()).toMatch(/^Ibctminer/);
  await app.page.evaluate(() => {
    document.title = 'Something else';
  });
  await app.page.waitForTimeout(200);
  expect(await title()).toMatch(/^Ibctminer/);
});
