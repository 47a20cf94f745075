import { cleanup, screen } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { NoticeWatch } from '../../../electron/desktop/app/notices.ts';
import { statusLine } from '../../../electron/desktop/shell/trayMenu.ts';
import { snapshotWith } from '../../support/snapshot.ts';
import { configured, type RealApp } from '../support/realApp.ts';
import { button, showApp } from '../support/renderApp.tsx';

vi.mock('../../../electron/contract/text/catalogues.ts', async () => {
  const { en } = await import('../../../electron/contract/text/en.ts');
  const { madeUpPolish } = await import('../../support/madeUpPolish.ts');
  return { catalogues: { en, pl: madeUpPolish(en) }, languages: ['en', 'pl'] };
});

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
  await screen.findByRole('heading', { name: 'pl Settings', level: 1 });
  expect(document.documentElement.lang).toBe('pl');
  expect(screen.getByTestId('why').textContent).toMatch(/^pl Not mining yet/);
  expect(inTray(app)).toMatch(/^pl Not mining yet/);
  expect(told()).toEqual([expect.stringMatching(/^pl Paused/), 'pl Mining again.']);

  const kept = readFileSync(join(app.folder, 'settings.json'), 'utf8');
  cleanup();
  const again = await showApp(kept);
  button('pl Start mining');
  expect(inTray(again)).toMatch(/^pl Not mining yet/);
  await again.user.click(button('pl Settings'));
  await again.user.click(button('pl Appearance'));
  await again.user.selectOptions(choice('pl Language'), 'English');
  await screen.findByRole('heading', { name: 'Settings', level: 1 });
});

test('a newcomer chooses it before anything else', async () => {
  const app = await showApp();
  await app.user.selectOptions(choice('Language'), 'Polski');
  await screen.findByRole('heading', { name: 'pl Before anything runs' });
  expect(document.documentElement.dir).toBe('ltr');
});
