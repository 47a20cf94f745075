import { expect, test } from 'vitest';
import { appendRate, byMinute, type RatePoint } from '../../../renderer/store/history.ts';
import { snapshotWith } from '../../support/snapshot.ts';

const START_MS = 1_800_000_000_000;
const at = (seconds: number) =>
  snapshotWith({
    takenAtMs: START_MS + seconds * 1000,
    rates: { h10s: 7000, h60s: null, h15m: null },
  });
const after = (...seconds: number[]) =>
  seconds.reduce<RatePoint[]>((history, second) => appendRate(history, at(second)), []);

test('keeps fifteen minutes', () => {
  const history = after(...Array.from({ length: 1000 }, (_, second) => second));
  expect(history.at(-1)?.timeMs).toBe(START_MS + 999_000);
  expect(history[0]?.timeMs).toBe(START_MS + 100_000);
});

test('a silence is a gap, not a line', () => {
  expect(after(0, 1, 60).map((point) => point.hashesPerSecond === null)).toEqual([
    false,
    false,
    true,
    false,
  ]);
});

test('a snapshot that comes twice or late is not drawn twice', () => {
  expect(after(0, 1, 1, 0)).toHaveLength(2);
});

test('the table has one average a minute, newest first, and skips gaps', () => {
  const rows = byMinute([
    { timeMs: 60_000, hashesPerSecond: 100 },
    { timeMs: 90_000, hashesPerSecond: 300 },
    { timeMs: 95_000, hashesPerSecond: null },
    { timeMs: 120_000, hashesPerSecond: 50 },
  ]);
  expect(rows).toEqual([
    { startMs: 120_000, hashesPerSecond: 50 },
    { startMs: 60_000, hashesPerSecond: 200 },
  ]);
});
