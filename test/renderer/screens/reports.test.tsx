import { act, screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { configured } from '../support/fakeBridge.ts';
import { button, radio, renderApp } from '../support/renderApp.tsx';
import { snapshotOf } from '../support/snapshots.ts';

const base = () => ({ settings: configured(), snapshot: snapshotOf('mining') });

describe('health', () => {
  test('shows each finding with its fix, and copies the report', async () => {
    const { user, calls } = await renderApp({
      ...base(),
      health: [
        { id: 'a', title: 'Memory', status: 'ok', detail: 'Enough.', fix: null },
        { id: 'b', title: 'Huge pages', status: 'warn', detail: 'None.', fix: 'sysctl -w x=1' },
      ],
    });
    await user.click(button('Health'));
    expect(await screen.findByText('1 thing needs attention.')).toBeDefined();
    expect(screen.getByText('sysctl -w x=1')).toBeDefined();
    await user.click(button('Copy report'));
    expect(calls.at(-1)).toEqual({
      name: 'clipboard.write',
      input: { text: 'Ibctminer 1.0.0 on Linux x64' },
    });
  });

  test('a check that failed can be run again', async () => {
    const { user, world } = await renderApp({
      ...base(),
      failing: { 'health.run': { code: 'x', message: 'Interrupted.' } },
    });
    await user.click(button('Health'));
    expect((await screen.findByRole('alert')).textContent).toContain('Interrupted.');
    world.failing = {};
    await user.click(button('Check again'));
    expect(await screen.findByText('Everything is fine.')).toBeDefined();
  });
});

describe('logs', () => {
  const logs = [
    { timeMs: 1000, level: 'info', text: 'Connected.' },
    { timeMs: 2000, level: 'error', text: 'Connection lost.' },
  ] as const;

  test('come in as they happen, newest first, and can be filtered', async () => {
    const { user, push } = await renderApp({ ...base(), logs: [...logs] });
    await user.click(button('Logs'));
    act(() => push('log', { timeMs: 3000, level: 'warn', text: 'Reconnecting.' }));
    const texts = () => screen.getAllByRole('listitem').map((line) => line.textContent);
    const lines = () => texts().filter((text) => /(Connected|lost|Reconnecting)\.$/.test(text));
    expect(lines().map((text) => text.split(/Info|Warning|Error/)[1])).toEqual([
      'Reconnecting.',
      'Connection lost.',
      'Connected.',
    ]);
    await user.click(radio('Errors'));
    expect(lines()).toHaveLength(1);
    await user.type(screen.getByRole('searchbox', { name: 'Search logs' }), 'nothing');
    expect(screen.getByText('No line matches.')).toBeDefined();
  });
});

describe('shares', () => {
  test('a rejected share shows what the pool said', async () => {
    const { user } = await renderApp(base());
    await user.click(button('Shares'));
    expect(screen.getByRole('row', { name: /Rejected ?Low difficulty share/ })).toBeDefined();
  });

  test('before the first one, its expected time is told', async () => {
    const { user } = await renderApp({ ...base(), snapshot: snapshotOf('miningSmallPages') });
    await user.click(button('Shares'));
    expect(screen.getByText('First share expected in about 2 h.')).toBeDefined();
  });
});

test('links go by id, never by address', async () => {
  const { user, calls } = await renderApp(base());
  await user.click(button('About'));
  await user.click(button('Source code'));
  expect(calls.at(-1)).toEqual({ name: 'link.open', input: { id: 'source' } });
  expect(document.querySelectorAll('a[href^="http"]')).toHaveLength(0);
});

test('messages with the pool are shown newest first, filtered and copied', async () => {
  const { user, calls } = await renderApp({
    settings: configured(),
    snapshot: snapshotOf('mining'),
    messages: [
      { timeMs: 1000, direction: 'sent', text: '{"method":"login"}' },
      { timeMs: 2000, direction: 'received', text: '{"method":"job"}' },
    ],
  });
  await user.click(button('Logs'));
  const list = await screen.findByRole('list', { name: 'Messages' });
  expect(list.textContent).toMatch(/Received.*job.*Sent.*login/);
  await user.type(screen.getByRole('searchbox', { name: 'Search messages' }), 'LOGIN');
  expect(list.textContent).not.toContain('job');
  await user.click(button('Copy messages'));
  expect(calls).toContainEqual({
    name: 'clipboard.write',
    input: { text: '1970-01-01T00:00:01.000Z sent {"method":"login"}' },
  });
});
