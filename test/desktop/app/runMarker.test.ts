import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
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

it('says what it cannot keep, and ends nothing by that', () => {
  const file = join(folder, 'missing', 'mining');
  expect(new RunMarker(file).set()).toMatchObject({ code: 'markerUnwritable' });
  mkdirSync(join(folder, 'a folder', 'inside'), { recursive: true });
  expect(new RunMarker(join(folder, 'a folder')).clear()).toMatchObject({
    code: 'markerUnremovable',
  });
});
