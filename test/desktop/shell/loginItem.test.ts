import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { desktopEntry, LinuxLoginEntry } from '../../../electron/desktop/shell/linuxLoginEntry.ts';
import { LoginItem } from '../../../electron/desktop/shell/loginItem.ts';

const program = { command: ['/opt/Ibctminer/ibctminer'] as const, comment: 'Mines' };
let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-login-'));
  file = join(folder, 'autostart', 'ibctminer.desktop');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const launch = () => new LoginItem(new LinuxLoginEntry(file, program));

it('follows the setting when it changes', () => {
  const item = launch();
  expect(item.apply(false)).toBeNull();
  expect(item.apply(true)).toBeNull();
  expect(readFileSync(file, 'utf8')).toBe(desktopEntry(program));
  expect(item.apply(false)).toBeNull();
  expect(existsSync(file)).toBe(false);
});

it('is not touched by a save of other settings: what the user did to the entry himself stays', () => {
  const item = launch();
  item.apply(false);
  item.apply(true);
  const switchedOff = `${desktopEntry(program)}Hidden=true\n`;
  writeFileSync(file, switchedOff);
  item.apply(true);
  expect(readFileSync(file, 'utf8')).toBe(switchedOff);
  rmSync(file);
  item.apply(true);
  expect(existsSync(file)).toBe(false);
});

it('is repaired at launch where the app has moved, and never made anew there', () => {
  launch().apply(true);
  expect(existsSync(file)).toBe(false);
  mkdirSync(join(folder, 'autostart'));
  writeFileSync(file, desktopEntry({ ...program, command: ['/old/place'] }));
  launch().apply(true);
  expect(readFileSync(file, 'utf8')).toBe(desktopEntry(program));
});

it('says what keeps it from being written', () => {
  writeFileSync(join(folder, 'autostart'), 'not a folder');
  const item = launch();
  item.apply(false);
  expect(item.apply(true)).toMatchObject({ code: 'loginItemUnwritable' });
});
