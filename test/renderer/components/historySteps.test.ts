import { describe, expect, it } from 'vitest';
import type { HistoryPoint } from '../../../electron/contract/history.ts';
import { heldBy, stepsOf } from '../../../renderer/components/historySteps.ts';
import { minuteAt } from '../../support/historyRecord.ts';

const point = (atMs: number, untilMs: number, changes: Partial<HistoryPoint> = {}) => ({
  ...minuteAt(atMs),
  untilMs,
  ...changes,
});

describe('the line of a history chart', () => {
  it('holds each point’s rate for as long as that lasted', () => {
    const points = [point(0, 10), point(10, 20, { hashes: 30_000 })];
    expect(stepsOf(points)).toEqual([
      [0, 10, 10, 20],
      [1000, 1000, 500, 500],
    ]);
  });

  it('is broken where nothing was mined, between points and in them', () => {
    const points = [point(0, 10), point(50, 60), point(60, 70, { hashes: 0, hashingMs: 0 })];
    expect(stepsOf(points)).toEqual([
      [0, 10, 10, 50, 60, 60, 70],
      [1000, 1000, null, 1000, 1000, null, null],
    ]);
  });
});

it.each([
  [{ mining: 3, paused: 3 }, null],
  [{ preparing: 2, mining: 2, paused: 3 }, null],
  [{ mining: 1, paused: 3, waiting: 2 }, 'paused'],
  [{ connecting: 2, waiting: 2, paused: 3 }, 'waiting'],
  [{}, null],
])('a point with %o is shown as held by %s', (stateMs, held) => {
  expect(heldBy(point(0, 10, { stateMs }))).toBe(held);
});
