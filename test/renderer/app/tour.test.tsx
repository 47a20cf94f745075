import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../../electron/contract/settings.ts';
import { configured } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

const newcomer = () => configured({ appearance: defaultSettings().appearance });
const bar = () => screen.queryByRole('region', { name: 'Tour of the dashboard' });
const inBar = () => within(screen.getByRole('region', { name: 'Tour of the dashboard' }));
const explained = () => document.querySelectorAll('[data-explained]');

test('the tour explains each part of the dashboard once, with the keyboard alone', async () => {
  const { user, desktop } = await showApp(newcomer());
  const seen = new Set<Element | undefined>();
  inBar().getByRole('button', { name: 'Next' }).focus();
  for (let step = 1; step <= 6; step += 1) {
    expect(inBar().getByRole('status').textContent).toMatch(new RegExp(`^${String(step)} of 6`));
    expect(explained()).toHaveLength(1);
    seen.add(explained()[0]);
    await user.keyboard('{Enter}');
  }
  expect(seen.size).toBe(6);
  await waitFor(() => expect(bar()).toBeNull());
  expect(desktop.settings.appearance.tour).toBe(false);
  expect(explained()).toHaveLength(0);
  expect(document.activeElement?.id).toBe('content');
});

test('the tour waits on the dashboard, goes on where it was, and is dismissed for ever', async () => {
  const { user, desktop } = await showApp(newcomer());
  await user.click(button('Next'));
  await user.click(button('Pools'));
  expect(bar()).toBeNull();
  await user.click(button('Dashboard'));
  expect(inBar().getByRole('status').textContent).toMatch(/^2 of 6/);
  await user.click(button('Don’t show again'));
  await waitFor(() => expect(bar()).toBeNull());
  expect(desktop.settings.appearance.tour).toBe(false);
});

test('the tour is shown again from the palette and from About', async () => {
  const { user } = await showApp(configured());
  expect(bar()).toBeNull();
  await user.click(button('Pools'));
  await user.keyboard('{Control>}k{/Control}');
  await user.keyboard('tour{Enter}');
  await screen.findByRole('region', { name: 'Tour of the dashboard' });
  await user.click(button('Don’t show again'));
  await user.click(button('About'));
  await user.click(button('Show the tour of the dashboard'));
  await screen.findByRole('region', { name: 'Tour of the dashboard' });
});
