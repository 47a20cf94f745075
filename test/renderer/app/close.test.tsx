import { act, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { configured } from '../support/realApp.ts';
import { button, noButton, showApp } from '../support/renderApp.tsx';

/** The shell's question, as it is put when the window's X is pressed. */
async function asked(trayAvailable: boolean, mining: boolean) {
  const app = await showApp(configured());
  act(() => app.push('closeAsked', { trayAvailable, mining }));
  await screen.findByRole('dialog', { name: 'Close Ibctminer?' });
  return app;
}

test('the window can go to the background, remembered when asked for', async () => {
  const { user, closeAnswers } = await asked(true, true);
  await user.click(screen.getByRole('checkbox', { name: 'Remember my choice' }));
  await user.click(button('Keep running in the background'));
  await waitFor(() => expect(closeAnswers).toEqual([{ action: 'background', remember: true }]));
});

test('quitting while mining says that mining stops', async () => {
  const { user, closeAnswers } = await asked(true, true);
  await user.click(button('Stop mining and quit'));
  await waitFor(() => expect(closeAnswers).toEqual([{ action: 'quit', remember: false }]));
});

test('without a tray there is no background', async () => {
  await asked(false, false);
  expect(noButton('Keep running in the background')).toBe(true);
  expect(button('Quit')).toBeDefined();
  expect(screen.getByRole('dialog').textContent).not.toContain('mining');
});

test('Escape cancels and remembers nothing', async () => {
  const { user, closeAnswers } = await asked(true, false);
  await user.click(screen.getByRole('checkbox', { name: 'Remember my choice' }));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(closeAnswers).toEqual([{ action: 'cancel', remember: false }]));
});
