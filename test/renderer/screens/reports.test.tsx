import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { problem } from '../../../electron/contract/problem.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { configured, GOOD_ADDRESS, poolAt } from '../support/realApp.ts';
import { button, noButton, radio, showApp } from '../support/renderApp.tsx';

let pool: FriendlyPool | undefined;
afterEach(async () => {
  await pool?.close();
  pool = undefined;
});

async function mining() {
  pool = await FriendlyPool.listen();
  const app = await showApp(configured({ pools: [poolAt(pool.port)] }));
  await app.user.click(button('Start mining'));
  await app.reach('mining');
  return { ...app, pool };
}

test('health shows what was found here, and copies a report without the address', async () => {
  const { user, copied } = await showApp(configured());
  await user.click(button('Health'));
  expect(await screen.findByText(/needs? attention\.|Everything is fine\./)).toBeDefined();
  await user.click(button('Copy report'));
  await waitFor(() => expect(copied).toHaveLength(1));
  expect(copied[0]).toContain('Ibctminer 1.0.0');
  expect(copied[0]).not.toContain(GOOD_ADDRESS);
});

test('a command of health is copied as it is shown', async () => {
  const { user, copied } = await showApp(configured(), ({ surroundings }) => {
    surroundings.trayAvailable = false;
  });
  await user.click(button('Health'));
  const command = 'sudo apt install gnome-shell-extension-appindicator';
  const line = (await screen.findByText(command)).closest('dd');
  if (line === null) throw new Error('The command stands nowhere.');
  await user.click(within(line).getByRole('button', { name: 'Copy command' }));
  await waitFor(() => expect(copied).toEqual([command]));
});

test('the engine is tested on demand, with real hashes', async () => {
  const { user } = await showApp(configured());
  await user.click(button('Health'));
  await user.click(button('Test the engine'));
  expect(await screen.findByText(/^All 4 hashes are right/)).toBeDefined();
});

test('a health check that failed can be run again', async () => {
  const { user, broken } = await showApp(configured(), (app) => app.broken.add('health.run'));
  await user.click(button('Health'));
  await screen.findByRole('alert');
  broken.clear();
  await user.click(button('Check again'));
  expect(await screen.findByText(/needs? attention\.|Everything is fine\./)).toBeDefined();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('log lines come in as they happen, newest first', async () => {
  const { user } = await mining();
  await user.click(button('Logs'));
  const lines = screen.getByRole('list', { name: 'Log lines' });
  const first = lines.textContent.indexOf('Connected to');
  expect(first).toBeGreaterThan(lines.textContent.indexOf('New job'));
});

test('the log is filtered by level and by text, and what is shown is what is copied', async () => {
  const { user, log, copied } = await showApp(configured());
  await user.click(button('Logs'));
  const refused = (said: string) => problem('shareRefused', { said });
  act(() => {
    log.add({ level: 'info', key: 'stoppedByFault', values: { reason: 'plain' } });
    log.tell('warn', refused('some warning'));
    log.tell('error', refused('bad error'));
    log.tell('error', refused('other error'));
  });
  const lines = () => screen.getByRole('list', { name: 'Log lines' });
  const shown = () => within(lines()).getAllByRole('listitem').length;
  await waitFor(() => expect(shown()).toBe(4));
  await user.click(radio('Warnings and errors'));
  expect(shown()).toBe(3);
  await user.click(radio('Errors'));
  expect(shown()).toBe(2);
  await user.type(screen.getByRole('searchbox', { name: 'Search logs' }), 'BAD');
  expect(shown()).toBe(1);
  await user.click(button('Copy logs'));
  await waitFor(() => expect(copied).toHaveLength(1));
  expect(copied[0]).toMatch(/bad error/);
  expect(copied[0]).not.toMatch(/plain|warning|other/);
  await user.type(screen.getByRole('searchbox', { name: 'Search logs' }), ' and nothing like it');
  expect(screen.getByText('No matching lines.')).toBeDefined();
  expect(noButton('Copy logs')).toBe(true);
});

test('the log is kept in files, which can be opened and exported', async () => {
  const { user, log, advance, folder, opened, saveAs } = await showApp(configured());
  await user.click(button('Logs'));
  log.tell('warn', problem('internal', { reason: `${GOOD_ADDRESS}\nbroken off` }));
  advance(2000);
  const kept = readFileSync(join(folder, 'logs', 'ibctminer.log'), 'utf8');
  expect(kept).toContain('[address] broken off');
  expect(await screen.findByText(new RegExp(`^Kept in .*logs, at most`))).toBeDefined();
  await user.click(button('Open folder'));
  expect(opened).toEqual([join(folder, 'logs')]);
  saveAs.file = join(folder, 'chosen.txt');
  await user.click(button('Export all'));
  await screen.findByText(`Saved as ${saveAs.file}.`);
  expect(readFileSync(saveAs.file, 'utf8')).toBe(kept);
});

test('a log that cannot be kept is told, and is shown all the same', async () => {
  const { user, log, advance, breakDisk } = await showApp(configured());
  breakDisk();
  log.tell('warn', problem('internal', { reason: 'told before' }));
  advance(2000);
  await user.click(button('Logs'));
  expect((await screen.findAllByText(/^The log could not be saved/)).length).toBe(2);
  expect(screen.getByText(/told before/)).toBeDefined();
});

test('copying the log keeps the newest lines', async () => {
  const { user, log, copied } = await showApp(configured());
  await user.click(button('Logs'));
  act(() => {
    for (let line = 0; line < 999; line += 1)
      log.add({
        level: 'info',
        key: 'stoppedByFault',
        values: { reason: `${line} ${'x'.repeat(300)}` },
      });
    log.add({ level: 'info', key: 'stoppedByFault', values: { reason: 'the newest' } });
  });
  await user.click(await screen.findByRole('button', { name: 'Copy logs' }));
  await waitFor(() => expect(copied).toHaveLength(1));
  expect(copied[0]?.endsWith('the newest')).toBe(true);
  expect(copied[0]).toMatch(/^\d{4}-/);
});

test('before the first share, its expected time is told', async () => {
  const { user, advance } = await mining();
  advance(15_000);
  await user.click(button('History'));
  expect(await screen.findByText(/First share expected in about/)).toBeDefined();
});

test('messages with the pool are shown without the address', async () => {
  const { user } = await mining();
  await user.click(button('Logs'));
  const list = await screen.findByRole('list', { name: 'Messages' });
  expect(list.textContent).toMatch(/login/);
  expect(list.textContent).not.toContain(GOOD_ADDRESS);
});

test('messages are filtered by text, and what is shown is what is copied', async () => {
  const { user, copied } = await mining();
  await user.click(button('Logs'));
  const list = await screen.findByRole('list', { name: 'Messages' });
  const shown = () =>
    within(list)
      .getAllByRole('listitem')
      .map((item) => item.textContent);
  const all = shown().length;
  await user.type(screen.getByRole('searchbox', { name: 'Search messages' }), '"method":"login"');
  expect(shown().length).toBeLessThan(all);
  expect(shown().every((text) => text.includes('login'))).toBe(true);
  await user.click(button('Copy messages'));
  await waitFor(() => expect(copied).toHaveLength(1));
  expect(copied[0]?.split('\n')).toHaveLength(shown().length);
  expect(copied[0]).not.toContain(GOOD_ADDRESS);
});

test('links go by id, never by address', async () => {
  const { user, opened } = await showApp(configured());
  await user.click(button('About'));
  await user.click(button('Source code'));
  await waitFor(() => expect(opened).toEqual(['source']));
  expect(document.querySelectorAll('a[href^="http"]')).toHaveLength(0);
});
