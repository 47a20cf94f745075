import { join } from 'node:path';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ForkRehearsal } from '../../../electron/contract/health.ts';
import { cpuReport } from '../../../electron/core/engine/library.ts';
import { machineOf } from '../../../electron/core/engine/tunings.ts';
import {
  REHEARSAL_FILE_NAME,
  RehearsalFile,
} from '../../../electron/core/settings/rehearsalFile.ts';
import { configured } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

const rehearsal: ForkRehearsal = {
  ...{ mode: 'fast', threads: 4, standstillMs: 84, isMemoryKept: true },
  readiness: 'ready',
  hashesPerSecond: { before: 5460, after: 4920 },
  shares: { before: 5, after: 9, refused: 0, late: 1 },
};
const JANUARY = Date.UTC(2026, 0, 2, 12);
const ready = 'This app and this computer are ready for the next fork of Monero.';
const notReady = /^This app or this computer is not ready for the next fork of Monero\./;
const unproven =
  /^Nothing went wrong, but this computer found no share in the minute after the fork\./;

test.each<[Partial<ForkRehearsal>, RegExp | string]>([
  [
    {},
    `${ready} Shares accepted: 5 before the fork, 9 after it. Refused: 0. Nothing had to be built again, and mining stood still for at most 0.1 s. Hashrate: 5.46 kH/s before (rx/0), 4.92 kH/s after (rx/2). Rehearsed on Jan 1, 2026 in fast mode.`,
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

test.each([
  ['1.0.0', 1],
  ['0.9.0', 0],
])('what version %s rehearsed is shown at the next start: %i', async (app, count) => {
  const { user } = await showApp(configured(), ({ folder }) => {
    const here = { ...machineOf(cpuReport()), app };
    new RehearsalFile(join(folder, REHEARSAL_FILE_NAME), () => here).keep(rehearsal, JANUARY);
  });
  await user.click(button('Health'));
  await screen.findByRole('button', { name: 'Rehearse the fork' });
  expect(screen.queryAllByText(/Rehearsed on Jan 2, 2026 in fast mode\./)).toHaveLength(count);
});

test('what is rehearsed is kept', async () => {
  const { bridge } = await showApp(configured(), undefined, {
    rehearseFork: () => Promise.resolve({ ok: true, value: rehearsal }),
  });
  expect(await bridge.health.lastRehearsal()).toEqual({ ok: true, value: null });
  const kept = await bridge.health.rehearseFork();
  expect(kept).toMatchObject({ ok: true, value: rehearsal });
  expect(await bridge.health.lastRehearsal()).toEqual(kept);
});
