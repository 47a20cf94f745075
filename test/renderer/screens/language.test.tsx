import { cleanup, screen } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createText } from '../../../electron/contract/text/index.ts';
import { whyLine } from '../../../electron/contract/text/why.ts';
import { NoticeWatch } from '../../../electron/desktop/app/notices.ts';
import { statusLine } from '../../../electron/desktop/shell/trayMenu.ts';
import { snapshotWith } from '../../support/snapshot.ts';
import { configured, type RealApp } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

const pl = createText('pl');

const choice = (name: string) => screen.getByRole('combobox', { name });

/** The tray's first line. */
const inTray = ({ text, desktop }: RealApp) => statusLine(text(), desktop.snapshot());

test('another language is spoken at once by window, tray and notifications, and after a restart', async () => {
  const app = await showApp(configured());
  const notices = new NoticeWatch(app.text);
  const mining = snapshotWith({});
  const paused = snapshotWith({ session: { state: 'paused', pauses: [{ reason: 'battery' }] } });
  notices.see(mining);
  const told = () => [paused, mining].flatMap((next) => notices.see(next)).map(({ body }) => body);
  await app.user.click(button('Settings'));
  await app.user.click(button('Appearance'));
  expect(inTray(app)).toBe('Not mining yet: it starts when you press Start');
  expect(told()).toEqual(['Paused: on battery.', 'Mining again.']);

  await app.user.selectOptions(choice('Language'), 'Polski');
  await screen.findByRole('heading', { name: pl.t('nav.settings'), level: 1 });
  expect(document.documentElement.lang).toBe('pl');
  const why = pl.t('why.notStartedYet');
  expect(screen.getByTestId('why').textContent).toBe(why);
  expect(`${inTray(app)}.`).toBe(why);
  const pausedInPolish = whyLine(pl, paused, { countdown: false });
  expect(told()).toEqual([pausedInPolish, pl.t('notification.goesOn')]);

  const kept = readFileSync(join(app.folder, 'settings.json'), 'utf8');
  cleanup();
  const again = await showApp(kept);
  button(pl.t('control.start'));
  expect(`${inTray(again)}.`).toBe(why);
  await again.user.click(button(pl.t('nav.settings')));
  await again.user.click(button(pl.t('settings.sections.appearance')));
  await again.user.selectOptions(choice(pl.t('settings.language')), 'English');
  await screen.findByRole('heading', { name: 'Settings', level: 1 });
});

test('a newcomer chooses it before anything else', async () => {
  const app = await showApp();
  await app.user.selectOptions(choice('Language'), 'Polski');
  await screen.findByRole('heading', { name: pl.t('consent.title') });
  expect(document.documentElement.dir).toBe('ltr');
});
