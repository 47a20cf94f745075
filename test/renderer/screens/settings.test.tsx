import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { Settings } from '../../../electron/contract/settings.ts';
import { en } from '../../../electron/contract/text/en.ts';
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

async function atSettings(
  section: string,
  change: Partial<Settings> = {},
  prepare?: (app: RealApp) => void,
) {
  const app = await showApp(configured(change), prepare);
  await app.user.click(button('Settings'));
  await app.user.click(button(section));
  return app;
}

const isChosen = (name: string) => radio(name).getAttribute('aria-checked') === 'true';

describe('the sections', () => {
  const cards = () =>
    screen.queryAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
  const search = () => field('Search settings');

  test('are shown one at a time, and each has something in it', async () => {
    const { user } = await atSettings('Wallet');
    const list = screen.getByRole('navigation', { name: 'Sections of Settings' });
    const seen = new Set<string | null>();
    for (const section of within(list).getAllByRole('button')) {
      await user.click(section);
      expect(section.getAttribute('aria-current')).toBe('true');
      expect(cards().length).toBeGreaterThan(0);
      for (const card of cards()) {
        expect(seen).not.toContain(card);
        seen.add(card);
      }
    }
    expect(seen).toContain('Schedule');
  });

  test('are searched together, by every word that stands on a card or row', async () => {
    const { user } = await atSettings('Reset');
    await user.keyboard('{Control>}f{/Control}');
    expect(document.activeElement).toBe(search());
    await user.keyboard('battery');
    expect(cards()).toEqual(['Rules']);
    screen.getByRole('switch', { name: 'Pause on battery' });
    expect(screen.queryByRole('switch', { name: 'Keep the CPU cool' })).toBeNull();

    await user.clear(search());
    await user.keyboard('THEME dark');
    expect(cards()).toEqual([]);
    await user.clear(search());
    await user.keyboard('dark system');
    expect(cards()).toEqual(['Appearance']);
    await user.keyboard('{Escape}');
    expect(cards()).toEqual(['Reset']);
  });

  test('keep a card that is found by its title whole, and find what is switched on meanwhile', async () => {
    const { user } = await atSettings('Wallet');
    await user.type(search(), 'schedule');
    await user.click(screen.getByRole('switch', { name: 'Mine only at certain hours' }));
    await screen.findByRole('grid', { name: 'Hours of the week' });
    screen.getByRole('switch', { name: 'Mine only in the cheapest hours' });
    await user.clear(search());
    await user.type(search(), 'nights');
    expect(cards()).toEqual(['Schedule']);
    await user.click(screen.getByRole('switch', { name: 'Mine only at certain hours' }));
    await screen.findByText('No setting matches “nights”.');
  });

  test('that nothing is found in say so, and are back when the search is cleared', async () => {
    const { user } = await atSettings('Wallet');
    await user.type(search(), 'make me rich');
    await screen.findByText('No setting matches “make me rich”.');
    expect(cards()).toEqual([]);
    await user.click(button('Clear search'));
    expect(cards()).toEqual(['Wallet']);
    expect(document.activeElement).toBe(search());
    await user.type(search(), 'theme');
    await user.click(button('Power'));
    expect(search().value).toBe('');
    expect(cards()).toEqual(['Power']);
  });

  test('are reached from everywhere by the palette, which takes the focus there', async () => {
    const { user } = await showApp(configured());
    await user.keyboard('{Control>}k{/Control}');
    await user.keyboard('settings: rules{Enter}');
    await screen.findByRole('heading', { name: 'Settings', level: 1 });
    expect(cards()).toEqual(['Rules', 'Schedule']);
    await waitFor(() => expect(document.activeElement?.ariaLabel).toBe('Rules'));
    await user.click(button('Power'));
    expect(document.activeElement).toBe(button('Power'));
  });
});

describe('measuring', () => {
  const point = { threads: 1, interleave: 4, hashesPerSecond: 1234 };

  test('begins on a press, shows what comes in, and can be cancelled', async () => {
    const { user, measurement } = await atSettings('Memory and tuning');
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
    const { user, measurement } = await atSettings('Memory and tuning');
    await user.click(button('Measure'));
    await screen.findByRole('button', { name: 'Cancel' });
    measurement.finish({ ...tuning, curve: [point], best: point });
    await screen.findByText(/Fastest: 1 thread, 4 hashes side by side, 1.23/);
    button('Measure again');
    await user.click(button('Power'));
    const full = screen.getByText('Full power').closest('label');
    await waitFor(() => expect(full?.textContent).toContain('1 thread'));
    expect(full?.textContent).not.toContain('1 threads');
  });

  test('is not offered while mining, and Start says that it has to wait', async () => {
    const { user } = await atSettings('Memory and tuning', { work: 'practice', pools: [] });
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
    const { user, breakDisk, measurement } = await atSettings('Memory and tuning');
    await user.click(button('Measure'));
    await screen.findByRole('button', { name: 'Cancel' });
    breakDisk();
    measurement.finish(tuning);
    await screen.findByText(/could not be|cannot be/);
  });
});

