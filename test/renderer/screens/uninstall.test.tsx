import { existsSync, readdirSync } from 'node:fs';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { configured } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

test('everything that is to go is shown, with what only the user can remove, before anything goes', async () => {
  const { user, copied, folder } = await showApp(configured());
  await user.click(button('About'));
  await user.click(button('Uninstall…'));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain(`${folder}/settings.json`);
  expect(dialog.textContent).toContain('sudo apt remove ibctminer');
  await user.click(screen.getAllByRole('button', { name: /Copy command/ }).at(-1) as HTMLElement);
  expect(copied).toEqual(['sudo apt remove ibctminer']);
  await user.click(button('Cancel'));
  expect(existsSync(`${folder}/settings.json`)).toBe(true);
});

test('what is not kept goes, mining has stopped, and quitting is all that is left', async () => {
  const app = await showApp(configured());
  const { user, desktop, folder, closeAnswers } = app;
  await user.click(button('Start mining'));
  await user.click(button('About'));
  await user.click(button('Uninstall…'));
  await user.click(
    await screen.findByRole('checkbox', { name: 'Keep settings, wallet address and pools' }),
  );
  await user.click(button('Stop mining and remove'));
  await screen.findByRole('heading', { name: 'Ibctminer has cleaned up' });
  expect(desktop.isMining).toBe(false);
  expect(desktop.start().ok).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(['confirmed-address.json', 'settings.json']);
  await user.keyboard('{Escape}');
  await user.click(button('Quit'));
  await waitFor(() => expect(closeAnswers).toEqual([{ action: 'quit', remember: false }]));
});
