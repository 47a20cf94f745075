import { chmodSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { languages } from '../../../electron/contract/text/catalogues.ts';
import { createText } from '../../../electron/contract/text/index.ts';
import { directionOf } from '../../../electron/contract/text/language.ts';
import { BusyNode } from '../../support/busyNode.ts';
import { Regtest, TEST_ADDRESS } from '../../support/monerod.ts';
import { freePort } from '../../support/ports.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';
import { expect, launchAgain, quit, startApp, test, type RunningApp } from './support/app.ts';
import {
  accepted,
  enterWallet,
  finishWizard,
  mineWithLittle,
  setUp,
  settingsOf,
  snapshotOf,
  state,
} from './support/journey.ts';
import { TestPool } from './support/pool.ts';
import { trayLabels, trayToolTip, watchTray } from './support/tray.ts';

/** What users do in their first hours, in the real app, against real nodes and pools. */

const LONG = { timeout: 150_000 };

async function startMining(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start mining' }).click();
}

/** Why shares were rejected: nothing, where all is well. */
async function rejections(page: Page): Promise<unknown[]> {
  const { shares } = await snapshotOf(page);
  // A busy computer checks more slowly than it finds; then the pool says so.
  return shares.recent.filter(
    ({ outcome, problem }) =>
      outcome === 'rejected' && !JSON.stringify(problem).includes('Throttled'),
  );
}

/** To the fields of a pool of one's own, in the wizard. */
async function choosePool(page: Page, choice: RegExp, address: string): Promise<void> {
  await enterWallet(page, TEST_ADDRESS);
  await page.getByRole('radio', { name: choice }).check();
  await page.getByLabel(/^(Pool|Node) address/).fill(address);
}

test('a node of one’s own, by the wizard: a block is found and is on the chain, and Quit waits for one under way', async ({
  app: { electron, page, ended },
}) => {
  const node = await Regtest.start({ difficulty: 1 });
  const way = await BusyNode.start(node);
  try {
    const before = await node.height();
    await choosePool(page, /^My own node/, `127.0.0.1:${way.port}`);
    await finishWizard(page);
    await mineWithLittle(page);
    const [pool] = (await settingsOf(page)).pools;
    expect(pool).toMatchObject({ kind: 'daemon', host: '127.0.0.1', port: way.port });
    await startMining(page);
    await accepted(page, 1);
    expect(await rejections(page)).toEqual([]);
    expect(await node.height()).toBeGreaterThan(before);
    expect((await snapshotOf(page)).practice).toBe(false);

    // Stop waits for the answers to its last blocks: every block that comes now is sent away.
    await page.evaluate(() => window.ibctminer?.mining.stop());
    way.isBusy = true;
    await startMining(page);
    await expect.poll(async () => (await snapshotOf(page)).shares.pending, LONG).toBeGreaterThan(0);
    const whileBusy = await node.height();
    await electron.evaluate(({ app }) => app.quit());
    await expect(page.getByTestId('why')).toContainText('your node has taken the block you found');
    await page.getByRole('button', { name: 'Start mining' }).click();
    await expect(page.getByText('Ibctminer is about to quit.')).toBeVisible();
    // Longer than a Quit takes that waits for nothing.
    await page.waitForTimeout(3000);
    expect(await node.height()).toBe(whileBusy);
    way.isBusy = false;
    expect(await ended).toBe(0);
    expect(await node.height()).toBe(whileBusy + 1);
  } finally {
    way.stop();
    await node.stop();
  }
});

test('a node behind --rpc-login, by the wizard: its blocks are found too', async ({ app }) => {
  const { page } = app;
  const node = await Regtest.start({ difficulty: 1, login: 'miner:secret' });
  try {
    await choosePool(page, /^My own node/, `127.0.0.1:${node.port}`);
    await page.getByLabel(/^RPC user name/).fill('miner');
    await page.getByLabel('RPC password').fill('secret');
    await finishWizard(page);
    await mineWithLittle(page);
    await startMining(page);
    await accepted(page, 1);
    expect(await rejections(page)).toEqual([]);
    // Later Quit would wait two minutes for a block on its way to a node that is gone.
    await quit(app);
  } finally {
    await node.stop();
  }
});

test('a pool whose certificate nobody vouches for is trusted in the wizard, and then mined on', async ({
  app: { page },
}) => {
  const certificate = selfSigned('pool.test', 'IP:127.0.0.1');
  const pool = await TestPool.start({ certificate });
  try {
    await choosePool(page, /^Another pool/, `stratum+ssl://127.0.0.1:${pool.port}`);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByText(certificate.fingerprint).first()).toBeVisible();
    await page.getByRole('button', { name: 'Trust this certificate' }).click();
    await expect(page.getByText(/You trust its certificate/)).toBeVisible();
    await finishWizard(page);
    await mineWithLittle(page);
    await startMining(page);
    await accepted(page, 1);
    expect(await rejections(page)).toEqual([]);
    expect(pool.logins).toContain(TEST_ADDRESS);
  } finally {
    pool.close();
  }
});

