import { act, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { configured } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

const focused = () => document.activeElement?.textContent;
const onHeading = (name: string) =>
  waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('heading', { name, level: 1 })),
  );

test('the focus goes to the heading of a new screen, however one comes there', async () => {
  const { user } = await showApp(configured());
  await onHeading('Dashboard');
  await user.click(button('Pools'));
  await onHeading('Pools');
  await user.keyboard('{Control>}2{/Control}');
  await onHeading('History');
  await user.keyboard('{Control>}k{/Control}logs{Enter}');
  await onHeading('Logs');
  await user.keyboard('{Control>}1{/Control}');
  await onHeading('Dashboard');
  await user.tab();
  expect(focused()).toBe('Start mining');
});

test('the focus stays on the list of languages when the wizard speaks another one', async () => {
  const { user } = await showApp();
  const languages = screen.getByRole('combobox');
  await user.selectOptions(languages, 'de');
  await waitFor(() => expect(document.documentElement.lang).toBe('de'));
  expect(document.activeElement).toBe(languages);
});

test('full power, chosen in the tray, leads to where it is confirmed', async () => {
  const { push } = await showApp(configured());
  act(() => push('navigate', { screen: 'settings' }));
  await onHeading('Settings');
  act(() => push('navigate', { screen: 'power' }));
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('group', { name: 'Power' })),
  );
  act(() => push('navigate', { screen: 'dashboard' }));
  await onHeading('Dashboard');
});
