import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TuningFile } from '../../../electron/core/settings/tuningFile.ts';
import type { MeasuredMachine } from '../../../electron/contract/tuning.ts';
import { tuning } from '../../support/tuning.ts';

const machine: MeasuredMachine = { cpu: 'A processor', logicalCpus: 8, engine: 'ab'.repeat(32) };

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-tuning-'));
  file = join(folder, 'new', 'tuning.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('gives back what was measured, for the same machine, algorithm and mode only', () => {
  expect(new TuningFile(file).find(machine, 'rx/0', 'fast')).toBeNull();
  expect(new TuningFile(file).save(machine, tuning)).toBeNull();
  const reopened = new TuningFile(file);
  expect(reopened.find(machine, 'rx/0', 'fast')).toEqual(tuning);
  expect(reopened.find(machine, 'rx/0', 'light')).toBeNull();
  expect(reopened.find(machine, 'cn/1', 'fast')).toBeNull();
  for (const change of [{ cpu: 'Another' }, { logicalCpus: 4 }, { engine: 'newer' }]) {
    expect(reopened.find({ ...machine, ...change }, 'rx/0', 'fast')).toBeNull();
  }
  expect(statSync(file).mode & 0o077).toBe(0);
});

it('replaces an entry by a newer one and keeps the others', () => {
  const store = new TuningFile(file);
  store.save(machine, tuning);
  store.save(machine, { ...tuning, algorithm: 'cn/1' });
  store.save({ ...machine, cpu: 'Another' }, tuning);
  store.save(machine, { ...tuning, measuredAtMs: 2 });
  expect(store.find(machine, 'rx/0', 'fast')?.measuredAtMs).toBe(2);
  expect(store.find(machine, 'cn/1', 'fast')?.measuredAtMs).toBe(1);
  expect(store.find({ ...machine, cpu: 'Another' }, 'rx/0', 'fast')).toEqual(tuning);
  const { entries } = JSON.parse(readFileSync(file, 'utf8')) as { entries: unknown[] };
  expect(entries).toHaveLength(3);
});

it('takes any file as nothing measured that is not one of its own', () => {
  const store = new TuningFile(file);
  store.save(machine, tuning);
  const good = readFileSync(file, 'utf8');
  for (const change of ['"threads": 0', '"threads": 4096', '"threads": "4"']) {
    writeFileSync(file, good.replace('"threads": 4', change));
    expect(store.find(machine, 'rx/0', 'fast')).toBeNull();
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(good.length), (text, cut) => {
      writeFileSync(file, good.slice(0, cut) + text);
      const found = store.find(machine, 'rx/0', 'fast');
      if (found !== null) expect(found.best.threads).toBeGreaterThan(0);
    }),
  );
  expect(store.save(machine, tuning)).toBeNull();
  expect(store.find(machine, 'rx/0', 'fast')).toEqual(tuning);
});

it('says where it could not write', () => {
  writeFileSync(join(folder, 'new'), 'a file where the folder should be');
  expect(new TuningFile(file).save(machine, tuning)).toMatchObject({ code: 'tuningUnwritable' });
});
