import { act, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { configured, defaultWorld, GOOD_ADDRESS, OTHER_ADDRESS } from '../support/fakeBridge.ts';
import { button, renderApp, renderOutside } from '../support/renderApp.tsx';
import { snapshotOf } from '../support/snapshots.ts';
import { problem } from '../../../electron/contract/problem.ts';
import { said } from '../../support/said.ts';

afterEach(() => vi.useRealTimers());

test('says that it is starting', async () => {
  await renderApp({ hanging: ['app.info'] });
  expect(screen.getByRole('status').textContent).toBe('Starting…');
});

test('a failed start is told in words and can be tried again', async () => {
  const unread = problem('internal', { reason: 'EACCES' });
  const { user, world } = await renderApp({
    settings: configured(),
    failing: { 'settings.get': unread },
  });
  expect(screen.getByRole('alert').textContent).toBe(said(unread));
  world.failing = {};
  await user.click(button('Try again'));
  await screen.findByRole('button', { name: 'Start mining' });
});

test('outside the app it says so', () => {
  renderOutside();
  expect(screen.getByRole('heading', { name: /belongs inside the app/ })).toBeDefined();
});

test('a mining core that falls silent is told, and the figures are dated', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  vi.setSystemTime(1_800_000_000_000);
  const { push } = await renderApp({ settings: configured(), snapshot: snapshotOf('mining') });
  act(() => void vi.advanceTimersByTime(5000));
  expect(screen.queryByText('The mining core is not answering')).toBeNull();
  act(() => void vi.advanceTimersByTime(5000));
  expect(screen.getByRole('alert').textContent).toContain('10 s old');
  act(() => push('snapshot', snapshotOf('mining')));
  expect(screen.queryByText('The mining core is not answering')).toBeNull();
});

test('an address that somebody else wrote is told with both, and the user decides', async () => {
  const { push, user, calls } = await renderApp({
    settings: configured(),
    snapshot: snapshotOf('stopped'),
  });
  act(() => push('addressAlert', { confirmed: GOOD_ADDRESS, found: OTHER_ADDRESS }));
  const { textContent } = await screen.findByRole('alert');
  expect(textContent).toContain(OTHER_ADDRESS.slice(0, 6));
  expect(textContent).toContain(GOOD_ADDRESS.slice(0, 6));
  await user.click(button('Keep the confirmed address'));
  expect(calls.at(-1)).toEqual({
    name: 'settings.update',
    input: { wallet: { address: GOOD_ADDRESS } },
  });
});

test('a damaged settings file is told until it is dismissed', async () => {
  const fault = problem('notJson', { line: 1, column: 1 });
  const notice = problem('settingsSetAside', { fault, aside: 'settings.json.damaged' });
  const { user } = await renderApp({
    settings: configured(),
    info: { ...defaultWorld().info, notice },
  });
  expect(screen.getByText(said(notice))).toBeDefined();
  await user.click(button('Dismiss'));
  expect(screen.queryByText(said(notice))).toBeNull();
});
