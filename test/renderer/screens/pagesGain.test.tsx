import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { PagesGain } from '../../../electron/contract/health.ts';
import { configured } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

const gain = (change: Partial<PagesGain> = {}): PagesGain => ({
  ...{ pages: '2m', threads: 1, hugeHashesPerSecond: 8020, smallHashesPerSecond: 5460 },
  ...change,
});

async function measured(found: PagesGain) {
  const app = await showApp(configured(), undefined, {
    comparePages: () => Promise.resolve({ ok: true, value: found }),
  });
  await app.user.click(button('Health'));
  await app.user.click(button('Measure the gain'));
  return app;
}

test.each([
  [
    gain(),
    'On this computer, mining is 47% faster with huge pages: 8.02 kH/s with them, 5.46 kH/s without. Measured with 1 thread and 2 MiB pages.',
  ],
  [
    gain({ hugeHashesPerSecond: 5480, threads: 4 }),
    'On this computer, huge pages make no difference: 5.48 kH/s with them, 5.46 kH/s without. Measured with 4 threads and 2 MiB pages.',
  ],
  [gain({ pages: '4k' }), /^The system gives no huge pages now/],
])('what huge pages bring is told as it was measured: %j', async (found, sentence) => {
  await measured(found);
  await screen.findByText(sentence);
});

test('it can be ended, also after a look at another screen, and nothing mines beside it', async () => {
  const { user, desktop } = await showApp(configured(), undefined, {
    comparePages: ({ signal }) =>
      new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      ),
  });
  await user.click(button('Health'));
  await user.click(button('Measure the gain'));
  await screen.findByText('Measuring…');
  expect(desktop.start()).toMatchObject({ error: { code: 'measuring' } });
  await user.click(button('Dashboard'));
  await user.click(button('Health'));
  await screen.findByText('Measuring…');
  await user.click(button('Cancel'));
  await screen.findByText('The measurement was ended before it was done.');
  await waitFor(() => expect(button('Measure the gain').disabled).toBe(false));
  await user.click(button('Dashboard'));
  await user.click(button('Health'));
  await screen.findByText('The measurement was ended before it was done.');
});

test('a double click measures, and a second Enter ends nothing', async () => {
  const { user } = await showApp(configured(), undefined, {
    comparePages: ({ signal }) =>
      new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      ),
  });
  await user.click(button('Health'));
  await user.dblClick(button('Measure the gain'));
  await screen.findByText('Measuring…');
  await user.click(button('Cancel'));
  await screen.findByText('The measurement was ended before it was done.');
  button('Measure the gain').focus();
  await user.keyboard('{Enter}{Enter}');
  await screen.findByText('Measuring…');
  await user.tab();
  expect(document.activeElement).toBe(button('Cancel'));
});
