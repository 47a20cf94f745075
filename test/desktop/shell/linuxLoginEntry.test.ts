import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { desktopEntry, LinuxLoginEntry } from '../../../electron/desktop/shell/linuxLoginEntry.ts';

const program = (first: string, ...rest: string[]) => ({
  command: [first, ...rest] as const,
  comment: 'Mines',
});
const folder = mkdtempSync(join(tmpdir(), 'ibctminer-login-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('writes an autostart entry and takes it away again', () => {
  const file = join(folder, 'autostart', 'ibctminer.desktop');
  const entry = new LinuxLoginEntry(file, program('/opt/Ibctminer/ibctminer'));
  entry.set(true);
  expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Ibctminer/ibctminer"\n');
  entry.set(false);
  expect(existsSync(file)).toBe(false);
});

it('is not disturbed by an entry that is already gone', () => {
  const entry = new LinuxLoginEntry(join(folder, 'none.desktop'), program('x'));
  expect(() => entry.set(false)).not.toThrow();
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
  new LinuxLoginEntry(file, program('/new/place')).repair();
  expect(readFileSync(file, 'utf8')).toBe(`${desktopEntry(program('/new/place'))}Hidden=true\n`);
});

it('does not bring back an entry that the user removed', () => {
  const file = join(folder, 'ibctminer.desktop');
  new LinuxLoginEntry(file, program('/new/place')).repair();
  expect(existsSync(file)).toBe(false);
});
