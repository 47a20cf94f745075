import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createText } from '../../../electron/contract/text/index.ts';
import { LogFiles } from '../../../electron/desktop/app/logFiles.ts';
import { LogRing } from '../../../electron/desktop/app/logRing.ts';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'ibctminer-logs-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const text = createText('en');
const folder = () => join(parent, 'logs');
const read = (name = 'ibctminer.log') => readFileSync(join(folder(), name), 'utf8');
const lines = (name?: string) => read(name).trimEnd().split('\n');

function begin({ fileBytes = 1_000_000 } = {}) {
  const log = new LogRing(() => undefined);
  const say = (reason: string) =>
    log.add({ level: 'info', key: 'stoppedByFault', values: { reason } });
  const files = new LogFiles({
    ...{ parent, log, fileBytes },
    text: () => text,
    chooseFile: (name) => Promise.resolve(join(parent, name)),
  });
  return { log, say, files };
}

it('writes each line once, with its time and level, for this user only', () => {
  const { say, files } = begin();
  files.flush();
  expect(readdirSync(parent)).toEqual([]);
  say('one');
  files.flush();
  say('two');
  files.flush();
  files.flush();
  expect(lines()).toHaveLength(2);
  expect(read()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info .*one.*\n.*two/);
  expect(statSync(join(folder(), 'ibctminer.log')).mode & 0o077).toBe(0);
  expect(statSync(folder()).mode & 0o077).toBe(0);
});

it('lets nobody write a line of his own', () => {
  const { say, files } = begin();
  say('a\n2026-01-01T00:00:00.000Z error forged\u2028b\u001b[2J');
  files.flush();
  expect(lines()).toHaveLength(1);
  expect(read()).not.toMatch(/[\u2028\u001b]/);
});

it('keeps five files, and exports them oldest first', async () => {
  const { say, files } = begin({ fileBytes: 1 });
  for (let number = 1; number <= 8; number += 1) {
    say(`line ${number}`);
    files.flush();
  }
  expect(readdirSync(folder()).sort()).toEqual([
    ...['ibctminer.1.log', 'ibctminer.2.log', 'ibctminer.3.log', 'ibctminer.4.log'],
    'ibctminer.log',
  ]);
  const exported = await files.export();
  expect(exported).toEqual({ ok: true, value: join(parent, 'ibctminer-log.txt') });
  const numbers = readFileSync(join(parent, 'ibctminer-log.txt'), 'utf8').match(/(?<=line )\d/g);
  expect(numbers).toEqual(['4', '5', '6', '7', '8']);
});

it('says where it could not export to, and why, also when it cannot be read', async () => {
  const { say, files } = begin();
  say('one');
  files.flush();
  mkdirSync(join(folder(), 'ibctminer.4.log'));
  const exported = await files.export();
  expect(exported).toMatchObject({ ok: false, error: { code: 'logUnexportable' } });
});

it('tells once that it cannot write, and writes the latest lines when it can', () => {
  const { log, say, files } = begin();
  writeFileSync(folder(), 'in the way');
  for (let number = 0; number < 1200; number += 1) say(`line ${number}`);
  files.flush();
  say('later');
  files.flush();
  const told = log.entries.filter((entry) => JSON.stringify(entry).includes('logUnwritable'));
  expect(told).toHaveLength(1);
  expect(files.place().fault).not.toBeNull();
  rmSync(folder());
  files.flush();
  expect(files.place().fault).toBeNull();
  expect(lines()).toHaveLength(1000);
  expect(read()).toContain('later');
});

it('is removed with all that it wrote', () => {
  const { say, files } = begin();
  say('one');
  files.flush();
  expect(files.made().isThere()).toBe(true);
  expect(files.made().remove()).toBeNull();
  expect(readdirSync(parent)).toEqual([]);
});
