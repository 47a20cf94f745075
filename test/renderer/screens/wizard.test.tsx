import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { CONSENT_VERSION } from '../../../electron/contract/settings.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';
import { ScriptedNode } from '../../support/scriptedNode.ts';
import { qrPng } from '../../support/png.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { configured, consented, GOOD_ADDRESS, OTHER_ADDRESS } from '../support/realApp.ts';
import { button, field, noButton, radio, showApp } from '../support/renderApp.tsx';

type Shown = Awaited<ReturnType<typeof showApp>>;
const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function poolOnThisComputer(where: Parameters<typeof FriendlyPool.listen>[0] = {}) {
  const pool = await FriendlyPool.listen(where);
  open.push(pool);
  return pool;
}

async function enter(user: Shown['user'], name: string, text: string) {
  screen.getByLabelText<HTMLInputElement>(name).focus();
  await user.paste(text);
}

async function enterAddress(user: Shown['user'], address = GOOD_ADDRESS) {
  await enter(user, 'Monero wallet address', address);
  await waitFor(() => expect(button('Continue').disabled).toBe(false));
}

async function atPool(): Promise<Shown> {
  const app = await showApp(consented());
  await enterAddress(app.user);
  await app.user.click(button('Continue'));
  return app;
}

/** From the pool step to the dashboard. */
async function finish({ user }: Shown) {
  await user.click(button('Continue'));
  await screen.findByRole('heading', { name: 'How hard should it work?' });
  await user.click(button('Continue'));
  await user.click(await screen.findByRole('button', { name: 'Finish set-up' }));
  await screen.findByRole('button', { name: 'Start mining' });
}

describe('consent', () => {
  test('shows the agreed text word for word', async () => {
    await showApp();
    expect(
      screen.getByText(
        'This app uses your CPU to mine Monero for the address you enter. It uses electricity, makes heat and noise, and can slow this computer. Mine only on computers you own or may use. It starts only when you press Start.',
      ),
    ).toBeDefined();
  });

  test('is not ticked beforehand, and there is no way on without it', async () => {
    const { user, desktop } = await showApp();
    const box = screen.getByRole('checkbox', { name: 'I have read this and I agree' });
    expect(box.getAttribute('aria-checked')).toBe('false');
    expect(button('Continue').disabled).toBe(true);
    await user.click(button('Continue'));
    await user.keyboard('{Enter}');
    expect(desktop.settings.consent).toBeNull();

    await user.click(box);
    await user.click(button('Continue'));
    await screen.findByRole('textbox', { name: 'Monero wallet address' });
    expect(desktop.settings.consent?.version).toBe(CONSENT_VERSION);
  });

  test('is asked again when its text has changed, and nothing else is', async () => {
    const { user } = await showApp(
      configured({ consent: { version: CONSENT_VERSION - 1, givenAtMs: 1 } }),
    );
    expect(screen.getByText(/has changed since you agreed/)).toBeDefined();
    await user.click(screen.getByRole('checkbox', { name: 'I have read this and I agree' }));
    await user.click(button('Continue'));
    await screen.findByRole('button', { name: 'Start mining' });
  });
});

