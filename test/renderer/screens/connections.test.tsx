import { screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { knownPools } from '../../../electron/contract/knownPools.ts';
import type { Settings } from '../../../electron/contract/settings.ts';
import { freePort } from '../../support/ports.ts';
import { ScriptedPool } from '../../support/stratum/scriptedPool.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { configured, poolAt } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

const servers: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const rows = async () =>
  (await within(await screen.findByRole('table', { name: 'Connections' })).findAllByRole('row'))
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    );
const rowOf = async (place: string) =>
  (await rows()).find(([where]) => where === place) ?? [`no row of ${place}`];

async function about(settings: Settings) {
  const app = await showApp(settings);
  await app.user.click(button('About'));
  await screen.findByText('127.0.0.1, any free port');
  return app;
}

test('before anything is mined, all is listed and nothing was opened', async () => {
  await about(configured());
  const listed = await rows();
  expect(listed.map(([place]) => place)).toEqual([
    ...['127.0.0.1:9', ...knownPools.map(({ host, port }) => `${host}:${port}`)],
    ...['127.0.0.1, any free port', 'ibctminer.github.io:443', '127.0.0.1:8484'],
  ]);
  for (const [, , ...rest] of listed) {
    expect(rest).toEqual(['Not since launch', '–', 'Off']);
  }
});

test('a pool that is mined on is on, and was opened', async () => {
  const pool = await FriendlyPool.listen();
  servers.push(pool);
  const { user, reach } = await about(configured({ pools: [poolAt(pool.port)] }));
  await user.click(button('Start mining'));
  await reach('mining');
  await user.click(button('Dashboard'));
  await user.click(button('About'));
  await screen.findByText(`127.0.0.1:${String(pool.port)}`);
  const [, purpose, last, bytes, state] = await rowOf(`127.0.0.1:${String(pool.port)}`);
  expect(purpose).toContain('with your wallet address');
  expect(last).toMatch(/\d:\d\d/);
  expect(bytes).toMatch(/^(?!0 )[\d.]+ kB \/ (?!0 )[\d.]+ kB$/);
  expect(state).toBe('On');
});

test('a node is asked for blocks, and for news on its other port', async () => {
  const silent = await ScriptedPool.listen();
  servers.push(silent);
  const node = { id: 'n', name: 'Mine', kind: 'daemon', host: '127.0.0.1', port: 9 } as const;
  const { user, advance } = await about(
    configured({ pools: [{ ...node, zmqPort: silent.port, tls: { use: 'none' } }] }),
  );
  await user.click(button('Start mining'));
  advance(1000);
  await user.click(button('Dashboard'));
  await user.click(button('About'));
  await screen.findByText('127.0.0.1:9');
  const [, purpose, last, , state] = await rowOf('127.0.0.1:9');
  expect(purpose).toContain('Node: blocks');
  expect(last).toMatch(/\d:\d\d/);
  expect(state).toBe('On');
  const [, news, opened] = await rowOf(`127.0.0.1:${String(silent.port)}`);
  expect(news).toContain('news of blocks');
  expect(opened).toBe('Not since launch');
});

test('the monitoring API is on when it is switched on', async () => {
  const port = await freePort();
  await about(configured({ api: { enabled: true, port, token: 'a-long-token' } }));
  expect((await rowOf(`127.0.0.1:${String(port)}`)).at(-1)).toBe('On');
});
