import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';
import { SocksProxy } from '../../support/stratum/socksProxy.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { knownPoolsHere } from '../support/knownPoolsHere.ts';
import { configured, poolAt } from '../support/realApp.ts';
import { button, field, noButton, radio, showApp } from '../support/renderApp.tsx';

const first = poolAt(9);
const backup = poolAt(443, {
  ...{ id: 'two', name: 'Backup one', host: 'backup.example.org' },
  tls: { use: 'pinned', fingerprint: 'b2'.repeat(32) },
});

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const pool of open.splice(0)) await pool.close();
});

async function atPools(
  pools: PoolSettings[] = [first, backup],
  change = {},
  installed: Parameters<typeof showApp>[2] = {},
) {
  const app = await showApp(configured({ pools, ...change }), undefined, installed);
  await app.user.click(button('Pools'));
  return { ...app, kept: () => app.desktop.settings.pools };
}

async function enter(user: { paste: (text: string) => Promise<void> }, name: string, text: string) {
  screen.getByLabelText<HTMLInputElement>(name).focus();
  await user.paste(text);
}

test('the order of use can be changed', async () => {
  const { user, kept } = await atPools();
  await user.click(button('Move Backup one up'));
  await waitFor(() => expect(kept()).toEqual([backup, first]));
});

test('each pool of the list says whether it is in use, and why not', async () => {
  const pool = await FriendlyPool.listen();
  open.push(pool);
  const second = poolAt(pool.port, { id: 'two', name: 'Backup one' });
  const { user, reach } = await atPools([first, second]);
  const rows = () =>
    within(screen.getByRole('main'))
      .getAllByRole('listitem')
      .map((row) => row.textContent);
  expect(rows()[1]).not.toContain('In use');
  await user.click(button('Start mining'));
  await reach('mining');
  await waitFor(() => {
    expect(rows()[0]).toContain('refused the connection');
    expect(rows()[0]).toContain('It is tried again by itself.');
    expect(rows()[1]).toContain('In useThe pools before it give no work.');
  });
  await user.click(button('Stop mining'));
  await reach('stopped');
  await waitFor(() => expect(rows()[1]).not.toContain('In use'));
});

test('removing asks first, and the last pool stays', async () => {
  const { user, kept } = await atPools();
  await user.click(button('Remove Backup one'));
  expect(kept()).toHaveLength(2);
  await user.click(button('Remove'));
  await waitFor(() => expect(button('Remove First pool').disabled).toBe(true));
  expect(kept()).toEqual([first]);
});

test('editing keeps what was not touched', async () => {
  const { user, kept } = await atPools();
  await user.click(button('Edit Backup one'));
  await user.click(screen.getByText('More options'));
  await user.clear(field('Name (optional)'));
  await enter(user, 'Name (optional)', 'Renamed');
  await user.click(button('Save'));
  await waitFor(() => expect(kept()).toEqual([first, { ...backup, name: 'Renamed' }]));
});

test('a pool elsewhere without encryption has to be confirmed', async () => {
  const { user, kept } = await atPools();
  await user.click(button('Add a pool'));
  await enter(user, 'Pool address', 'pool.example.org:3333');
  await user.click(button('Save'));
  const box = await screen.findByRole('checkbox', { name: 'Connect without encryption' });
  expect(button('Save').disabled).toBe(true);
  await user.click(box);
  await user.click(button('Save'));
  await waitFor(() =>
    expect(kept()[2]).toMatchObject({ host: 'pool.example.org', port: 3333, tls: { use: 'none' } }),
  );
});

test('what the TLS switch shows is what is kept', async () => {
  const { user, kept } = await atPools();
  await user.click(button('Add a pool'));
  await enter(user, 'Pool address', 'pool.example.org:443');
  const tls = screen.getByRole('switch', { name: /TLS/ });
  await waitFor(() => expect(tls.getAttribute('aria-checked')).toBe('true'));
  await user.click(button('Save'));
  await waitFor(() => expect(kept()[2]).toMatchObject({ port: 443, tls: { use: 'authority' } }));
});

test('a node of one’s own has fields of its own', async () => {
  const { user, kept } = await atPools();
  await user.click(button('Add a pool'));
  await user.click(radio('My own node'));
  await enter(user, 'Node address', 'http://127.0.0.1/behind/it');
  await enter(user, 'RPC user name (optional)', 'me');
  await enter(user, 'RPC password', 'secret');
  await user.click(screen.getByText('More options'));
  await enter(user, 'ZMQ port (optional)', '18083');
  await user.click(button('Save'));
  await waitFor(() =>
    expect(kept()[2]).toMatchObject({
      ...{ kind: 'daemon', host: '127.0.0.1', port: 18081, path: '/behind/it', zmqPort: 18083 },
      rpcLogin: { user: 'me', password: 'secret' },
    }),
  );
});

