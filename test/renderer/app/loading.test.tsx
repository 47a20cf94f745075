import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { problem } from '../../../electron/contract/problem.ts';
import { said } from '../../support/said.ts';
import { configured, GOOD_ADDRESS, OTHER_ADDRESS } from '../support/realApp.ts';
import { button, renderOutside, showApp } from '../support/renderApp.tsx';

afterEach(() => vi.useRealTimers());

test('says that it is starting', async () => {
  await showApp(undefined, ({ hanging }) => hanging.add('app.info'));
  expect(screen.getByRole('status').textContent).toBe('Starting…');
});

test('a failed start is told in words and can be tried again', async () => {
  const { user, broken } = await showApp(configured(), (app) => app.broken.add('settings.get'));
  const unread = problem('internal', { reason: 'broken by a test' });
  expect(screen.getByRole('alert').textContent).toBe(said(unread));
  broken.clear();
  await user.click(button('Try again'));
  await screen.findByRole('button', { name: 'Start mining' });
});

test('outside the app it says so', () => {
  renderOutside();
  expect(screen.getByRole('heading', { name: /belongs inside the app/ })).toBeDefined();
});

test('a mining core that falls silent is told, and the figures are dated', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
  const { advance } = await showApp(configured());
  vi.setSystemTime(Date.now() + 86_400_000);
  act(() => void vi.advanceTimersByTime(12_000));
  expect(screen.queryByText('The mining core is not answering')).toBeNull();
  act(() => void vi.advanceTimersByTime(12_000));
  expect(screen.getByRole('alert').textContent).toContain('24 s old');
  advance(1000);
  act(() => void vi.advanceTimersByTime(1000));
  expect(screen.queryByText('The mining core is not answering')).toBeNull();
});

test('an address that somebody else wrote is told with both, and the user decides', async () => {
  const { user, desktop, advance, writeSettings } = await showApp(configured());
  writeSettings(configured({ wallet: { address: OTHER_ADDRESS } }));
  advance(2000);
  const { textContent } = await screen.findByRole('alert');
  expect(textContent).toContain(OTHER_ADDRESS.slice(0, 6));
  expect(textContent).toContain(GOOD_ADDRESS.slice(0, 6));
  await user.click(button('Keep the confirmed address'));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(desktop.settings.wallet).toEqual({ address: GOOD_ADDRESS });
});

test('a damaged settings file is told until it is dismissed', async () => {
  const { user } = await showApp('{ "version": 2,');
  const notice = () => screen.queryByText(/Your settings could not be read/);
  expect(notice()).not.toBeNull();
  await user.click(button('Dismiss'));
  expect(notice()).toBeNull();
});