test('P2Pool takes a login that is no address, and knows itself whom it pays', async ({
  app: { page },
}) => {
  const pool = await TestPool.start();
  try {
    await page.getByRole('checkbox', { name: 'I have read this and I agree' }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Practise without a wallet' }).click();
    await page.getByRole('radio', { name: /^P2Pool/ }).check();
    await page.getByLabel(/^Pool address/).fill(`127.0.0.1:${pool.port}`);
    await finishWizard(page);
    await mineWithLittle(page);
    await startMining(page);
    await accepted(page, 1);
    expect(pool.logins.at(-1)).toBe('x');
    await expect(page.getByText('The address set there')).toBeVisible();
  } finally {
    pool.close();
  }
});

test('a wrong address is told before anything is connected, and a refused login ends mining in words', async ({
  app: { page },
}) => {
  const refusing = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      const error = { code: -1, message: 'Invalid payment address provided' };
      socket.write(`${JSON.stringify({ id: 1, jsonrpc: '2.0', error })}\n`);
    });
  });
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
  const { port } = refusing.address() as AddressInfo;
  try {
    await page.getByRole('checkbox', { name: 'I have read this and I agree' }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    const field = page.getByRole('textbox', { name: 'Monero wallet address' });
    await expect(field).toBeFocused();
    await field.fill(`${TEST_ADDRESS.slice(0, -1)}E`);
    await expect(page.getByText(/One character/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await field.fill(TEST_ADDRESS);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('radio', { name: /^Another pool/ }).check();
    await page.getByLabel(/^Pool address/).fill(`127.0.0.1:${port}`);
    await finishWizard(page);
    await startMining(page);
    await expect.poll(() => state(page)).toBe('failed');
    await expect(page.getByText(/Invalid payment address provided/).first()).toBeVisible();
  } finally {
    refusing.close();
  }
});

test('the first pool is down, the backup works, and the first is taken back once it has proved itself', async ({
  app: { page },
}) => {
  const firstPort = await freePort();
  const backup = await TestPool.start();
  let first: TestPool | undefined;
  try {
    await choosePool(page, /^Another pool/, `127.0.0.1:${firstPort}`);
    await finishWizard(page);
    await mineWithLittle(page);
    await page.evaluate(async (port) => {
      const settings = await window.ibctminer?.settings.get();
      const primary = settings?.ok === true ? settings.value.pools[0] : undefined;
      if (primary === undefined) throw new Error('no pool was saved');
      const pools = [primary, { ...primary, id: 'backup', name: 'Backup', port }];
      await window.ibctminer?.settings.update({ pools });
    }, backup.port);
    await startMining(page);
    await accepted(page, 1);
    expect((await snapshotOf(page)).pool?.port).toBe(backup.port);
    first = await TestPool.start({ port: firstPort });
    await expect
      .poll(async () => (await snapshotOf(page)).pool?.port, { timeout: 300_000 })
      .toBe(firstPort);
    expect(await rejections(page)).toEqual([]);
  } finally {
    backup.close();
    first?.close();
  }
});

test('power changed while mining keeps the dataset, and no share is rejected for it', async ({
  app: { page },
}) => {
  const pool = await TestPool.start();
  try {
    await choosePool(page, /^Another pool/, `127.0.0.1:${pool.port}`);
    await finishWizard(page);
    await startMining(page);
    await expect
      .poll(async () => (await snapshotOf(page)).engine?.mode, { timeout: 300_000 })
      .toBe('fast');
    for (const threads of [1, 2, 1, 2]) {
      await page.evaluate(
        (count) =>
          window.ibctminer?.settings.update({
            power: { profile: 'custom', threads: count, mode: 'auto' },
          }),
        threads,
      );
      await expect.poll(async () => (await snapshotOf(page)).threads.length).toBe(threads);
      const { engine, shares } = await snapshotOf(page);
      expect(engine?.mode).toBe('fast');
      await accepted(page, shares.accepted + 1);
    }
    expect(await rejections(page)).toEqual([]);
  } finally {
    pool.close();
  }
});

test('what was practised does not count once mining is real', async ({ app: { page } }) => {
  const pool = await TestPool.start();
  try {
    await choosePool(page, /^Another pool/, `127.0.0.1:${pool.port}`);
    await finishWizard(page);
    await mineWithLittle(page);
    await page.evaluate(() => window.ibctminer?.settings.update({ work: 'practice' }));
    await startMining(page);
    await accepted(page, 2);
    expect((await snapshotOf(page)).practice).toBe(true);
    expect(pool.logins).toEqual([]);

    await page.evaluate(() => window.ibctminer?.settings.update({ work: 'pools' }));
    await expect.poll(() => pool.logins.length, LONG).toBeGreaterThan(0);
    await accepted(page, 1);
    const { practice, shares, luck } = await snapshotOf(page);
    expect(practice).toBe(false);
    expect(shares.recent.length).toBe(shares.accepted + shares.stale + shares.pending);
    expect(luck?.foundShares).toBe(shares.recent.length);
  } finally {
    pool.close();
  }
});

/** One that is written leftwards, if there is one. */
const leftward = languages.find((language) => directionOf(language) === 'rtl') ?? 'en';

/** Chooses it in Settings: window, tray and tooltip follow at once. */
async function speakLeftwards({ page, electron }: RunningApp): Promise<void> {
  const { t } = createText(leftward);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Appearance' }).click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption(leftward);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('nav.settings'));
  await expect(page.locator('html')).toHaveAttribute('dir', directionOf(leftward));
  await expect.poll(() => trayLabels(electron)).toContain(t('tray.stop'));
  await expect
    .poll(async () => (await trayLabels(electron)).at(0) === (await trayToolTip(electron)))
    .toBe(true);
}

test('Stop and the language last over a restart, whatever “start at launch” says', async ({
  home,
}) => {
  const first = await startApp(home);
  await setUp(first.page);
  await mineWithLittle(first.page);
  await first.page.evaluate(async () => {
    const settings = await window.ibctminer?.settings.get();
    if (settings?.ok !== true) throw new Error('no settings');
    const rules = { ...settings.value.rules, startAtLaunch: true };
    await window.ibctminer?.settings.update({ rules });
  });
  await startMining(first.page);
  await expect.poll(() => state(first.page)).not.toBe('stopped');
  await first.page.getByRole('button', { name: 'Stop mining' }).click();
  await expect.poll(() => state(first.page)).toBe('stopped');
  await quit(first);

  const second = await startApp(home);
  await second.page.waitForTimeout(2000);
  expect(await state(second.page)).toBe('stopped');
  await expect(second.page.getByTestId('why')).toContainText('Stopped by you');
  await watchTray(second.electron);
  await startMining(second.page);
  await expect.poll(() => state(second.page)).not.toBe('stopped');
  await speakLeftwards(second);
  await quit(second);

  const third = await startApp(home);
  await expect.poll(() => state(third.page)).not.toBe('stopped');
  await expect(third.page.locator('html')).toHaveAttribute('lang', leftward);
  await quit(third);
});

test('the clock set back by a day stops no figure', async ({ app: { page, electron } }) => {
  await setUp(page);
  await mineWithLittle(page);
  await startMining(page);
  await accepted(page, 1);
  await watchTray(electron);
  const setBack = () => {
    const now = Date.now.bind(Date);
    Date.now = () => now() - 86_400_000;
  };
  await electron.evaluate(setBack);
  await page.evaluate(setBack);
  const before = await snapshotOf(page);
  expect(before.uptimeMs).toBeGreaterThan(0);
  const uptime = page.locator('xpath=//dt[.="Uptime"]/following-sibling::dd');
  const shown = (await uptime.textContent()) ?? '';
  await expect
    .poll(async () => (await snapshotOf(page)).uptimeMs)
    .toBeGreaterThan(before.uptimeMs + 3000);
  await expect.poll(async () => (await snapshotOf(page)).hashes).toBeGreaterThan(before.hashes);
  await expect(uptime).not.toHaveText(shown);
  await expect.poll(() => trayToolTip(electron)).toContain('H/s');
  const tip = await trayToolTip(electron);
  await expect.poll(() => trayToolTip(electron)).not.toBe(tip);
  await expect(page.getByText(/not answering/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Stop mining' }).click();
  await expect.poll(() => state(page)).toBe('stopped');
});

test('a profile that cannot be written mines all the same, once at a time, and says what is not kept', async ({
  home,
}) => {
  const first = await startApp(home);
  await setUp(first.page);
  await mineWithLittle(first.page);
  await quit(first);
  const folder = join(home, '.config/Ibctminer');
  chmodSync(folder, 0o500);
  chmodSync(join(folder, 'settings.json'), 0o400);
  const second = await startApp(home);
  await startMining(second.page);
  await accepted(second.page, 1);
  const log = await second.page.evaluate(() => window.ibctminer?.logs.get());
  expect(JSON.stringify(log)).toContain('markerUnwritable');
  expect(await launchAgain(home)).toBe(0);
  process.kill(second.pid, 'SIGTERM');
  expect(await second.ended).toBe(0);
  // For whoever deletes it, and may be its owner.
  chmodSync(folder, 0o700);
});
