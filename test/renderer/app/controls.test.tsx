import { act, screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { configured } from '../support/fakeBridge.ts';
import { button, noButton, renderApp } from '../support/renderApp.tsx';
import { practised, situations, snapshotOf } from '../support/snapshots.ts';

const screenNames = ['Dashboard', 'Shares', 'Pools', 'Settings', 'Logs', 'Health', 'About'];
const running = situations.filter(
  (situation) => !['needsConsent', 'stopped', 'failed'].includes(situation),
);

describe('Start, Stop and Pause', () => {
  test('there is no Start before the app is set up', async () => {
    await renderApp();
    expect(noButton('Start mining')).toBe(true);
  });

  test('Start starts', async () => {
    const { user, calls } = await renderApp({
      settings: configured(),
      snapshot: snapshotOf('stopped'),
    });
    await user.click(button('Start mining'));
    expect(calls.at(-1)?.name).toBe('mining.start');
  });

  test.each(running)(
    'Stop is there on every screen while %s, and does not ask',
    async (situation) => {
      const { user, calls } = await renderApp({
        settings: configured(),
        snapshot: snapshotOf(situation),
      });
      for (const name of screenNames) {
        await user.click(button(name));
        await user.click(button('Stop mining'));
        expect(calls.at(-1)?.name).toBe('mining.stop');
      }
      expect(screen.queryByRole('dialog')).toBeNull();
    },
  );

  test('Stop is there even when no state is known', async () => {
    const { user, calls } = await renderApp({
      settings: configured(),
      failing: { 'snapshot.get': { code: 'x', message: 'No answer.' } },
    });
    await user.click(button('Stop mining'));
    expect(calls.at(-1)?.name).toBe('mining.stop');
  });

  test('the pause menu pauses for a time or until resumed', async () => {
    const { user, calls } = await renderApp({
      settings: configured(),
      snapshot: snapshotOf('mining'),
    });
    await user.click(button('Pause'));
    await user.click(await screen.findByRole('menuitem', { name: '1 hour' }));
    expect(calls.at(-1)).toEqual({ name: 'mining.pause', input: { minutes: 60 } });
    await user.click(button('Pause'));
    await user.click(await screen.findByRole('menuitem', { name: 'Until I resume' }));
    expect(calls.at(-1)).toEqual({ name: 'mining.pause', input: { minutes: null } });
  });

  test('Resume is offered for a pause of the user, not for one of a rule', async () => {
    const { user, calls, push } = await renderApp({
      settings: configured(),
      snapshot: snapshotOf('paused'),
    });
    await user.click(button('Resume'));
    expect(calls.at(-1)?.name).toBe('mining.resume');
    act(() => push('snapshot', snapshotOf('pausedByRule')));
    expect(noButton('Resume')).toBe(true);
  });

  test('a refused command is told in words', async () => {
    const { user } = await renderApp({
      settings: configured(),
      snapshot: snapshotOf('stopped'),
      failing: { 'mining.start': { code: 'x', message: 'The native library is missing.' } },
    });
    await user.click(button('Start mining'));
    expect((await screen.findByRole('alert')).textContent).toContain('native library is missing');
  });
});

describe('the state and the why line', () => {
  test('are on every screen', async () => {
    const { user } = await renderApp({
      settings: configured(),
      snapshot: snapshotOf('pausedByRule'),
    });
    for (const name of screenNames) {
      await user.click(button(name));
      const region = screen.getByRole('region', { name: 'Mining state' });
      expect(region.textContent).toContain('Paused');
      expect(region.textContent).toContain('Paused: on battery and you are using the computer.');
    }
  });

  test('a change of state is spoken; the counting why line is not', async () => {
    const { push } = await renderApp({ settings: configured(), snapshot: snapshotOf('stopped') });
    const status = screen
      .getAllByRole('status')
      .find((element) => element.textContent === 'Stopped');
    act(() => push('snapshot', snapshotOf('waiting')));
    expect(status?.textContent).toBe('Waiting');
    expect(screen.getByTestId('why').closest('[role=status],[aria-live]')).toBeNull();
  });

  test('practice is marked on every screen', async () => {
    const { user } = await renderApp({
      settings: configured(),
      snapshot: practised(snapshotOf('mining')),
    });
    for (const name of screenNames) {
      await user.click(button(name));
      expect(screen.getByRole('region', { name: 'Mining state' }).textContent).toContain(
        'Practice',
      );
      expect(screen.getByText(/nobody earns anything/)).toBeDefined();
    }
  });

  test('the window title begins with the name of the app', async () => {
    const { user } = await renderApp({ settings: configured() });
    for (const name of screenNames) {
      await user.click(button(name));
      expect(document.title).toMatch(/^Ibctminer/);
    }
  });
});
