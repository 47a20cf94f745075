import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { configured } from '../support/fakeBridge.ts';
import { button, renderApp } from '../support/renderApp.tsx';
import { snapshotOf } from '../support/snapshots.ts';

test('a rejected share shows what the pool said', async () => {
  const { user } = await renderApp({ settings: configured(), snapshot: snapshotOf('mining') });
  await user.click(button('Shares'));
  expect(screen.getByRole('row', { name: /Rejected/ }).textContent).toMatch(/difficulty/i);
});
