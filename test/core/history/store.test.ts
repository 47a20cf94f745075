import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryRecord } from '../../../electron/contract/history.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import { HistoryStore, type HistoryLimits } from '../../../electron/core/history/store.ts';
import { minuteAt } from '../../support/historyRecord.ts';
import { asUnprivileged } from '../../support/unprivileged.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const start = Date.UTC(2026, 2, 28);
const EVER = Date.UTC(9999, 0, 1);

let folder = '';
let faults: Problem[] = [];
const open = (limits?: HistoryLimits) =>
  new HistoryStore(folder, (fault) => faults.push(fault), limits);
const files = () => readdirSync(join(folder, 'history-1')).sort();
const pathOf = (name: string) => join(folder, 'history-1', name);
const read = (store: HistoryStore, fromMs: number, beforeMs: number) =>
  [...store.read(fromMs, beforeMs)].flat().sort((one, other) => one.atMs - other.atMs);
const everything = (store: HistoryStore) => read(store, 0, EVER);
const hashesOf = (records: readonly HistoryRecord[]) =>
  records.reduce((sum, { hashes }) => sum + hashes, 0);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-history-'));
  faults = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('gives back to another run what was written, by time, and to nobody else', () => {
  const records = [0, 1, 2].map((count) => minuteAt(start + count * MINUTE_MS, { hashes: count }));
  for (const record of records) open().append([record]);
  expect(everything(open())).toEqual(records);
  expect(read(open(), start + MINUTE_MS, start + 2 * MINUTE_MS)).toEqual([records[1]]);
  expect(files()).toEqual(['2026-03-28.jsonl']);
  if (process.platform !== 'win32') {
    expect(statSync(pathOf('2026-03-28.jsonl')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'history-1')).mode & 0o777).toBe(0o700);
  }
});

it('loses nothing to a clock that jumps to and fro', () => {
  const jumps = fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(jumps, (days) => {
      rmSync(join(folder, 'history-1'), { recursive: true, force: true });
      const store = open();
      days.forEach((day) => store.append([minuteAt(start + day * DAY_MS)]));
      expect(hashesOf(everything(open()))).toBe(days.length * 60_000);
    }),
    { numRuns: 30 },
  );
  expect(faults).toEqual([]);
});

describe('what a crash left', () => {
  const kept = [0, 1, 2].map((count) => minuteAt(start + count * MINUTE_MS));
  const name = '2026-03-28.jsonl';

  it('costs no more than the line in the making, wherever that was cut off, and is told once', () => {
    open().append(kept);
    const whole = readFileSync(pathOf(name));
    const added = minuteAt(start + 3 * MINUTE_MS, { hashes: 7 });
    fc.assert(
      fc.property(fc.nat({ max: whole.length }), (length) => {
        faults = [];
        writeFileSync(pathOf(name), whole);
        truncateSync(pathOf(name), length);
        const lines = whole.subarray(0, length).toString().split('\n').length - 1;
        const isTorn = length > 0 && whole[length - 1] !== 10;
        const store = open();
        expect(everything(store)).toEqual(kept.slice(0, lines));
        store.append([added]);
        expect(everything(store)).toEqual([...kept.slice(0, lines), added]);
        expect(faults.map(({ code }) => code)).toEqual(isTorn ? ['historyDamaged'] : []);
      }),
    );
  });

  it('is left out wherever it is, zeros and strange lines too', () => {
    open().append(kept);
    appendFileSync(pathOf(name), '{"atMs":1}\nnull\n{"atMs":1e999}\n');
    appendFileSync(pathOf(name), Buffer.alloc(10_000));
    const store = open();
    store.append(kept);
    expect(everything(store)).toHaveLength(6);
    expect(readFileSync(pathOf(name)).at(-1)).toBe(10);
    expect(faults).toHaveLength(1);
  });

  it('is nothing of what was told as written, when days are reduced meanwhile too', async () => {
    const writer = join(import.meta.dirname, '../../support/historyWriter.ts');
    for (let round = 0; round < 6; round++) {
      rmSync(join(folder, 'history-1'), { recursive: true, force: true });
      const child = fork(writer, [folder]);
      let written = 0;
      child.on('message', (count) => (written = Number(count)));
      await once(child, 'message');
      await sleep(20 + round * 17);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const minutes = hashesOf(everything(open())) / 60_000;
      expect(minutes).toBeGreaterThanOrEqual(written);
    }
  });
});

