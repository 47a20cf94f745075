import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RunMarker } from '../../../electron/desktop/app/runMarker.ts';
import { Uninstall, type UninstallOptions } from '../../../electron/desktop/app/uninstall.ts';
import { LinuxLoginEntry } from '../../../electron/desktop/shell/linuxLoginEntry.ts';
import { writeWindowState } from '../../../electron/desktop/shell/windowState.ts';
import { attempt } from '../../../electron/core/settings/files.ts';
import { isThere, madeFile, type Made } from '../../../electron/core/settings/made.ts';
import { SettingsStore } from '../../../electron/core/settings/store.ts';
import { HistoryStore } from '../../../electron/core/history/store.ts';
import { TuningFile } from '../../../electron/core/settings/tuningFile.ts';
import { minuteAt } from '../../support/historyRecord.ts';
import { asUnprivileged } from '../../support/unprivileged.ts';
import { tuning } from '../../support/tuning.ts';

let home = '';
let folder = '';
/** What the user had to wait for, in order. */
let ended: string[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ibctminer-uninstall-'));
  folder = join(home, '.config', 'Ibctminer');
  ended = [];
});
afterEach(() => {
  if (existsSync(folder)) chmodSync(folder, 0o700);
  rmSync(home, { recursive: true, force: true });
});

/** A home in which every maker has made what it makes, and one has been killed in the middle. */
function usedHome(change: Partial<UninstallOptions> = {}): Uninstall {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), 'not JSON');
  const store = new SettingsStore(folder);
  store.save(store.current);
  store.confirmAddress(null);
  const tuningFile = new TuningFile(join(folder, 'tuning.json'));
  tuningFile.save({ cpu: 'A processor', logicalCpus: 4, engine: '0'.repeat(64) }, tuning);
  writeFileSync(join(folder, 'tuning.json.4711.tmp'), '{');
  const history = new HistoryStore(folder, () => undefined);
  history.append([minuteAt(0)]);
  const marker = new RunMarker(join(folder, 'mining'));
  marker.set();
  const windowFile = join(folder, 'window.json');
  writeWindowState(windowFile, { width: 800, height: 600 });
  const loginEntry = new LinuxLoginEntry(join(home, '.config', 'autostart', 'ibctminer.desktop'), {
    command: ['/opt/ibctminer'],
    comment: 'Mines',
  });
  loginEntry.set(true);
  const browser = join(folder, 'browser');
  mkdirSync(join(browser, 'Cache'), { recursive: true });
  const browserMade: Made = {
    ...{ kind: 'browser', place: browser, isInUse: true, isThere: () => isThere(browser) },
    remove: () => attempt(() => rmSync(browser, { recursive: true })),
  };
  return new Uninstall({
    ...{ platform: 'linux', folder },
    made: () => [
      ...store.made(),
      ...[history.made(), tuningFile.made(), marker.made(), madeFile('window', windowFile)],
      ...[loginEntry.made(), browserMade],
    ],
    installation: { kind: 'deb', command: 'sudo apt remove ibctminer' },
    hugePages: () => null,
    end: () => {
      ended.push(existsSync(join(folder, 'settings.json')) ? 'before' : 'after');
      return Promise.resolve();
    },
    ...change,
  });
}

const everythingIn = (place: string) => readdirSync(place, { recursive: true }).map(String).sort();

it('lists everything that is in the home, and changes nothing by that', () => {
  const uninstall = usedHome();
  const before = everythingIn(home);
  const { made, foreign } = uninstall.plan();
  const kinds = new Set(made.map(({ kind }) => kind));
  expect([...kinds]).toEqual([
    'settings',
    'history',
    'tuning',
    'marker',
    'window',
    'loginItem',
    'browser',
    'folder',
  ]);
  expect(made.filter(({ kind }) => kind === 'settings')).toHaveLength(3);
  expect(foreign).toEqual([]);
  expect(everythingIn(home)).toEqual(before);
});

it('stops mining first, and leaves nothing once the process has ended', async () => {
  const uninstall = usedHome();
  const report = await uninstall.run([]);
  expect(ended).toEqual(['before']);
  const fates = Object.fromEntries(report.map(({ kind, fate }) => [kind, fate]));
  expect(fates).toEqual({
    ...{
      settings: 'removed',
      history: 'removed',
      tuning: 'removed',
      marker: 'removed',
      window: 'removed',
    },
    ...{ loginItem: 'removed', browser: 'atQuit', folder: 'atQuit' },
  });
  expect(existsSync(join(folder, 'browser'))).toBe(true);
  uninstall.finish();
  // The folder of login items is the desktop's.
  expect(everythingIn(home)).toEqual(['.config', join('.config', 'autostart')]);
});

it('removes what was written after it had been asked to', async () => {
  const uninstall = usedHome();
  await uninstall.run([]);
  writeFileSync(join(folder, 'window.json'), '{}');
  uninstall.finish();
  expect(existsSync(folder)).toBe(false);
});

it('keeps what the user keeps, and its folder', async () => {
  const uninstall = usedHome();
  const report = await uninstall.run(['settings']);
  expect(report.filter(({ fate }) => fate === 'kept').map(({ kind }) => kind)).toEqual([
    ...['settings', 'settings', 'settings', 'folder'],
  ]);
  uninstall.finish();
  const [aside, ...rest] = everythingIn(folder).reverse();
  expect(aside).toMatch(/^settings\.old-/);
  expect(rest).toEqual(['settings.json', 'confirmed-address.json']);
});

it('leaves alone what the app did not make, and says so', async () => {
  const uninstall = usedHome();
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  expect(uninstall.plan().foreign).toEqual(['notes.txt']);
  const report = await uninstall.run([]);
  expect(report.at(-1)).toMatchObject({ kind: 'folder', fate: 'kept' });
  uninstall.finish();
  expect(everythingIn(folder)).toEqual(['notes.txt']);
});

it('says what a profile that cannot be written does not give up, and why', async () => {
  const uninstall = usedHome();
  if (process.geteuid?.() === 0) {
    for (const name of everythingIn(home)) chownSync(join(home, name), 65534, 65534);
    chmodSync(home, 0o755);
  }
  chmodSync(folder, 0o500);
  const report = await asUnprivileged(() => uninstall.run([]));
  const failed = report.filter(({ fate }) => fate === 'failed');
  expect(failed.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['settings', 'tuning', 'marker', 'window']),
  );
  expect(failed[0]).toMatchObject({ problem: { code: 'noPermission' } });
  expect(report.at(-1)).toMatchObject({ kind: 'folder', fate: 'kept' });
  expect(existsSync(join(folder, 'settings.json'))).toBe(true);
});

it('does nothing as the process ends when nobody uninstalled', () => {
  const uninstall = usedHome();
  const before = everythingIn(home);
  uninstall.finish();
  expect(everythingIn(home)).toEqual(before);
});

it('tells on Windows that open files go only after the process', async () => {
  const report = await usedHome({ platform: 'win32' }).run([]);
  expect(report.find(({ kind }) => kind === 'browser')?.fate).toBe('afterQuit');
});
