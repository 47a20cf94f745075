import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { configured, poolAt } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

let pool: FriendlyPool;
afterEach(() => pool.close());

test('each share is listed with its fate, and a rejected one with what the pool said', async () => {
  pool = await FriendlyPool.listen();
  const { user, reach, engine } = await showApp(configured({ pools: [poolAt(pool.port)] }));
  await user.click(button('Start mining'));
  await reach('mining');
  await user.click(button('Shares'));
  engine().find();
  await screen.findByRole('row', { name: /Accepted/ });
  pool.refusal = 'Low difficulty share';
  engine().find();
  await waitFor(() =>
    expect(screen.getByRole('row', { name: /Rejected/ }).textContent).toContain(
      'Low difficulty share',
    ),
  );
});
