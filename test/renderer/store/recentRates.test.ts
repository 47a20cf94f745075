import { expect, test } from 'vitest';
import {
  appendRate,
  byMinute,
  placeRates,
  wallAheadMs,
  type KeptRate,
} from '../../../renderer/store/recentRates.ts';
import { snapshotWith } from '../../support/snapshot.ts';

const START_MS = 1_800_000_000_000;
const at = (seconds: number, wallAheadMs = START_MS) =>
  snapshotWith({
    takenAtMs: wallAheadMs + seconds * 1000,
    monotonicMs: seconds * 1000,
    rates: { h10s: 7000, h60s: null, h15m: null },
  });
const after = (...seconds: number[]) =>
  seconds.reduce<readonly KeptRate[]>((history, second) => appendRate(history, at(second)), []);

test('keeps fifteen minutes', () => {
  const history = after(...Array.from({ length: 1000 }, (_, second) => second));
  expect(history.at(-1)?.monotonicMs).toBe(995_000);
  expect(history[0]?.monotonicMs).toBe(100_000);
});

test('a silence is a gap, not a line', () => {
  expect(after(0, 5, 60).map((point) => point.hashesPerSecond === null)).toEqual([
    false,
    false,
    true,
    false,
  ]);
});

test('a snapshot that comes twice or late is not drawn twice', () => {
  expect(after(0, 5, 5, 0)).toHaveLength(2);
});

test('the chart is drawn anew no more often than there is something to see', () => {
  const history = after(0, 5);
  expect(appendRate(history, at(9))).toBe(history);
  expect(appendRate(history, at(10))).toHaveLength(3);
});

test.each([-3_600_000, 3_600_000])('the clock set by %i ms moves all points alike', (byMs) => {
  const now = at(15, START_MS + byMs);
  const points = placeRates(appendRate(after(0, 5, 10), now), wallAheadMs(now));
  const seconds = points.map(({ timeMs }) => (timeMs - START_MS - byMs) / 1000);
  expect(seconds).toEqual([0, 5, 10, 15]);
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