describe('a disk that takes nothing', () => {
  it('is told once; what was mined meanwhile waits, can be read, and is written when that works again', () => {
    chownSync(folder, 65534, 65534);
    asUnprivileged(() => chmodSync(folder, 0o500));
    const store = open();
    const minutes = Array.from({ length: 5 }, (_, count) => minuteAt(start + count * MINUTE_MS));
    asUnprivileged(() => minutes.slice(0, 4).forEach((minute) => store.append([minute])));
    expect(faults).toMatchObject([
      { code: 'historyUnwritable', values: { reason: { code: 'noPermission' } } },
    ]);
    expect(everything(store)).toEqual(minutes.slice(0, 4));
    chmodSync(folder, 0o700);
    asUnprivileged(() => store.append(minutes.slice(4)));
    expect(everything(open())).toEqual(minutes);
    expect(faults).toHaveLength(1);
  });

  it('is called full when it is, and is no longer told of once everything is deleted', () => {
    const store = open();
    store.append([minuteAt(start - DAY_MS)]);
    symlinkSync('/dev/full', pathOf('2026-03-28.jsonl'));
    store.append([minuteAt(start)]);
    expect(store.state()).toMatchObject({
      folder: join(folder, 'history-1'),
      fault: { code: 'historyUnwritable', values: { reason: { code: 'diskFull' } } },
    });
    expect(hashesOf(everything(store))).toBe(120_000);
    expect(store.deleteAll()).toBeNull();
    expect(store.state()).toMatchObject({ bytes: 0, fault: null });
    expect(everything(store)).toEqual([]);
  });

  it('fills no memory', () => {
    writeFileSync(join(folder, 'history-1'), 'in the way');
    const store = open();
    store.append(Array.from({ length: 1000 }, (_, count) => minuteAt(start + count)));
    store.append(Array.from({ length: 500 }, (_, count) => minuteAt(start + 1000 + count)));
    expect(everything(store)).toHaveLength(1440);
    expect(everything(store)[0]?.atMs).toBe(start + 60);
  });
});

describe('days that grow old', () => {
  const limits = { minuteDays: 2, hourDays: 3, days: 8, bytes: 64_000_000 };
  const aDay = (day: number) =>
    Array.from({ length: 144 }, (_, count) =>
      minuteAt(start + day * DAY_MS + count * 10 * MINUTE_MS, {
        rejected: { shareRefused: 1 },
        bestDifficulty: count,
        watts: count % 2 === 0 ? 50 : 70,
      }),
    );

  it('are kept in hours, then as a day, and then no more; what they came to stays the same', () => {
    const store = open(limits);
    for (let day = 0; day < 12; day++) store.append(aDay(day));
    expect(files()).toHaveLength(8);
    const lengths = Array.from({ length: 12 }, (_, day) => {
      const from = start + day * DAY_MS;
      return read(store, from, from + DAY_MS).length;
    });
    expect(lengths).toEqual([0, 0, 0, 0, 1, 1, 1, 24, 24, 24, 144, 144]);
    const [old] = read(store, start + 4 * DAY_MS, start + 5 * DAY_MS);
    expect(old).toMatchObject({
      atMs: start + 4 * DAY_MS,
      hashes: 144 * 60_000,
      accepted: 144,
      rejected: { shareRefused: 144 },
      bestDifficulty: 143,
      stateMs: { mining: 144 * MINUTE_MS },
      celsius: null,
    });
    expect(old?.watts).toBeCloseTo(60, 6);
    expect(faults).toEqual([]);
  });

  it('keep runs, pools and practice apart', () => {
    const store = open(limits);
    const practice = { kind: 'practice', host: '127.0.0.1', port: 1, tls: false } as const;
    for (let day = 0; day < 6; day++) {
      const at = start + day * DAY_MS;
      store.append([
        minuteAt(at),
        minuteAt(at + 1, { runAtMs: 5 }),
        minuteAt(at + 2, { source: practice }),
      ]);
    }
    expect(
      read(store, start, start + DAY_MS).map(({ runAtMs, source }) => [runAtMs, source.kind]),
    ).toEqual([
      [0, 'stratum'],
      [5, 'stratum'],
      [0, 'practice'],
    ]);
  });

  it('never take more room than they may', () => {
    const store = open({ ...limits, bytes: 60_000 });
    for (let day = 0; day < 6; day++) {
      store.append(aDay(day));
      const sizes = files().map((name) => statSync(pathOf(name)).size);
      // Beside the newest, which is just being written.
      expect(sizes.slice(0, -1).reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(60_000);
    }
    expect(everything(store).at(-1)?.atMs).toBe(aDay(5).at(-1)?.atMs);
  });
});
