import { expect, type Page } from '@playwright/test';
import type { Settings } from '../../../../electron/contract/settings.ts';
import type { Snapshot } from '../../../../electron/contract/snapshot.ts';

const SHARES_MS = 150_000;

export async function snapshotOf(page: Page): Promise<Snapshot> {
  const result = await page.evaluate(() => window.ibctminer?.snapshot.get());
  if (result?.ok !== true) throw new Error('The app gave no snapshot.');
  return result.value;
}

export async function settingsOf(page: Page): Promise<Settings> {
  const result = await page.evaluate(() => window.ibctminer?.settings.get());
  if (result?.ok !== true) throw new Error('The app gave no settings.');
  return result.value;
}

export async function state(page: Page): Promise<string> {
  return (await snapshotOf(page)).session.state;
}

/** Through the wizard to the dashboard, to practise. */
export async function setUp(page: Page): Promise<void> {
  await agree(page);
  await page.getByRole('button', { name: 'Practise without a wallet' }).click();
  await page.getByRole('radio', { name: /^Practice pool/ }).check();
  await finishWizard(page);
}

/** Mines with little, where a test is about something else: what it hashes is taken from the test beside it. */
export async function mineWithLittle(page: Page): Promise<void> {
  await page.evaluate(() =>
    window.ibctminer?.settings.update({ power: { profile: 'custom', threads: 1, mode: 'light' } }),
  );
}

/** To the wizard's choice of a pool. */
export async function enterWallet(page: Page, address: string): Promise<void> {
  await agree(page);
  await page.getByRole('textbox', { name: 'Monero wallet address' }).fill(address);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** From the choice of a pool to the dashboard. */
export async function finishWizard(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
  const unencrypted = page.getByRole('checkbox', { name: 'Connect without encryption' });
  await expect(unencrypted.or(page.getByRole('radiogroup', { name: 'Power' }))).toBeVisible();
  if (await unencrypted.isVisible()) {
    await unencrypted.check();
    await page.getByRole('button', { name: 'Continue' }).click();
  }
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Finish set-up' }).click();
  await expect(page.getByRole('button', { name: 'Start mining' })).toBeVisible();
}

async function agree(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'I have read this and I agree' }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
}

export async function accepted(page: Page, count: number): Promise<void> {
  await expect
    .poll(async () => (await snapshotOf(page)).shares.accepted, { timeout: SHARES_MS })
    .toBeGreaterThanOrEqual(count);
}
