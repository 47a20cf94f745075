import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { configured, defaultWorld, GOOD_ADDRESS, OTHER_ADDRESS } from '../support/fakeBridge.ts';
import { button, field, noButton, radio, renderApp } from '../support/renderApp.tsx';
import { snapshotOf } from '../support/snapshots.ts';
import { problem } from '../../../electron/contract/problem.ts';
import { said } from '../../support/said.ts';

async function atSettings(world = {}) {
  const shown = await renderApp({
    settings: configured(),
    snapshot: snapshotOf('stopped'),
    ...world,
  });
  await shown.user.click(button('Settings'));
  return shown;
}

const updates = (calls: { name: string; input: unknown }[]) =>
  calls.filter((call) => call.name === 'settings.update').map((call) => call.input);

describe('measuring', () => {
  const point = { threads: 2, interleave: 4, hashesPerSecond: 1234 };

  test('begins on a press, shows what comes in, and can be cancelled', async () => {
    const { user, calls, push } = await atSettings();
    await user.click(button('Measure'));
    expect(calls.map(({ name }) => name)).toContain('tuning.begin');
    act(() =>
      push('tuning', {
        running: { progress: 0.5, points: [point, { ...point, hashesPerSecond: 9 }] },
        result: null,
        problem: null,
      }),
    );
    const curve = screen.getByRole('list', { name: 'Hashrate by number of threads' });
    expect(within(curve).getAllByRole('listitem')).toHaveLength(1);
    expect(curve.textContent).toContain('1.23 kH/s');
    await user.click(button('Cancel'));
    expect(calls.map(({ name }) => name)).toContain('tuning.cancel');
  });

  test('shows the result, and threads are recommended anew', async () => {
    const { user, calls, push } = await atSettings();
    await user.click(button('Measure'));
    const before = calls.filter(({ name }) => name === 'system.report').length;
    act(() =>
      push('tuning', {
        running: null,
        result: {
          algorithm: 'rx/0',
          mode: 'fast',
          pages: '2m',
          rounding: 'auto',
          curve: [point],
          best: point,
          measuredAtMs: 1,
        },
        problem: null,
      }),
    );
    await screen.findByText(/Fastest: 2 threads, 4 hashes side by side, 1.23/);
    expect(calls.filter(({ name }) => name === 'system.report').length).toBe(before + 1);
    button('Measure again');
  });

  test('is not offered while mining', async () => {
    await atSettings({ snapshot: snapshotOf('mining') });
    expect(button('Measure').disabled).toBe(true);
    screen.getByText(/Stop mining first/);
  });

  test('says what went wrong', async () => {
    const fault = problem('tuningUnwritable', { file: 'f', reason: problem('diskFull') });
    await atSettings({ tuning: { running: null, result: null, problem: fault } });
    screen.getByText(said(fault));
  });
});

describe('the wallet address', () => {
  test('changes only after old and new were shown side by side', async () => {
    const { user, calls } = await atSettings();
    await user.click(button('Change address'));
    field('New wallet address').focus();
    await user.paste(OTHER_ADDRESS);
    await waitFor(() => expect(button('Continue').disabled).toBe(false));
    await user.click(button('Continue'));
    const dialog = screen.getByRole('dialog', { name: 'Mine for another address?' });
    expect(within(dialog).getByRole('region', { name: 'Now' }).textContent).toContain(GOOD_ADDRESS);
    expect(within(dialog).getByRole('region', { name: 'New' }).textContent).toContain(
      OTHER_ADDRESS,
    );
    expect(updates(calls)).toEqual([]);

    await user.click(button('Use the new address'));
    expect(updates(calls)).toEqual([{ wallet: { address: OTHER_ADDRESS } }]);
  });

  test('cannot be changed to a wrong one, nor to the same one', async () => {
    const { user } = await atSettings();
    await user.click(button('Change address'));
    await user.type(field('New wallet address'), '4wrong');
    await screen.findByText(said(problem('addressChecksum')));
    expect(button('Continue').disabled).toBe(true);
    await user.clear(field('New wallet address'));
    await user.paste(GOOD_ADDRESS);
    await screen.findByText('This is a valid Monero address.');
    expect(button('Continue').disabled).toBe(true);
  });
});

