import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, startApp, test } from './support/app.ts';
import { accepted, mineWithLittle, setUp } from './support/journey.ts';
import { hashingThreads } from './support/processes.ts';

const everythingIn = (place: string) => readdirSync(place, { recursive: true }).map(String).sort();

test('after uninstalling in the app, nothing of it is left at all', async ({ home }) => {
  const { page, pid, ended } = await startApp(home);
  await setUp(page);
  await mineWithLittle(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Opening and closing' }).click();
  await page.getByRole('switch', { name: 'Open the app when I log in' }).click();
  await page.getByRole('button', { name: 'Start mining' }).click();
  await accepted(page, 1);
  const used = everythingIn(home);
  expect(used).toContain(join('.config', 'autostart', 'ibctminer.desktop'));
  expect(used).toContain(join('.config', 'Ibctminer', 'mining'));

  await page.getByRole('button', { name: 'About' }).click();
  await page.getByRole('button', { name: 'Uninstall…' }).click();
  const dialog = page.getByRole('dialog');
  for (const name of readdirSync(join(home, '.config', 'Ibctminer'))) {
    await expect(dialog).toContainText(join(home, '.config', 'Ibctminer', name));
  }
  await expect(dialog).not.toContainText('Not made by the app');
  await page.getByRole('button', { name: 'Stop mining and remove' }).click();
  await expect(page.getByRole('heading', { name: 'Ibctminer has cleaned up' })).toBeVisible();
  expect(hashingThreads(pid)).toBe(0);
  await page.getByRole('button', { name: 'Quit', exact: true }).click();
  expect(await ended).toBe(0);

  // What is left belongs to the desktop, or to libraries that other programs use too.
  const left = () => everythingIn(home).filter((path) => /ibctminer|electron|chrom/i.test(path));
  await expect.poll(left).toEqual([]);
  expect(everythingIn(join(home, '.config'))).toEqual(['autostart']);
});