describe('wallet', () => {
  test('the address can be pasted without a click', async () => {
    const { user } = await showApp(consented());
    await user.paste(GOOD_ADDRESS);
    expect(field('Monero wallet address').value).toBe(GOOD_ADDRESS);
  });

  test('a wrong address is told in words and stops the way on', async () => {
    const { user } = await showApp(consented());
    await enter(user, 'Monero wallet address', `${GOOD_ADDRESS.slice(0, -1)}B`);
    expect(await screen.findByText(/character is wrong/)).toBeDefined();
    expect(button('Continue').disabled).toBe(true);
  });

  test('a good address is shown again in blocks to compare', async () => {
    const { user } = await showApp(consented());
    await enterAddress(user);
    const blocks = screen.getByRole('group', { name: /Address in blocks/ });
    expect(blocks.textContent).toBe(GOOD_ADDRESS);
    expect(within(blocks).getByText(GOOD_ADDRESS.slice(0, 8))).toBeDefined();
  });

  test('a QR code is read from a picture, and only its address is taken', async () => {
    const app = await showApp(consented());
    app.picture.file = join(app.folder, 'code.png');
    writeFileSync(app.picture.file, qrPng(`monero:${GOOD_ADDRESS}?tx_amount=1`));
    await app.user.click(button('Read a QR code from a picture'));
    expect(await screen.findByText(/Only the address was taken/)).toBeDefined();
    expect(screen.getByRole('group', { name: /Address in blocks/ }).textContent).toBe(GOOD_ADDRESS);
    expect(button('Continue').disabled).toBe(false);
  });

  test('a picture without a QR code is told in words, and none at all is no fault', async () => {
    const app = await showApp(consented());
    await app.user.click(button('Read a QR code from a picture'));
    expect(screen.getByRole('alert').textContent).toBe('');
    app.picture.file = join(app.folder, 'settings.json');
    await app.user.click(button('Read a QR code from a picture'));
    expect(await screen.findByText(/not a PNG or JPEG/)).toBeDefined();
  });

  test('a verdict on an earlier text never lets a later one through', async () => {
    const { user } = await showApp(consented());
    await enterAddress(user);
    await user.type(field('Monero wallet address'), 'x');
    expect(button('Continue').disabled).toBe(true);
  });

  test('without a wallet only what needs none can be chosen', async () => {
    const { user } = await showApp(consented());
    await user.click(button('Practise without a wallet'));
    expect(radio('SupportXMR').hasAttribute('data-disabled')).toBe(true);
    expect(radio('My own node').hasAttribute('data-disabled')).toBe(true);
    expect(radio('Practice pool').getAttribute('aria-checked')).toBe('true');
  });
});

describe('pool', () => {
  test('a P2Pool of one’s own needs no wallet of ours, and is mined at with a login', async () => {
    const pool = await poolOnThisComputer();
    const app = await showApp(consented());
    await app.user.click(button('Practise without a wallet'));
    await app.user.click(radio('P2Pool of my own'));
    await app.user.clear(screen.getByLabelText('Pool address'));
    await enter(app.user, 'Pool address', `127.0.0.1:${pool.port}`);
    await finish(app);
    expect(screen.getByText('The address set there')).toBeDefined();
    await app.user.click(button('Start mining'));
    await app.reach('mining');
    expect(pool.logins).toMatchObject([{ login: 'x' }]);
  });

  test('a node of one’s own is kept as a node, on its usual port, with its login', async () => {
    const app = await atPool();
    await app.user.click(radio('My own node'));
    await app.user.clear(screen.getByLabelText('Node address'));
    await enter(app.user, 'Node address', '127.0.0.1');
    await enter(app.user, 'RPC user name (optional)', 'me');
    await enter(app.user, 'RPC password', 'secret');
    await finish(app);
    expect(app.desktop.settings.pools).toMatchObject([
      {
        kind: 'daemon',
        host: '127.0.0.1',
        port: 18081,
        rpcLogin: { user: 'me', password: 'secret' },
      },
    ]);
  });

  test('a node that could not pay the wallet’s subaddress says so before anything is connected', async () => {
    const { user } = await showApp(consented());
    await enterAddress(user, OTHER_ADDRESS);
    await user.click(button('Continue'));
    await user.click(radio('My own node'));
    expect(screen.getByText(/Solo mining needs a primary address/)).toBeDefined();
    await user.click(radio('Another pool'));
    expect(screen.queryByText(/Solo mining needs a primary address/)).toBeNull();
  });

  test('a node is tried out, and told when it works', async () => {
    const node = await ScriptedNode.start();
    open.push({ close: () => node.stop() });
    const { user } = await atPool();
    await user.click(radio('My own node'));
    await user.clear(screen.getByLabelText('Node address'));
    await enter(user, 'Node address', `127.0.0.1:${node.port}`);
    await user.click(button('Test connection'));
    expect(await screen.findByText(/sent work that this app can mine/)).toBeDefined();
  });

  test('an address that cannot be read is told in words', async () => {
    const { user } = await atPool();
    await user.click(radio('Another pool'));
    await enter(user, 'Pool address', 'pool.example.org:port');
    await user.click(button('Continue'));
    expect(await screen.findByText(/“port”/)).toBeDefined();
  });

  test('the switch shows what is kept: TLS on port 443, unless it is switched off', async () => {
    const app = await atPool();
    await app.user.click(radio('Another pool'));
    await enter(app.user, 'Pool address', 'pool.example.org:443');
    const tls = screen.getByRole('switch', { name: /TLS/ });
    await waitFor(() => expect(tls.getAttribute('aria-checked')).toBe('true'));
    await finish(app);
    expect(app.desktop.settings.pools).toMatchObject([{ port: 443, tls: { use: 'authority' } }]);
  });

  test('a pool elsewhere without encryption has to be confirmed', async () => {
    const { user } = await atPool();
    await user.click(radio('Another pool'));
    await enter(user, 'Pool address', 'pool.example.org:3333');
    await user.click(button('Continue'));
    const box = await screen.findByRole('checkbox', { name: 'Connect without encryption' });
    expect(button('Continue').disabled).toBe(true);
    await user.click(box);
    await user.click(button('Continue'));
    expect(await screen.findByRole('heading', { name: 'How hard should it work?' })).toBeDefined();
  });

  test('the test finds out that a pool wants TLS, and a certificate that was trusted is kept and works', async () => {
    const { key, cert, fingerprint } = selfSigned('localhost', 'IP:127.0.0.1');
    const pool = await poolOnThisComputer({ tls: { key, cert } });
    const app = await atPool();
    await app.user.click(radio('Another pool'));
    await enter(app.user, 'Pool address', `127.0.0.1:${pool.port}`);
    await app.user.click(button('Test connection'));
    await app.user.click(await screen.findByRole('button', { name: 'Trust this certificate' }));
    expect(await screen.findByText(/You trust its certificate/)).toBeDefined();
    await finish(app);
    expect(app.desktop.settings.pools).toMatchObject([{ tls: { use: 'pinned', fingerprint } }]);
    await app.user.click(button('Start mining'));
    await app.reach('mining');
    expect(pool.logins.at(-1)).toMatchObject({ login: GOOD_ADDRESS });
  });
});