describe('the wallet address', () => {
  test('changes only after old and new were shown side by side', async () => {
    const { user, desktop } = await atSettings('Wallet');
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
    const { user } = await atSettings('Wallet');
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
    const app = await atSettings('Power', { pools: [poolAt(pool.port)] });
    await app.user.click(button('Start mining'));
    await app.reach('mining');
    await app.user.click(radio('Full power'));
    expect(app.desktop.editor.power.profile).toBe('balanced');
    await app.user.click(button('Try full power'));
    await screen.findByRole('button', { name: 'Keep full power' });
    return app;
  }

  test('is confirmed, then shown for as long as the app tries it', async () => {
    const { desktop, advance } = await atTrial();
    expect(isChosen('Full power')).toBe(true);
    expect(screen.getByRole('alert').textContent).toMatch(/Full power ends in (30|[12]\d) s/);
    expect(desktop.editor.power.profile).toBe('full');
    advance(30_000);
    await waitFor(() => expect(isChosen('Balanced')).toBe(true));
    expect(noButton('Keep full power')).toBe(true);
    expect(desktop.editor.power.profile).toBe('balanced');
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
    expect(desktop.editor.power.profile).toBe('balanced');
  });

  test('is still counted down in a window that opens meanwhile, and spoken once', async () => {
    await atSettings('Power', {}, ({ desktop }) => {
      desktop.start();
      desktop.editor.update({ power: { profile: 'full', mode: 'auto' } });
    });
    const ending = /Full power ends in (30|[12]\d) s/;
    const spoken = screen.getByRole('alert').textContent;
    expect(spoken).toMatch(ending);
    const counted = screen.getByText(ending, { selector: '[aria-hidden]' });
    await waitFor(() => expect(counted.textContent).not.toBe(spoken), { timeout: 5000 });
    expect(counted.textContent).toMatch(ending);
    expect(screen.getByRole('alert').textContent).toBe(spoken);
  });

  test('waits for Start before it counts', async () => {
    const { user } = await atSettings('Power');
    await user.click(radio('Full power'));
    await user.click(button('Try full power'));
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /^Full power starts with mining/,
    );
  });

  test('chosen by the number of threads is confirmed in the same way', async () => {
    const custom = { profile: 'custom', threads: 1, mode: 'auto' } as const;
    const { user, desktop } = await atSettings('Power', { power: custom });
    const slider = () => screen.getByRole<HTMLInputElement>('slider');
    const most = { target: { value: slider().max } };
    fireEvent.change(slider(), most);
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(slider().value).toBe('1');
    expect(desktop.editor.power).toEqual(custom);

    fireEvent.change(slider(), most);
    await user.click(await screen.findByRole('button', { name: 'Try full power' }));
    await waitFor(() => expect(slider().value).toBe(slider().max));
    expect(desktop.editor.power).toMatchObject({
      profile: 'custom',
      threads: Number(slider().max),
    });
    await user.click(button('Go back now'));
    await waitFor(() => expect(slider().value).toBe('1'));
    expect(desktop.editor.power).toEqual(custom);
    expect(desktop.settings.power).toEqual(custom);
  });
});

describe('a rule', () => {
  const pausing = [
    ['Pause while a program is in full screen', 'fullScreen', 'a full-screen program is running'],
    ['Pause on a metered connection', 'metered', 'the internet connection is metered'],
  ] as const;

  test.each(pausing)('%s: says why while it holds mining up', async (name, fact, why) => {
    const { user, surroundings, advance } = await atSettings('Rules', {
      ...{ work: 'practice', pools: [] },
    });
    await user.click(screen.getByRole('switch', { name }));
    await user.click(button('Start mining'));
    surroundings[fact] = true;
    advance(2000);
    await screen.findByText(`Paused: ${why}. ${en.why.goesOn[fact]}`);
    surroundings[fact] = false;
    advance(2000);
    await waitFor(() => expect(screen.queryByText(new RegExp(`^Paused: ${why}`))).toBeNull());
  });

  test('that this system cannot serve says so', async () => {
    await atSettings('Rules', {}, ({ surroundings }) => {
      Object.assign(surroundings, { onBattery: null, fullScreen: null, metered: null });
    });
    for (const name of ['Pause on battery', ...pausing.map(([rule]) => rule)]) {
      const rule = screen.getByRole('switch', { name });
      expect(rule.hasAttribute('data-disabled')).toBe(true);
      const hint = document.getElementById(rule.getAttribute('aria-describedby') ?? '');
      expect(hint?.textContent).toBe(
        name.includes('full screen') ? en.settings.fullScreenUnavailable : en.power.notAvailable,
      );
    }
  });
});

test('the background is offered as long as there is a tray', async () => {
  const { surroundings, advance } = await atSettings('Opening and closing');
  const isOffered = () => !radio('Keep running in the background').hasAttribute('data-disabled');
  expect(isOffered()).toBe(true);
  surroundings.trayAvailable = false;
  advance(10_000);
  await waitFor(() => expect(isOffered()).toBe(false));
});

test('a port in use is told next to the port of the HTTP API, and the token can be copied', async () => {
  const other = await FriendlyPool.listen();
  open.push(other);
  const { port } = other;
  const api = { enabled: true, port, token: 'a-long-token-of-this-test' };
  const { user, desktop, copied } = await atSettings('Connections', { api });
  expect(
    await screen.findByText(said(problem('apiPortTaken', { port: String(port) }))),
  ).toBeDefined();
  await user.click(button('Copy token'));
  await waitFor(() => expect(copied).toEqual([api.token]));
  await user.clear(field('Port'));
  await user.type(field('Port'), '80');
  await user.tab();
  expect(desktop.settings.api).toEqual(api);
  await screen.findByText(/Choose a number from 1024/);
});

test('the theme is put on the page', async () => {
  const { user } = await atSettings('Appearance');
  await user.click(radio('Dark'));
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
});

test('reset asks, and leads back to the set-up, with the consent that was given', async () => {
  const { user, desktop } = await atSettings('Reset');
  await user.click(button('Reset everything'));
  expect(desktop.settings.pools).toHaveLength(1);
  const dialog = screen.getByRole('dialog', { name: 'Reset everything?' });
  await user.click(within(dialog).getByRole('button', { name: 'Reset everything' }));
  await screen.findByRole('textbox', { name: 'Monero wallet address' });
  expect(desktop.settings).toMatchObject({ wallet: null, pools: [] });
});
