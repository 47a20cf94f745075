import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import {
  desktopEntry,
  repairLinuxLoginItem,
  setLinuxLoginItem,
  type LaunchCommand,
} from '../../../electron/desktop/shell/linuxLoginItem.ts';

const program = (...command: LaunchCommand) => ({ command, comment: 'Mines' });
const folder = mkdtempSync(join(tmpdir(), 'ibctminer-login-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('writes an autostart entry and takes it away again', () => {
  const file = join(folder, 'autostart', 'ibctminer.desktop');
  setLinuxLoginItem(file, true, program('/opt/Ibctminer/ibctminer'));
  expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Ibctminer/ibctminer"\n');
  setLinuxLoginItem(file, false, program('/opt/Ibctminer/ibctminer'));
  expect(existsSync(file)).toBe(false);
});

it('is not disturbed by an entry that is already gone', () => {
  expect(() => setLinuxLoginItem(join(folder, 'none.desktop'), false, program('x'))).not.toThrow();
});

it('quotes what the desktop entry format would misread', () => {
  expect(desktopEntry(program('/a b/"q"', '100%', '$HOME', 'back\\slash'))).toContain(
    'Exec="/a b/\\\\"q\\\\"" "100%%" "\\\\$HOME" "back\\\\\\\\slash"\n',
  );
});

it('names the program anew where the app has moved, and leaves the rest as the user has it', () => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'ibctminer.desktop');
  writeFileSync(file, `${desktopEntry(program('/old/place'))}Hidden=true\n`);
  repairLinuxLoginItem(file, ['/new/place']);
  expect(readFileSync(file, 'utf8')).toBe(`${desktopEntry(program('/new/place'))}Hidden=true\n`);
});

it('does not bring back an entry that the user removed', () => {
  const file = join(folder, 'ibctminer.desktop');
  repairLinuxLoginItem(file, ['/new/place']);
  expect(existsSync(file)).toBe(false);
});