describe('full power', () => {
  async function atTrial() {
    const shown = await atSettings();
    await shown.user.click(radio('Full power'));
    expect(shown.calls.map(({ name }) => name)).not.toContain('settings.update');
    await shown.user.click(button('Try full power'));
    return shown;
  }

  test('is confirmed, then shown for as long as the app tries it', async () => {
    const { push } = await atTrial();
    expect(radio('Full power').getAttribute('aria-checked')).toBe('true');
    expect(button('Keep full power')).toBeDefined();
    act(() => push('powerTrial', { state: 'none' }));
    expect(radio('Balanced').getAttribute('aria-checked')).toBe('true');
    expect(noButton('Keep full power')).toBe(true);
  });

  test('is confirmed in the same way when it is chosen by the number of threads', async () => {
    const { user, calls } = await atSettings({
      settings: configured({ power: { profile: 'custom', threads: 15, mode: 'auto' } }),
    });
    fireEvent.change(screen.getByRole('slider'), { target: { value: '16' } });
    expect(updates(calls)).toEqual([]);
    await user.click(button('Try full power'));
    expect(updates(calls)).toEqual([{ power: { profile: 'custom', threads: 16, mode: 'auto' } }]);
  });

  test('stays when it is kept', async () => {
    const { user } = await atTrial();
    await user.click(button('Keep full power'));
    expect(radio('Full power').getAttribute('aria-checked')).toBe('true');
    expect(noButton('Keep full power')).toBe(true);
  });

  test('goes back at once when that is asked for', async () => {
    const { user } = await atTrial();
    await user.click(button('Go back now'));
    expect(radio('Balanced').getAttribute('aria-checked')).toBe('true');
  });

  test('is still counted down in a window that opens meanwhile', async () => {
    await atSettings({
      powerTrial: {
        state: 'running',
        power: { profile: 'full', mode: 'auto' },
        remainingMs: 12_500,
      },
    });
    expect(screen.getByText(/Full power ends in 1[123] s/)).toBeDefined();
  });
});

test('a rule that this system cannot serve says so', async () => {
  await atSettings({ system: { ...defaultWorld().system, batteryKnown: false } });
  const battery = screen.getByRole('switch', { name: 'Pause on battery' });
  expect(battery.hasAttribute('data-disabled')).toBe(true);
  expect(screen.getByText(/Unavailable: this system/)).toBeDefined();
});

test('the background is not offered where there is no tray', async () => {
  await atSettings({ system: { ...defaultWorld().system, trayAvailable: false } });
  expect(radio('Keep running in the background').hasAttribute('data-disabled')).toBe(true);
});

test('a port in use is told next to the port of the HTTP API, and the token can be copied', async () => {
  const taken = problem('apiPortTaken', { port: 8484 });
  const { user, calls } = await atSettings({
    settings: configured({ api: { enabled: true, port: 8484, token: 'a-long-token' } }),
    api: { state: 'failed', problem: taken },
  });
  expect(await screen.findByText(said(taken))).toBeDefined();
  await user.click(button('Copy token'));
  expect(calls).toContainEqual({ name: 'clipboard.write', input: { text: 'a-long-token' } });
  await user.clear(field('Port'));
  await user.type(field('Port'), '8585');
  await user.tab();
  expect(updates(calls)).toEqual([{ api: { enabled: true, port: 8585, token: 'a-long-token' } }]);
});

test('the theme is put on the page', async () => {
  const { user } = await atSettings();
  await user.click(radio('Dark'));
  expect(document.documentElement.dataset['theme']).toBe('dark');
});

test('reset asks, and leads back to the wizard', async () => {
  const { user, calls } = await atSettings();
  await user.click(button('Reset everything'));
  expect(calls.map((call) => call.name)).not.toContain('settings.reset');
  const dialog = screen.getByRole('dialog', { name: 'Reset everything?' });
  await user.click(within(dialog).getByRole('button', { name: 'Reset everything' }));
  await screen.findByRole('heading', { name: 'Before anything runs' });
});
