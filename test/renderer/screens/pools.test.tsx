import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { configured } from '../support/fakeBridge.ts';
import { button, field, renderApp } from '../support/renderApp.tsx';
import { snapshotOf } from '../support/snapshots.ts';

const spare: PoolSettings = {
  id: 'two',
  name: 'Spare one',
  kind: 'stratum',
  host: 'spare.example.org',
  port: 443,
  tls: { use: 'pinned', fingerprint: 'b2'.repeat(32) },
  login: { use: 'wallet' },
  password: 'x',
};
const first = configured().pools[0];

async function atPools() {
  const shown = await renderApp({
    settings: configured({ pools: [...configured().pools, spare] }),
    snapshot: snapshotOf('stopped'),
  });
  await shown.user.click(button('Pools'));
  return shown;
}

test('the order of use can be changed', async () => {
  const { user, calls } = await atPools();
  await user.click(button('Move Spare one up'));
  expect(calls.at(-1)).toEqual({ name: 'settings.update', input: { pools: [spare, first] } });
});

test('removing asks first', async () => {
  const { user, calls } = await atPools();
  await user.click(button('Remove Spare one'));
  expect(calls.map((call) => call.name)).not.toContain('settings.update');
  await user.click(button('Remove'));
  expect(calls.at(-1)).toEqual({ name: 'settings.update', input: { pools: [first] } });
});

test('the last pool cannot be removed', async () => {
  const { user } = await atPools();
  await user.click(button('Remove Spare one'));
  await user.click(button('Remove'));
  expect(button('Remove SupportXMR').disabled).toBe(true);
});

test('editing keeps what was not touched', async () => {
  const { user, calls } = await atPools();
  await user.click(button('Edit Spare one'));
  await user.clear(field('Name'));
  await user.type(field('Name'), 'Renamed');
  await user.click(button('Save'));
  expect(calls.at(-1)).toEqual({
    name: 'settings.update',
    input: { pools: [first, { ...spare, name: 'Renamed' }] },
  });
});

test('a pool without encryption has to be confirmed', async () => {
  const { user, calls } = await atPools();
  await user.click(button('Add a pool'));
  await user.type(screen.getByRole('combobox', { name: 'Pool address' }), 'pool.example.org:3333');
  await user.click(button('Save'));
  const box = await screen.findByRole('checkbox', { name: 'Connect without encryption' });
  expect(button('Save').disabled).toBe(true);
  await user.click(box);
  await user.click(button('Save'));
  expect(calls.at(-1)).toMatchObject({
    name: 'settings.update',
    input: {
      pools: [first, spare, { host: 'pool.example.org', port: 3333, tls: { use: 'none' } }],
    },
  });
});

test('a wrong fingerprint is told and not saved', async () => {
  const { user, calls } = await atPools();
  await user.click(button('Edit Spare one'));
  await user.click(screen.getByText('More options'));
  await user.clear(field('Trusted certificate (optional)'));
  await user.type(field('Trusted certificate (optional)'), 'abc');
  await user.click(button('Save'));
  expect(await screen.findByText(/has 64 digits/)).toBeDefined();
  expect(calls.map((call) => call.name)).not.toContain('settings.update');
});

test('adding a pool ends practising', async () => {
  const { user, calls } = await renderApp({
    settings: configured({ work: 'practice', pools: [] }),
    snapshot: snapshotOf('stopped'),
  });
  await user.click(button('Pools'));
  await user.click(button('Add a pool'));
  await user.type(screen.getByRole('combobox', { name: 'Pool address' }), 'pool.example.org:443');
  await user.click(button('Save'));
  expect(calls.at(-1)).toMatchObject({
    name: 'settings.update',
    input: { work: 'pools', pools: [{ host: 'pool.example.org', port: 443 }] },
  });
});
