import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ForkRehearsal } from '../../../electron/contract/health.ts';
import { configured } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

const rehearsal: ForkRehearsal = {
  ...{ mode: 'fast', threads: 4, standstillMs: 84, isMemoryKept: true },
  readiness: 'ready',
  hashesPerSecond: { before: 5460, after: 4920 },
  shares: { before: 5, after: 9, refused: 0, late: 1 },
};
const ready = 'This app and this computer are ready for the next fork of Monero.';
const notReady = /^This app or this computer is not ready for the next fork of Monero\./;
const unproven =
  /^Nothing went wrong, but this computer found no share in the minute after the fork\./;

test.each<[Partial<ForkRehearsal>, RegExp | string]>([
  [
    {},
    `${ready} Shares accepted: 5 before the fork, 9 after it. Refused: 0. Nothing had to be built again, and mining stood still for at most 0.1 s. Hashrate: 5.46 kH/s before (rx/0), 4.92 kH/s after (rx/2).`,
  ],
  [{ readiness: 'notReady', isMemoryKept: false }, notReady],
  [{ readiness: 'unproven', shares: { ...rehearsal.shares, after: 0 } }, unproven],
])('the verdict on the next fork is told as it was rehearsed: %j', async (change, verdict) => {
  const { user } = await showApp(configured(), undefined, {
    rehearseFork: () => Promise.resolve({ ok: true, value: { ...rehearsal, ...change } }),
  });
  await user.click(button('Health'));
  await user.click(button('Rehearse the fork'));
  expect(await screen.findByText(verdict)).toBeDefined();
});
