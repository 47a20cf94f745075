import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { CONSENT_VERSION, defaultSettings } from '../../../electron/contract/settings.ts';
import { configured, GOOD_ADDRESS } from '../support/fakeBridge.ts';
import { button, field, noButton, radio, renderApp } from '../support/renderApp.tsx';

const consented = () => ({
  ...defaultSettings(),
  consent: { version: CONSENT_VERSION, givenAtMs: 1 },
});

async function enterAddress(user: { paste: (text: string) => Promise<void> }) {
  field('Monero wallet address').focus();
  await user.paste(GOOD_ADDRESS);
  await waitFor(() => expect(button('Continue').disabled).toBe(false));
}

describe('consent', () => {
  test('shows the agreed text word for word', async () => {
    await renderApp();
    expect(
      screen.getByText(
        'This app uses your CPU to mine Monero for the address you enter. It uses electricity, makes heat and noise, and can slow this computer. Mine only on computers you own or may use. It starts only when you press Start.',
      ),
    ).toBeDefined();
  });

  test('is not ticked beforehand, and there is no way on without it', async () => {
    const { user, calls } = await renderApp();
    const box = screen.getByRole('checkbox', { name: 'I have read this and I agree' });
    expect(box.getAttribute('aria-checked')).toBe('false');
    expect(button('Continue').disabled).toBe(true);
    await user.click(button('Continue'));
    await user.keyboard('{Enter}');
    expect(calls.map((call) => call.name)).not.toContain('settings.giveConsent');

    await user.click(box);
    await user.click(button('Continue'));
    await screen.findByRole('textbox', { name: 'Monero wallet address' });
    expect(calls).toContainEqual({
      name: 'settings.giveConsent',
      input: { version: CONSENT_VERSION },
    });
  });

  test('is asked again when its text has changed, and nothing else is', async () => {
    const { user } = await renderApp({
      settings: configured({ consent: { version: CONSENT_VERSION - 1, givenAtMs: 1 } }),
    });
    expect(screen.getByText(/has changed since you agreed/)).toBeDefined();
    await user.click(screen.getByRole('checkbox', { name: 'I have read this and I agree' }));
    await user.click(button('Continue'));
    await screen.findByRole('button', { name: 'Start mining' });
  });
});

describe('wallet', () => {
  test('a wrong address is told in words and stops the way on', async () => {
    const { user } = await renderApp({ settings: consented() });
    await user.type(field('Monero wallet address'), '44AFF');
    expect(await screen.findByText(/one character is wrong/)).toBeDefined();
    expect(button('Continue').disabled).toBe(true);
  });

  test('a good address is shown again in blocks to compare', async () => {
    const { user } = await renderApp({ settings: consented() });
    await enterAddress(user);
    const blocks = screen.getByRole('group', { name: /Address in blocks/ });
    expect(blocks.textContent).toBe(GOOD_ADDRESS);
    expect(within(blocks).getByText(GOOD_ADDRESS.slice(0, 8))).toBeDefined();
  });

  test('a verdict on an earlier text never lets a later one through', async () => {
    const { user } = await renderApp({ settings: consented() });
    await enterAddress(user);
    await user.type(field('Monero wallet address'), 'x');
    expect(button('Continue').disabled).toBe(true);
  });

  test('without a wallet only practice can be chosen', async () => {
    const { user } = await renderApp({ settings: consented() });
    await user.click(button('Practise without a wallet'));
    expect(radio('SupportXMR').hasAttribute('data-disabled')).toBe(true);
    expect(radio('Practice pool').getAttribute('aria-checked')).toBe('true');
  });
});

