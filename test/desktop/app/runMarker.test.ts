import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Host } from '../../../electron/core/system/bootAndDisplay.ts';
import { RunMarker } from '../../../electron/desktop/app/runMarker.ts';

const folder = mkdtempSync(join(tmpdir(), 'ibctminer-marker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('tells the next run when this one ended without a stop', () => {
  const file = join(folder, 'mining');
  const first = new RunMarker(file);
  expect(first.wasLeftBehind).toBe(false);
  first.set();
  expect(new RunMarker(file).wasLeftBehind).toBe(true);
});

it('tells nothing after a clean stop', () => {
  const file = join(folder, 'clean');
  const marker = new RunMarker(file);
  marker.set();
  marker.clear();
  marker.clear();
  expect(new RunMarker(file).wasLeftBehind).toBe(false);
});

it('takes no run for a crash that ended with the computer, or with the display server', () => {
  const file = join(folder, 'ended');
  const X0 = '/tmp/.X11-unix/X0';
  const host = (bootId: string, inode: number): Host => ({
    env: { DISPLAY: ':0' },
    read: (path) => (path.endsWith('boot_id') ? bootId : `0: 2 0 00010000 1 1 ${inode} ${X0}`),
  });
  new RunMarker(file, host('first', 1)).set();
  expect(new RunMarker(file, host('first', 1)).wasLeftBehind).toBe(true);
  expect(new RunMarker(file, host('second', 1)).wasLeftBehind).toBe(false);
  expect(new RunMarker(file, host('first', 2)).wasLeftBehind).toBe(false);
});

it.each(['', '{"bootId":"fir', '{"bootId":7}', '[]'])(
  'takes a file that says %j for one of a crash',
  (text) => {
    const file = join(folder, 'mangled');
    writeFileSync(file, text);
    expect(new RunMarker(file).wasLeftBehind).toBe(true);
  },
);

it('says what it cannot keep, and ends nothing by that', () => {
  const file = join(folder, 'missing', 'mining');
  expect(new RunMarker(file).set()).toMatchObject({ code: 'markerUnwritable' });
  mkdirSync(join(folder, 'a folder', 'inside'), { recursive: true });
  expect(new RunMarker(join(folder, 'a folder')).clear()).toMatchObject({
    code: 'markerUnremovable',
  });
});
