import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { desktopEntry, setLinuxLoginItem } from '../../../electron/desktop/shell/linuxLoginItem.ts';

const folder = mkdtempSync(join(tmpdir(), 'ibctminer-login-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('writes an autostart entry and takes it away again', () => {
  const file = join(folder, 'autostart', 'ibctminer.desktop');
  setLinuxLoginItem(file, true, ['/opt/Ibctminer/ibctminer']);
  expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Ibctminer/ibctminer"\n');
  setLinuxLoginItem(file, false, ['/opt/Ibctminer/ibctminer']);
  expect(existsSync(file)).toBe(false);
});

it('is not disturbed by an entry that is already gone', () => {
  expect(() => setLinuxLoginItem(join(folder, 'none.desktop'), false, ['x'])).not.toThrow();
});

it('quotes what the desktop entry format would misread', () => {
  expect(desktopEntry(['/a b/"q"', '100%', '$HOME', 'back\\slash'])).toContain(
    'Exec="/a b/\\\\"q\\\\"" "100%%" "\\\\$HOME" "back\\\\\\\\slash"\n',
  );
});
