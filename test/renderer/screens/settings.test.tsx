import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { Settings } from '../../../electron/contract/settings.ts';
import { problem } from '../../../electron/contract/problem.ts';
import { said } from '../../support/said.ts';
import { tuning } from '../../support/tuning.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import {
  configured,
  GOOD_ADDRESS,
  OTHER_ADDRESS,
  poolAt,
  type RealApp,
} from '../support/realApp.ts';
import { button, field, noButton, radio, showApp } from '../support/renderApp.tsx';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function atSettings(change: Partial<Settings> = {}, prepare?: (app: RealApp) => void) {
  const app = await showApp(configured(change), prepare);
  await app.user.click(button('Settings'));
  return app;
}

const isChosen = (name: string) => radio(name).getAttribute('aria-checked') === 'true';

describe('measuring', () => {
  const point = { threads: 1, interleave: 4, hashesPerSecond: 1234 };

  test('begins on a press, shows what comes in, and can be cancelled', async () => {
    const { user, measurement } = await atSettings();
    await user.click(button('Measure'));
    await screen.findByRole('button', { name: 'Cancel' });
    measurement.find(0.5, { ...point, interleave: 1, hashesPerSecond: 9 });
    measurement.find(0.6, point);
    const curve = await screen.findByRole('list', { name: 'Hashrate by number of threads' });
    await waitFor(() => expect(curve.textContent).toContain('1.23 kH/s'));
    expect(within(curve).getAllByRole('listitem')).toHaveLength(1);
    await user.click(button('Cancel'));
    await screen.findByRole('button', { name: 'Measure' });
  });

  test('shows the result, and threads are recommended anew', async () => {
    const { user, measurement } = await atSettings();
    await user.click(button('Measure'));
    await screen.findByRole('button', { name: 'Cancel' });
    measurement.finish({ ...tuning, curve: [point], best: point });
    await screen.findByText(/Fastest: 1 thread, 4 hashes side by side, 1.23/);
    button('Measure again');
    const full = screen.getByText('Full power').closest('label');
    await waitFor(() => expect(full?.textContent).toContain('1 thread'));
    expect(full?.textContent).not.toContain('1 threads');
  });

  test('is not offered while mining, and Start says that it has to wait', async () => {
    const { user } = await atSettings({ work: 'practice', pools: [] });
    await user.click(button('Measure'));
    await screen.findByRole('button', { name: 'Cancel' });
    await user.click(button('Start mining'));
    expect(await screen.findByText(said(problem('measuring')))).toBeDefined();
    await user.click(button('Cancel'));
    await screen.findByRole('button', { name: 'Measure' });
    await user.click(button('Start mining'));
    await screen.findByText(/Stop mining first/);
    expect(button('Measure').disabled).toBe(true);
  });

  test('says what went wrong', async () => {
    const { user, breakDisk, measurement } = await atSettings();
    await user.click(button('Measure'));
    await screen.findByRole('button', { name: 'Cancel' });
    breakDisk();
    measurement.finish(tuning);
    await screen.findByText(/could not be|cannot be/);
  });
});

