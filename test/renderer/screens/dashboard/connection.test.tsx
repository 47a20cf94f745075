import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { SocksProxy } from '../../../support/stratum/socksProxy.ts';
import { FriendlyPool } from '../../support/friendlyPool.ts';
import { configured, poolAt } from '../../support/realApp.ts';
import { button, showApp } from '../../support/renderApp.tsx';

const own = { use: 'text', text: 'me' } as const;

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const line = (name: string) =>
  screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

test('before Start it names the pool that Start takes, which is none that lacks an address to pay to', async () => {
  const pools = [poolAt(9), poolAt(10, { id: 'two', login: own })];
  await showApp(configured({ wallet: null, pools }));
  expect(line('Start connects to')).toBe('127.0.0.1:10');
  expect(line('Paid to')).toBe('The address set there');
});

test('an onion address without TLS is encrypted all the same, and says by whom', async () => {
  const proxy = await SocksProxy.listen();
  open.push(proxy);
  const socks5 = { host: '127.0.0.1', port: proxy.port };
  const pools = [poolAt(3333, { host: 'pool.onion', socks5 })];
  const { user, reach } = await showApp(configured({ pools }));
  await user.click(button('Start mining'));
  await reach('waiting');
  expect(line('Server')).toBe('pool.onion:3333 · encrypted by Tor');
});

test('a place that is in the list with two logins pays to that of the one in use', async () => {
  const pool = await FriendlyPool.listen();
  open.push(pool);
  const plain = poolAt(pool.port, { id: 'two', login: own });
  const pools = [poolAt(pool.port, { tls: { use: 'authority' } }), plain];
  const { user, reach } = await showApp(configured({ pools }));
  await user.click(button('Start mining'));
  await reach('mining');
  await waitFor(() => expect(line('Paid to')).toBe('The address set there'));
});

test('Health looks at the pool that Start takes', async () => {
  const pools = [poolAt(9), poolAt(10, { id: 'two', login: own, host: 'pool.onion' })];
  const { user } = await showApp(configured({ wallet: null, pools }));
  await user.click(button('Health'));
  expect(await screen.findByText('Tor encrypts the connection to an onion address.')).toBeDefined();
});
