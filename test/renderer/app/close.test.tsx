import { act, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { configured } from '../support/fakeBridge.ts';
import { button, noButton, renderApp } from '../support/renderApp.tsx';
import { snapshotOf } from '../support/snapshots.ts';

async function asked(trayAvailable: boolean, mining: boolean) {
  const shown = await renderApp({
    settings: configured(),
    snapshot: snapshotOf(mining ? 'mining' : 'stopped'),
  });
  act(() => shown.push('closeAsked', { trayAvailable, mining }));
  await screen.findByRole('dialog', { name: 'Close Ibctminer?' });
  return shown;
}

test('the window can go to the background, remembered when asked for', async () => {
  const { user, calls } = await asked(true, true);
  await user.click(screen.getByRole('checkbox', { name: 'Remember my choice' }));
  await user.click(button('Keep running in the background'));
  expect(calls.at(-1)).toEqual({
    name: 'window.closeChoice',
    input: { action: 'background', remember: true },
  });
});

test('quitting while mining says that mining stops', async () => {
  const { user, calls } = await asked(true, true);
  await user.click(button('Stop mining and quit'));
  expect(calls.at(-1)).toEqual({
    name: 'window.closeChoice',
    input: { action: 'quit', remember: false },
  });
});

test('without a tray there is no background', async () => {
  await asked(false, false);
  expect(noButton('Keep running in the background')).toBe(true);
  expect(button('Quit')).toBeDefined();
});

test('Escape cancels and remembers nothing', async () => {
  const { user, calls } = await asked(true, false);
  await user.click(screen.getByRole('checkbox', { name: 'Remember my choice' }));
  await user.keyboard('{Escape}');
  expect(calls.at(-1)).toEqual({
    name: 'window.closeChoice',
    input: { action: 'cancel', remember: false },
  });
});