test.each([
  ['P2Pool', /^P2Pool pays the wallet it was started with/],
  ['xmrig-proxy', /^The proxy mines for the wallet in its own settings/],
])('%s comes with its usual place and a login, and says whom it pays', async (name, whom) => {
  const { user, kept } = await atPools();
  await user.click(button('Add a pool'));
  expect(screen.queryByText(whom)).toBeNull();
  await user.click(radio(name));
  expect(screen.getByText(whom)).toBeDefined();
  await user.click(button('Save'));
  await waitFor(() =>
    expect(kept()[2]).toMatchObject({
      ...{ kind: 'stratum', host: '127.0.0.1', port: 3333, login: { use: 'text', text: 'x' } },
    }),
  );
  expect(screen.queryByText('Not encrypted')).toBeNull();
});

test.each([
  ['P2Pool', /^Fee 0%, smallest payout about 0\.00027 XMR, .* README of Aug 13, 2026\.$/],
  ['My own node', /^Fee 0%, smallest payout about 0\.6 XMR, .* README of Aug 13, 2026\.$/],
])('what is known of %s is told with its source and date', async (name, facts) => {
  const { user } = await atPools();
  await user.click(button('Add a pool'));
  await user.click(radio(name));
  expect(screen.getByText(facts)).toBeDefined();
});

test('a pool is reached through a proxy, which alone learns its name', async () => {
  const pool = await FriendlyPool.listen();
  const proxy = await SocksProxy.listen();
  open.push(pool, proxy);
  const { user, kept, reach } = await atPools([poolAt(9)]);
  await user.click(button('Edit First pool'));
  await user.clear(screen.getByLabelText('Pool address'));
  await enter(user, 'Pool address', `localhost:${pool.port}`);
  await user.click(screen.getByText('More options'));
  const proxyField = () => screen.getByLabelText<HTMLInputElement>('SOCKS5 proxy (optional)');
  await enter(user, 'SOCKS5 proxy (optional)', '127.0.0.1');
  await user.click(button('Save'));
  expect(await screen.findByText(/^Write the proxy as host:port/)).toBeDefined();
  await user.clear(proxyField());
  await enter(user, 'SOCKS5 proxy (optional)', `127.0.0.1:${proxy.port}`);
  await user.click(button('Save'));
  expect(await screen.findByText(`Through 127.0.0.1:${proxy.port}`)).toBeDefined();
  expect(kept()).toMatchObject([{ socks5: { host: '127.0.0.1', port: proxy.port } }]);
  await user.click(button('Start mining'));
  await reach('mining');
  expect(proxy.asked).toEqual([`localhost:${pool.port}`]);
  await user.click(button('About'));
  const place = await screen.findByText(`127.0.0.1:${proxy.port}`);
  expect(place.closest('tr')?.textContent).toMatch(/with your wallet address.*\d:\d\d.*On$/);
  await user.click(button('Health'));
  expect(await screen.findByText('The proxy looks up localhost.')).toBeDefined();
});

test('an onion address needs a proxy, and no TLS', async () => {
  const { user, kept } = await atPools();
  await user.click(button('Add a pool'));
  await enter(user, 'Pool address', 'somepool.onion:3333');
  await user.click(button('Save'));
  expect(await screen.findByText(/reached through Tor only/)).toBeDefined();
  await user.click(screen.getByText('More options'));
  await enter(user, 'SOCKS5 proxy (optional)', '[::1]:9050');
  await user.click(button('Save'));
  await waitFor(() =>
    expect(kept()[2]).toMatchObject({
      ...{ host: 'somepool.onion', tls: { use: 'none' }, socks5: { host: '::1', port: 9050 } },
    }),
  );
});

test('a wrong fingerprint is told and not saved', async () => {
  const { user, kept } = await atPools();
  await user.click(button('Edit Backup one'));
  await user.click(screen.getByText('More options'));
  await user.clear(field('Trusted certificate (optional)'));
  await enter(user, 'Trusted certificate (optional)', 'abc');
  await user.click(button('Save'));
  expect(await screen.findByText(/has 64 digits/)).toBeDefined();
  expect(kept()).toEqual([first, backup]);
});

test('a certificate can be trusted in the row of a pool, which then works', async () => {
  const { key, cert, fingerprint } = selfSigned('localhost', 'IP:127.0.0.1');
  const pool = await FriendlyPool.listen({ tls: { key, cert } });
  open.push(pool);
  const { user, kept } = await atPools([poolAt(pool.port, { tls: { use: 'authority' } })]);
  await user.click(button('Test connection First pool'));
  await user.click(await screen.findByRole('button', { name: 'Trust this certificate' }));
  expect(await screen.findByText(/You trust its certificate/)).toBeDefined();
  expect(kept()).toMatchObject([{ tls: { use: 'pinned', fingerprint } }]);
});