describe('power', () => {
  test('full power is confirmed here too', async () => {
    const { user } = await atPool();
    await user.click(radio('Practice pool'));
    await user.click(button('Continue'));
    await user.click(await screen.findByRole('radio', { name: 'Full power' }));
    await user.click(button('Cancel'));
    expect(radio('Full power').getAttribute('aria-checked')).toBe('false');
    await user.click(radio('Full power'));
    await user.click(button('Try full power'));
    await waitFor(() => expect(radio('Full power').getAttribute('aria-checked')).toBe('true'));
  });
});

describe('review', () => {
  test('keeps everything, starts nothing, and leads to a stopped dashboard', async () => {
    const app = await atPool();
    const { user, desktop } = app;
    await user.click(radio('SupportXMR'));
    await user.click(button('Continue'));
    await user.click(await screen.findByRole('radio', { name: 'Quiet' }));
    await user.click(button('Continue'));
    expect(noButton('Start mining')).toBe(true);
    expect(desktop.settings.pools).toEqual([]);

    await user.click(await screen.findByRole('button', { name: 'Finish set-up' }));
    await screen.findByRole('button', { name: 'Start mining' });
    expect(desktop.settings).toMatchObject({
      wallet: { address: GOOD_ADDRESS },
      work: 'pools',
      pools: [
        { kind: 'stratum', host: 'pool.supportxmr.com', port: 443, tls: { use: 'authority' } },
      ],
      power: { profile: 'quiet' },
      rules: { pauseOnBattery: true, startAtLaunch: false },
    });
    expect(desktop.isMining).toBe(false);
  });

  test('says so when the settings cannot be written, and stays', async () => {
    const { user, breakDisk } = await showApp(consented());
    await user.click(button('Practise without a wallet'));
    await user.click(button('Continue'));
    await user.click(await screen.findByRole('button', { name: 'Continue' }));
    breakDisk();
    await user.click(await screen.findByRole('button', { name: 'Finish set-up' }));
    expect(await screen.findByText(/could not be|cannot be/)).toBeDefined();
    expect(button('Finish set-up')).toBeDefined();
  });
});
