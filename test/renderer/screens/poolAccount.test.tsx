import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Settings } from '../../../electron/contract/settings.ts';
import { SocksProxy } from '../../support/stratum/socksProxy.ts';
import { minedAtPool, poolWithAccount } from '../support/poolWithAccount.ts';
import { configured } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

let known: Awaited<ReturnType<typeof poolWithAccount>>;
let proxy: SocksProxy | undefined;
beforeEach(async () => {
  known = await poolWithAccount();
});
afterEach(async () => {
  await known.close();
  await proxy?.close();
  proxy = undefined;
});

async function show(change: Partial<Settings> = {}) {
  const { settings, knownPools } = known;
  return showApp(configured({ pools: [settings], ...change }), undefined, { knownPools });
}

const NAME = 'Ask SupportXMR about your balance';
const askSwitch = () => screen.findByRole('switch', { name: NAME });
const said = () => screen.findByRole('region', { name: 'What SupportXMR says' });
const figure = async (name: string) =>
  within(await said()).getByText(name).nextElementSibling?.textContent;

test('a pool is asked only once the user lets it be, and told what it says', async () => {
  const { user, desktop, advance } = await show();
  await user.click(button('Pools'));
  const off = await askSwitch();
  expect(off.getAttribute('aria-checked')).toBe('false');
  expect(
    screen.getByText(/^Sends your wallet address to 127\.0\.0\.1, every five minutes/),
  ).not.toBeNull();
  expect(known.api.asked).toEqual([]);

  await user.click(off);
  await waitFor(() => expect(desktop.settings.askedPools).toEqual(['supportxmr']));
  expect(await figure('Balance')).toBe('0.00183\u00a0XMR');
  expect(await figure('Paid so far')).toBe('0.25\u00a0XMR');
  expect(await figure('Smallest payout')).toBe('0.1\u00a0XMR');
  expect(await figure('Your hashrate there')).toBe('7.15 kH/s');

  const before = known.api.asked.length;
  await user.click(await askSwitch());
  await waitFor(() => expect(desktop.settings.askedPools).toEqual([]));
  expect(screen.queryByRole('region', { name: 'What SupportXMR says' })).toBeNull();
  advance(600_000);
  expect(known.api.asked).toHaveLength(before);
});

test('beside the earnings, it tells difficulty and reward too', async () => {
  const { user } = await show();
  await user.click(await askSwitch());
  expect(await figure('Balance')).toBe('0.00183\u00a0XMR');
  const madeOf = within(screen.getByRole('region', { name: 'What this is made of' }));
  expect(madeOf.getByText('Network difficulty').nextElementSibling?.textContent).toMatch(
    /^600B from the pool, /,
  );
  expect(madeOf.getByText('Block reward').nextElementSibling?.textContent).toMatch(
    /^0\.603\u00a0XMR from the pool, /,
  );
});

test.each([
  [0.99, 'Of what you sent in 4 h, SupportXMR credited 99%: within what chance allows.'],
  [
    0.7,
    'Of what you sent in 4 h, SupportXMR credited 70%: less than chance allows. Ask the pool why.',
  ],
  [1.5, /^Of what you sent in 4 h, SupportXMR credited 150%: more than this app sent\./],
])('what was sent against what was credited, %d of it', async (creditedShare, line) => {
  const { settings, knownPools } = known;
  const { user } = await showApp(
    configured({ pools: [settings], askedPools: ['supportxmr'] }),
    (app) => minedAtPool(app, known, { hours: 4, creditedShare }),
    { knownPools },
  );
  await screen.findByText(line);
  await user.click(button('How this is compared'));
  const explained = await screen.findByRole('dialog', { name: 'Sent against credited' });
  const of = (name: string) => within(explained).getByText(name).nextElementSibling?.textContent;
  expect(of('Accepted shares')).toBe('240');
  expect(of('Sent, in hashes')).toBe('69.1M');
  expect(of('Chance allows')).toMatch(/^\d+\.?\d*M to \d+\.?\d*M$/);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('it is too early to compare what is new, and after the history was deleted', async () => {
  const { settings, knownPools } = known;
  const { user, advance, bridge } = await showApp(
    configured({ pools: [settings], askedPools: ['supportxmr'] }),
    (app) => minedAtPool(app, known, { hours: 4, creditedShare: 1 }),
    { knownPools },
  );
  await screen.findByText(/within what chance allows/);
  await bridge.history.deleteAll();
  advance(300_000);
  await user.click(button('Pools'));
  await screen.findByText(/^Sent against credited: too early to tell\./);
});

test('what goes wrong is told, with what was known before', async () => {
  known.api.answers = {};
  const { user } = await show();
  await user.click(await askSwitch());
  expect(
    await screen.findByText(
      /could not be asked about your balance. It answered with HTTP status 404/,
    ),
  ).not.toBeNull();
});

test('the connection is listed, and goes through the pool’s proxy', async () => {
  proxy = await SocksProxy.listen();
  const socks5 = { host: '127.0.0.1', port: proxy.port };
  const { user } = await show({ pools: [{ ...known.settings, socks5 }] });
  expect(screen.getByText(/through your proxy 127\.0\.0\.1:/)).not.toBeNull();
  await user.click(await askSwitch());
  expect(await figure('Balance')).toBe('0.00183\u00a0XMR');
  expect(proxy.asked).toContain(`127.0.0.1:${String(known.api.port)}`);
  await user.click(button('About'));
  const row = (await screen.findByText(/^Pool’s web API/)).closest('tr');
  expect(row?.textContent).toContain(`127.0.0.1:${String(proxy.port)}`);
  expect(row?.textContent).toMatch(/\d:\d\d.*On$/);
});

test('another pool, a login of one’s own and practice have nothing to ask', async () => {
  const login = { use: 'text', text: 'somebody' } as const;
  await show({ pools: [{ ...known.settings, kind: 'stratum', login, password: 'x' }] });
  expect(screen.queryByRole('switch', { name: NAME })).toBeNull();
});
