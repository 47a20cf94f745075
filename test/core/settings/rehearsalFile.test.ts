import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ForkRehearsal } from '../../../electron/contract/health.ts';
import { RehearsalFile } from '../../../electron/core/settings/rehearsalFile.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-rehearsal-'));
  file = join(folder, 'fork-rehearsal.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const here = { app: '1.0.0', cpu: 'A processor', logicalCpus: 4, engine: 'ab' };
const rehearsal: ForkRehearsal = {
  ...{ mode: 'fast', threads: 4, standstillMs: 84, isMemoryKept: true },
  readiness: 'ready',
  hashesPerSecond: { before: 5460, after: 4920 },
  shares: { before: 5, after: 9, refused: 0, late: 1 },
};
const at = (place: typeof here) => new RehearsalFile(file, () => place);

it('keeps the last rehearsal, for the app, processor and engine that rehearsed', () => {
  expect(at(here).find()).toBeNull();
  const { kept, fault } = at(here).keep(rehearsal, 7);
  expect(fault).toBeNull();
  expect(kept).toEqual({ ...rehearsal, rehearsedAtMs: 7 });
  expect(at(here).find()).toEqual(kept);
  expect(at({ ...here, app: '1.0.1' }).find()).toBeNull();
  expect(at({ ...here, cpu: 'Another' }).find()).toBeNull();
  expect(at({ ...here, engine: 'cd' }).find()).toBeNull();
  at(here).keep(rehearsal, 8);
  expect(at(here).find()?.rehearsedAtMs).toBe(8);
});

it('is none where the file is damaged, or the engine cannot be had', () => {
  at(here).keep(rehearsal, 7);
  const withoutEngine = new RehearsalFile(file, () => {
    throw new Error('no engine');
  });
  expect(withoutEngine.find()).toBeNull();
  writeFileSync(file, '{"version":1');
  expect(at(here).find()).toBeNull();
});

it('says why it is not kept', () => {
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'in the way');
  expect(at(here).keep(rehearsal, 7)).toMatchObject({
    kept: { rehearsedAtMs: 7 },
    fault: { code: 'tuningUnwritable' },
  });
});