test('a certificate can be trusted in the dialog of a new pool, which is kept with it', async () => {
  const { key, cert, fingerprint } = selfSigned('localhost', 'IP:127.0.0.1');
  const pool = await FriendlyPool.listen({ tls: { key, cert } });
  open.push(pool);
  const { user, kept } = await atPools();
  await user.click(button('Add a pool'));
  await enter(user, 'Pool address', `127.0.0.1:${pool.port}`);
  const dialog = within(screen.getByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Test connection' }));
  await user.click(await dialog.findByRole('button', { name: 'Trust this certificate' }));
  expect(await dialog.findByText(/You trust its certificate/)).toBeDefined();
  await user.click(button('Save'));
  await waitFor(() =>
    expect(kept()[2]).toMatchObject({ port: pool.port, tls: { use: 'pinned', fingerprint } }),
  );
});

test('what was tested is forgotten with the place or the password it was tested with', async () => {
  const { key, cert } = selfSigned('localhost', 'IP:127.0.0.1');
  const pool = await FriendlyPool.listen({ tls: { key, cert } });
  open.push(pool);
  const { user, kept } = await atPools([poolAt(pool.port, { tls: { use: 'authority' } })]);
  const trust = 'Trust this certificate';
  await user.click(button('Test connection First pool'));
  await screen.findByRole('button', { name: trust });
  await user.click(button('Edit First pool'));
  await user.click(screen.getByText('More options'));
  const dialog = within(screen.getByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Test connection' }));
  await dialog.findByRole('button', { name: trust });
  await enter(user, 'Password', 'y');
  expect(dialog.queryByRole('button', { name: trust })).toBeNull();
  await user.clear(screen.getByLabelText('Pool address'));
  await enter(user, 'Pool address', 'localhost:9');
  await user.click(button('Save'));
  await waitFor(() => expect(kept()).toMatchObject([{ host: 'localhost', port: 9 }]));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(noButton(trust)).toBe(true);
});

test('a login that is refused is told as the pool puts it', async () => {
  const pool = await FriendlyPool.listen();
  open.push(pool);
  pool.refusal = 'Invalid payment address provided';
  const { user } = await atPools([poolAt(pool.port)]);
  await user.click(button('Test connection First pool'));
  expect(await screen.findByText(/Invalid payment address provided/)).toBeDefined();
  expect(noButton('Trust this certificate')).toBe(true);
});

test('practice is switched on and off, its badge comes and goes, and the pools stay', async () => {
  const { user, kept, desktop } = await atPools();
  await user.click(button('Practise instead'));
  await waitFor(() => expect(desktop.settings.work).toBe('practice'));
  expect(await screen.findByText('Practice')).toBeDefined();
  await user.click(await screen.findByRole('button', { name: 'Mine for real' }));
  await waitFor(() => expect(screen.queryByText('Practice')).toBeNull());
  expect(kept()).toEqual([first, backup]);
});

test('adding a pool ends practising', async () => {
  const { user, desktop } = await atPools([], { work: 'practice' });
  await user.click(button('Add a pool'));
  await user.click(radio('P2Pool'));
  await user.click(button('Save'));
  await waitFor(() => expect(desktop.settings).toMatchObject({ work: 'pools' }));
});

describe('known pools', () => {
  const card = (name: string) => radio(name).closest('label')?.textContent;

  test('are measured when it is asked for, and told how they answered; nothing is sent', async () => {
    const { list, answers, close } = await knownPoolsHere();
    open.push({ close });
    const { user } = await atPools([first], {}, { knownPools: list });
    await user.click(button('Add a pool'));
    await user.click(radio('Known pool'));
    expect(answers.connectionCount).toBe(0);
    await user.click(button('Measure latency'));
    expect(await screen.findByText(/^Nearest: SupportXMR, \d+ ms/)).toBeDefined();
    expect(card('SupportXMR')).toMatch(/\d+ ms$/);
    expect(card('HashVault')).toMatch(/Certificate not trusted$/);
    expect(card('MoneroHash')).toMatch(/Refuses connections$/);
    expect(answers.connectionCount).toBe(1);
    expect(answers.received).toEqual([]);
    await user.click(button('Cancel'));
    await user.click(button('About'));
    const place = await screen.findByText(`127.0.0.1:${answers.port}`);
    expect(place.closest('tr')?.textContent).toMatch(/measure its latency.*\d:\d\d/);
  });

  test('say what is known of them, and where to read more', async () => {
    const { user, opened } = await atPools();
    await user.click(button('Add a pool'));
    await user.click(radio('Known pool'));
    await user.click(radio('MoneroOcean'));
    const facts = within(screen.getByRole('region', { name: 'About MoneroOcean' }));
    expect(facts.getByText('20128 (TLS), 443 (TLS), 10128, 80')).toBeDefined();
    expect(facts.getByText(/published pages, Nov 27, 2026/)).toBeDefined();
    await user.click(button('Open moneroocean.stream'));
    await user.click(button('See how large each pool is'));
    expect(opened).toEqual(['moneroocean', 'poolSizes']);
  });

  test('are added as they are listed', async () => {
    const { user, kept } = await atPools();
    await user.click(button('Add a pool'));
    await user.click(radio('Known pool'));
    expect(button('Save').disabled).toBe(true);
    await user.click(radio('xmrpool.eu'));
    await user.click(button('Save'));
    await waitFor(() =>
      expect(kept()[2]).toMatchObject({
        ...{ kind: 'stratum', name: 'xmrpool.eu', host: 'xmrpool.eu', port: 9999 },
        ...{ tls: { use: 'authority' }, login: { use: 'wallet' } },
      }),
    );
  });
});