describe('the wallet address', () => {
  test('changes only after old and new were shown side by side', async () => {
    const { user, desktop } = await atSettings();
    await user.click(button('Change address'));
    field('New wallet address').focus();
    await user.paste(OTHER_ADDRESS);
    await waitFor(() => expect(button('Continue').disabled).toBe(false));
    await user.click(button('Continue'));
    const dialog = screen.getByRole('dialog', { name: 'Mine for another address?' });
    const compared = (name: string) => within(dialog).getByRole('region', { name }).textContent;
    expect(compared('Now')).toContain(GOOD_ADDRESS);
    expect(compared('New')).toContain(OTHER_ADDRESS);
    expect(desktop.settings.wallet).toEqual({ address: GOOD_ADDRESS });

    await user.click(button('Use the new address'));
    await waitFor(() => expect(desktop.settings.wallet).toEqual({ address: OTHER_ADDRESS }));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('cannot be changed to a wrong one, nor to the same one', async () => {
    const { user } = await atSettings();
    await user.click(button('Change address'));
    field('New wallet address').focus();
    await user.paste(`${GOOD_ADDRESS.slice(0, -1)}B`);
    await screen.findByText(/character is wrong/);
    expect(button('Continue').disabled).toBe(true);
    await user.clear(field('New wallet address'));
    await user.paste(GOOD_ADDRESS);
    await screen.findByText('This is a valid Monero address.');
    expect(button('Continue').disabled).toBe(true);
  });
});

describe('full power', () => {
  /** Mining, as a trial counts only then. */
  async function atTrial() {
    const pool = await FriendlyPool.listen();
    open.push(pool);
    const app = await atSettings({ pools: [poolAt(pool.port)] });
    await app.user.click(button('Start mining'));
    await app.reach('mining');
    await app.user.click(radio('Full power'));
    expect(app.desktop.power.profile).toBe('balanced');
    await app.user.click(button('Try full power'));
    await screen.findByRole('button', { name: 'Keep full power' });
    return app;
  }

  test('is confirmed, then shown for as long as the app tries it', async () => {
    const { desktop, advance } = await atTrial();
    expect(isChosen('Full power')).toBe(true);
    expect(screen.getByText(/Full power ends in (30|[12]\d) s/)).toBeDefined();
    expect(desktop.power.profile).toBe('full');
    advance(30_000);
    await waitFor(() => expect(isChosen('Balanced')).toBe(true));
    expect(noButton('Keep full power')).toBe(true);
    expect(desktop.power.profile).toBe('balanced');
  });

  test('stays when it is kept', async () => {
    const { user, desktop, advance } = await atTrial();
    await user.click(button('Keep full power'));
    await waitFor(() => expect(noButton('Keep full power')).toBe(true));
    advance(60_000);
    expect(isChosen('Full power')).toBe(true);
    expect(desktop.settings.power.profile).toBe('full');
  });

  test('goes back at once when that is asked for', async () => {
    const { user, desktop } = await atTrial();
    await user.click(button('Go back now'));
    await waitFor(() => expect(isChosen('Balanced')).toBe(true));
    expect(desktop.power.profile).toBe('balanced');
  });

  test('is still counted down in a window that opens meanwhile', async () => {
    await atSettings({}, ({ desktop }) => {
      desktop.start();
      desktop.update({ power: { profile: 'full', mode: 'auto' } });
    });
    expect(screen.getByText(/Full power ends in (30|[12]\d) s/)).toBeDefined();
  });

  test('waits for Start before it counts', async () => {
    const { user } = await atSettings();
    await user.click(radio('Full power'));
    await user.click(button('Try full power'));
    await screen.findByText(/^Full power starts with mining/);
  });

  test('chosen by the number of threads is confirmed in the same way', async () => {
    const custom = { profile: 'custom', threads: 1, mode: 'auto' } as const;
    const { user, desktop } = await atSettings({ power: custom });
    const slider = () => screen.getByRole<HTMLInputElement>('slider');
    const most = { target: { value: slider().max } };
    fireEvent.change(slider(), most);
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(slider().value).toBe('1');
    expect(desktop.power).toEqual(custom);

    fireEvent.change(slider(), most);
    await user.click(await screen.findByRole('button', { name: 'Try full power' }));
    await waitFor(() => expect(slider().value).toBe(slider().max));
    expect(desktop.power).toMatchObject({ profile: 'custom', threads: Number(slider().max) });
    await user.click(button('Go back now'));
    await waitFor(() => expect(slider().value).toBe('1'));
    expect(desktop.power).toEqual(custom);
    expect(desktop.settings.power).toEqual(custom);
  });
});

test('a rule that this system cannot serve says so', async () => {
  await atSettings({}, ({ surroundings }) => (surroundings.onBattery = null));
  const battery = screen.getByRole('switch', { name: 'Pause on battery' });
  expect(battery.hasAttribute('data-disabled')).toBe(true);
  expect(screen.getAllByText(/Unavailable: this system/).length).toBeGreaterThan(0);
});

test('the background is offered as long as there is a tray', async () => {
  const { surroundings, advance } = await atSettings();
  const isOffered = () => !radio('Keep running in the background').hasAttribute('data-disabled');
  expect(isOffered()).toBe(true);
  surroundings.trayAvailable = false;
  advance(2000);
  await waitFor(() => expect(isOffered()).toBe(false));
});

test('a port in use is told next to the port of the HTTP API, and the token can be copied', async () => {
  const other = await FriendlyPool.listen();
  open.push(other);
  const { port } = other;
  const api = { enabled: true, port, token: 'a-long-token-of-this-test' };
  const { user, desktop, copied } = await atSettings({ api });
  expect(await screen.findByText(said(problem('apiPortTaken', { port })))).toBeDefined();
  await user.click(button('Copy token'));
  await waitFor(() => expect(copied).toEqual([api.token]));
  await user.clear(field('Port'));
  await user.type(field('Port'), '80');
  await user.tab();
  expect(desktop.settings.api).toEqual(api);
  await screen.findByText(/Choose a number from 1024/);
});

test('the theme is put on the page', async () => {
  const { user } = await atSettings();
  await user.click(radio('Dark'));
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
});

test('reset asks, and leads back to the set-up, with the consent that was given', async () => {
  const { user, desktop } = await atSettings();
  await user.click(button('Reset everything'));
  expect(desktop.settings.pools).toHaveLength(1);
  const dialog = screen.getByRole('dialog', { name: 'Reset everything?' });
  await user.click(within(dialog).getByRole('button', { name: 'Reset everything' }));
  await screen.findByRole('textbox', { name: 'Monero wallet address' });
  expect(desktop.settings).toMatchObject({ wallet: null, pools: [] });
});
