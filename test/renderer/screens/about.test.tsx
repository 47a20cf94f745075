import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { configured, VERSIONS, type Installed } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

async function about(installed: Partial<Installed> = {}) {
  const { user } = await showApp(configured(), () => undefined, installed);
  await user.click(button('About'));
  await screen.findByText('24.21.0');
}

test('a build on the Electron of development and tests says so, and what that means', async () => {
  await about({ versions: { ...VERSIONS, electron: '33.2.1', electronIsSupported: false } });
  expect(screen.getByText(/runs on Electron 33\.2\.1, which gets no security fixes/)).toBeDefined();
});

test('any other build does not', async () => {
  await about();
  expect(screen.queryByText(/no security fixes/)).toBeNull();
});
