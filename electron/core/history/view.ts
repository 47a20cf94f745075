import type {
  HistoryKind,
  HistoryOverview,
  HistoryPoint,
  HistoryRecord,
  HistorySession,
  HistorySource,
  HistorySpan,
  HistorySum,
  HistoryView,
} from '../../contract/history.ts';
import { NOTHING, plus, sumOf } from './merge.ts';

/** What the files hold, as it is shown. Each record counts in exactly one point, one session and one total. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Minutes follow each other by a timer that is late at times; less between them is no gap. */
const LATE_MS = MINUTE_MS / 2;
const SESSIONS = 100;

/** How a span is cut: 15, 480, 360 and 365 steps. */
interface Grid {
  readonly lengthMs: number;
  /** Start of the step that a time is in. */
  readonly begin: (atMs: number) => number;
  /** Start of the next one. */
  readonly next: (beginMs: number) => number;
}

const stepsOf = (stepMs: number) => ({
  begin: (atMs: number) => atMs - (atMs % stepMs),
  next: (beginMs: number) => beginMs + stepMs,
});

const grids: Readonly<Record<HistorySpan, Grid>> = {
  // Minutes begin when mining did: each is a step of its own.
  quarterHour: {
    lengthMs: 15 * MINUTE_MS,
    begin: (atMs) => atMs,
    next: (atMs) => atMs + MINUTE_MS,
  },
  day: { lengthMs: DAY_MS, ...stepsOf(3 * MINUTE_MS) },
  // Hours are the finest that is kept for all of it.
  month: { lengthMs: 30 * DAY_MS, ...stepsOf(2 * HOUR_MS) },
  year: {
    lengthMs: 365 * DAY_MS,
    // Days of this computer's time zone, of 23 to 25 hours.
    begin: (atMs) => new Date(atMs).setHours(0, 0, 0, 0),
    next: (beginMs) => {
      const day = new Date(beginMs);
      return day.setDate(day.getDate() + 1);
    },
  },
};

const isOf = (kind: HistoryKind) => (record: HistoryRecord) =>
  (record.source.kind === 'practice') === (kind === 'practice');

/** When a span that ends now begins: with a whole step. */
export function startOf(span: HistorySpan, nowMs: number): number {
  const { lengthMs, begin } = grids[span];
  return Math.max(0, begin(nowMs - lengthMs));
}

/** `records`: from `startOf` on. */
export function viewOf(
  span: HistorySpan,
  kind: HistoryKind,
  records: readonly HistoryRecord[],
  nowMs: number,
): HistoryView {
  const points = pointsOf(grids[span], records.filter(isOf(kind)), nowMs);
  return { fromMs: startOf(span, nowMs), beforeMs: nowMs, points, total: sumOf(points) };
}

function pointsOf(
  { begin, next }: Grid,
  records: readonly HistoryRecord[],
  nowMs: number,
): HistoryPoint[] {
  const sums = new Map<number, HistorySum>();
  for (const record of records) {
    const beginMs = begin(record.atMs);
    sums.set(beginMs, plus(sums.get(beginMs) ?? NOTHING, record));
  }
  const steps = [...sums].sort(([one], [other]) => one - other);
  return steps.map(([atMs, sum], index) => {
    const following = steps[index + 1]?.[0] ?? nowMs;
    const endMs = next(atMs);
    const untilMs = following < endMs + LATE_MS ? following : endMs;
    return { ...sum, atMs, untilMs: Math.max(atMs, untilMs) };
  });
}

/** `records`: everything that is kept. */
export function overviewOf(kind: HistoryKind, records: readonly HistoryRecord[]): HistoryOverview {
  const runs = new Map<number, HistoryRecord[]>();
  for (const record of records.filter(isOf(kind))) {
    const run = runs.get(record.runAtMs) ?? [];
    run.push(record);
    runs.set(record.runAtMs, run);
  }
  const sessions = [...runs].map(([startedAtMs, run]) => sessionOf(startedAtMs, run));
  sessions.sort((one, other) => other.startedAtMs - one.startedAtMs);
  return {
    sinceMs: sessions.at(-1)?.startedAtMs ?? null,
    total: sumOf(sessions),
    sessionCount: sessions.length,
    sessions: sessions.slice(0, SESSIONS),
  };
}

function sessionOf(startedAtMs: number, run: readonly HistoryRecord[]): HistorySession {
  const hashesAt = new Map<string, number>();
  for (const { source, hashes } of run) {
    const key = JSON.stringify(source);
    hashesAt.set(key, (hashesAt.get(key) ?? 0) + hashes);
  }
  const sources = [...hashesAt]
    .sort(([, one], [, other]) => other - one)
    .map(([key]) => JSON.parse(key) as HistorySource);
  return { ...sumOf(run), startedAtMs, sources };
}
