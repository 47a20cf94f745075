import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryRecord, HistorySpan } from '../../../electron/contract/history.ts';
import { overviewOf, startOf, viewOf } from '../../../electron/core/history/view.ts';
import { minuteAt } from '../../support/historyRecord.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const now = Date.UTC(2026, 6, 30, 12, 34, 56);
const spans: readonly HistorySpan[] = ['quarterHour', 'day', 'month', 'year'];
const pool = minuteAt(0).source;
const practice = { ...pool, kind: 'practice' } as const;

const minutes = fc.array(
  fc.record({
    ago: fc.oneof(
      fc.nat(15 * MINUTE_MS),
      fc.nat(DAY_MS),
      fc.nat(30 * DAY_MS),
      fc.nat(365 * DAY_MS),
    ),
    hashes: fc.nat(1_000_000),
    isPractice: fc.boolean(),
    run: fc.nat(5),
  }),
  { maxLength: 2000, size: 'max' },
);
const recordsOf = (all: typeof minutes extends fc.Arbitrary<infer T> ? T : never) =>
  all.map(({ ago, hashes, isPractice, run }) =>
    minuteAt(now - ago, { hashes, runAtMs: run, source: isPractice ? practice : pool }),
  );
const hashesOf = (parts: readonly { readonly hashes: number }[]) =>
  parts.reduce((sum, { hashes }) => sum + hashes, 0);
const since = (span: HistorySpan, records: readonly HistoryRecord[]) =>
  records.filter(({ atMs }) => atMs >= startOf(span, now));

describe('a span of history', () => {
  it('comes to exactly what was kept of it, in at most 500 points, practice and mining apart', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom(...spans), (all, span) => {
        const kept = since(span, recordsOf(all));
        const [mined, practised] = (['mining', 'practice'] as const).map((kind) =>
          viewOf(span, kind, kept, now),
        );
        if (mined === undefined || practised === undefined) throw new Error('no view');
        const isPractice = ({ source }: HistoryRecord) => source.kind === 'practice';
        expect(hashesOf(practised.points)).toBe(hashesOf(kept.filter(isPractice)));
        expect(hashesOf(mined.points) + hashesOf(practised.points)).toBe(hashesOf(kept));
        expect(mined.total.hashes).toBe(hashesOf(mined.points));
        if (span !== 'quarterHour') expect(mined.points.length).toBeLessThanOrEqual(500);
        mined.points.forEach(({ atMs, untilMs }, index) => {
          expect(untilMs).toBeGreaterThanOrEqual(atMs);
          expect(untilMs).toBeLessThanOrEqual(mined.points[index + 1]?.atMs ?? Infinity);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('has a gap where nothing was mined, and none where a minute was written down late', () => {
    const at = [14, 13, 12, 8, 7].map((ago) => now - ago * MINUTE_MS);
    const late = at.map((atMs, index) => minuteAt(atMs + index * 300));
    const { points } = viewOf('quarterHour', 'mining', late, now);
    const gaps = points.map(({ untilMs }, index) => (points[index + 1]?.atMs ?? now) - untilMs);
    expect(gaps.map((gap) => gap > 0)).toEqual([false, false, true, false, true]);
  });

  it('ends its last step where the present is', () => {
    const { points } = viewOf('day', 'mining', [minuteAt(now - 1000)], now);
    expect(points).toHaveLength(1);
    expect(points[0]?.untilMs).toBe(now);
  });

  it('shows a year in whole days of the computer’s time zone, those of 23 and 25 hours too', () => {
    const hours = Array.from({ length: 364 * 24 }, (_, hour) => minuteAt(now - hour * HOUR_MS));
    const { points } = viewOf('year', 'mining', hours.toReversed(), now);
    for (const { atMs } of points) expect(new Date(atMs).getHours()).toBe(0);
    points.slice(0, -1).forEach(({ untilMs }, index) => {
      expect(untilMs).toBe(points[index + 1]?.atMs);
    });
    expect(points.at(-1)?.untilMs).toBe(now);
  });

  it('adds up states and reasons, and the mean of what was measured', () => {
    const records = [
      minuteAt(now - 2 * MINUTE_MS, { watts: 40, pausedMs: { battery: 1 }, rejected: { a: 1 } }),
      minuteAt(now - MINUTE_MS, { watts: 60, pausedMs: { battery: 2, inUse: 4 } }),
    ];
    expect(viewOf('month', 'mining', records, now).total).toMatchObject({
      watts: 50,
      celsius: null,
      pausedMs: { battery: 3, inUse: 4 },
      rejected: { a: 1 },
    });
  });
});

describe('everything that is kept', () => {
  it('comes to the sum of its sessions', () => {
    fc.assert(
      fc.property(minutes, (all) => {
        const records = recordsOf(all);
        const { total, sessions } = overviewOf('mining', records);
        const mined = records.filter(({ source }) => source.kind !== 'practice');
        expect(total.hashes).toBe(hashesOf(mined));
        expect(hashesOf(sessions)).toBe(total.hashes);
      }),
      { numRuns: 30 },
    );
  });

  it('lists sessions from the newest on, each with its pools by the hashes that went there', () => {
    const other = { ...pool, host: 'other.test' };
    const records = [
      minuteAt(1000, { runAtMs: 1000, hashes: 5 }),
      minuteAt(2000, { runAtMs: 1000, hashes: 7, source: other }),
      minuteAt(9000, { runAtMs: 9000, bestDifficulty: 77 }),
    ];
    const { sinceMs, sessionCount, sessions, total } = overviewOf('mining', records);
    expect({ sinceMs, sessionCount }).toEqual({ sinceMs: 1000, sessionCount: 2 });
    expect(sessions.map(({ startedAtMs }) => startedAtMs)).toEqual([9000, 1000]);
    expect(sessions[1]).toMatchObject({ hashes: 12, sources: [other, pool] });
    expect(total.bestDifficulty).toBe(2000);
  });

  it('is nothing before anything was mined', () => {
    const { sinceMs, sessions, total } = overviewOf('practice', [minuteAt(1)]);
    expect({ sinceMs, sessions, hashes: total.hashes }).toEqual({
      ...{ sinceMs: null, sessions: [], hashes: 0 },
    });
  });
});