describe('pool', () => {
  async function atPool(world = {}) {
    const shown = await renderApp({ settings: consented(), ...world });
    await enterAddress(shown.user);
    await shown.user.click(button('Continue'));
    return shown;
  }

  test('P2Pool on this computer needs no wallet of ours', async () => {
    const { user, calls } = await renderApp({ settings: consented() });
    await user.click(button('Practise without a wallet'));
    await user.click(radio('P2Pool on this computer'));
    await user.click(button('Continue'));
    await user.click(await screen.findByRole('button', { name: 'Continue' }));
    await user.click(await screen.findByRole('button', { name: 'Finish set-up' }));
    await screen.findByRole('button', { name: 'Start mining' });
    expect(calls.find((call) => call.name === 'settings.update')?.input).toMatchObject({
      wallet: null,
      pools: [
        { kind: 'stratum', host: '127.0.0.1', port: 3333, login: { use: 'text', text: 'x' } },
      ],
    });
  });

  test('practice is marked as earning nothing', async () => {
    await atPool();
    expect(radio('Practice pool').closest('label')?.textContent).toContain('Earns nothing');
  });

  test('an address that cannot be read is told in words', async () => {
    const { user } = await atPool();
    await user.click(radio('Another pool'));
    await user.type(field('Pool address'), 'pool.example.org');
    await user.click(button('Continue'));
    expect(await screen.findByText(/Add the port/)).toBeDefined();
  });

  test('a pool without encryption has to be confirmed', async () => {
    const { user } = await atPool();
    await user.click(radio('Another pool'));
    await user.type(field('Pool address'), 'pool.example.org:3333');
    await user.click(button('Continue'));
    const box = await screen.findByRole('checkbox', { name: 'Connect without encryption' });
    expect(button('Continue').disabled).toBe(true);
    await user.click(box);
    await user.click(button('Continue'));
    expect(await screen.findByRole('heading', { name: 'How hard should it work?' })).toBeDefined();
  });

  test('the connection test logs in with the address and tells what happened', async () => {
    const { user, calls } = await atPool({
      testPool: {
        reachable: true,
        usable: false,
        message: 'This port speaks TLS. Use it with TLS.',
        pingMs: null,
        tlsFingerprint: null,
      },
    });
    await user.click(radio('HashVault'));
    await user.click(button('Test connection'));
    expect(await screen.findByText(/This port speaks TLS/)).toBeDefined();
    const test = calls.find((call) => call.name === 'pool.test');
    expect(test?.input).toMatchObject({
      address: GOOD_ADDRESS,
      pool: { host: 'pool.hashvault.pro', tls: true },
    });
  });

  test('a certificate that was trusted goes into the settings', async () => {
    const fingerprint = 'a1'.repeat(32);
    const { user, calls } = await atPool({
      testPool: {
        reachable: true,
        usable: false,
        message: 'The certificate is its own.',
        pingMs: null,
        tlsFingerprint: fingerprint,
      },
    });
    await user.click(radio('Another pool'));
    await user.type(field('Pool address'), 'pool.example.org:443');
    await user.click(button('Test connection'));
    await user.click(await screen.findByRole('button', { name: 'Trust this certificate' }));
    await user.click(button('Continue'));
    await screen.findByRole('heading', { name: 'How hard should it work?' });
    await user.click(button('Continue'));
    await user.click(await screen.findByRole('button', { name: 'Finish set-up' }));
    const update = calls.find((call) => call.name === 'settings.update');
    expect(update?.input).toMatchObject({ pools: [{ tls: { use: 'pinned', fingerprint } }] });
  });
});

describe('review', () => {
  test('keeps everything in one write, starts nothing, and leads to a stopped dashboard', async () => {
    const { user, calls } = await renderApp({ settings: consented() });
    await enterAddress(user);
    await user.click(button('Continue'));
    await user.click(radio('SupportXMR'));
    await user.click(button('Continue'));
    await user.click(await screen.findByRole('radio', { name: 'Quiet' }));
    await user.click(screen.getByRole('switch', { name: 'Mine only when the computer is idle' }));
    await user.click(button('Continue'));
    expect(noButton('Start mining')).toBe(true);
    expect(calls.map((call) => call.name)).not.toContain('settings.update');

    await user.click(button('Finish set-up'));
    await screen.findByRole('button', { name: 'Start mining' });
    const updates = calls.filter((call) => call.name === 'settings.update');
    expect(updates).toHaveLength(1);
    expect(updates[0]?.input).toMatchObject({
      wallet: { address: GOOD_ADDRESS },
      pools: [
        { kind: 'stratum', host: 'pool.supportxmr.com', port: 443, tls: { use: 'authority' } },
      ],
      power: { profile: 'quiet' },
      rules: { onlyWhenIdle: true, pauseOnBattery: true, startAtLaunch: false },
    });
    expect(calls.map((call) => call.name)).not.toContain('mining.start');
  });

  test('says so when the settings cannot be written, and stays', async () => {
    const { user } = await renderApp({
      settings: consented(),
      failing: { 'settings.update': { code: 'x', message: 'The disk is full. Make room.' } },
    });
    await user.click(button('Practise without a wallet'));
    await user.click(button('Continue'));
    await user.click(await screen.findByRole('button', { name: 'Continue' }));
    await user.click(await screen.findByRole('button', { name: 'Finish set-up' }));
    expect(await screen.findByText('The disk is full. Make room.')).toBeDefined();
    expect(button('Finish set-up')).toBeDefined();
  });
});
