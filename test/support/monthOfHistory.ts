import type { HistoryRecord, HistorySource } from '../../electron/contract/history.ts';
import { HistoryStore } from '../../electron/core/history/store.ts';
import { minuteAt } from './historyRecord.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const DIFFICULTY = 480_000;

const main: HistorySource = { kind: 'stratum', host: 'pool.example.org', port: 443, tls: true };
const backup: HistorySource = { ...main, host: 'backup.example.org' };
const practice: HistorySource = { kind: 'practice', host: 'practice', port: 0, tls: false };

/**
 * Thirty days of somebody’s mining, up to `untilMs`, written by the store itself: evenings and weekends, with breaks, on
 * battery at times, a pool that fails, a day off, and ten minutes of practice. Always the same. Returns what was written.
 */
export function writeMonth(folder: string, untilMs: number): HistoryRecord[] {
  const store = new HistoryStore(folder, (fault) => {
    throw new Error(JSON.stringify(fault));
  });
  const today = untilMs - (untilMs % DAY_MS);
  return Array.from({ length: 30 }, (_, index) => 29 - index).flatMap((ago) => {
    const day = dayOf(today - ago * DAY_MS, ago).filter(({ atMs }) => atMs <= untilMs - MINUTE_MS);
    if (day.length > 0) store.append(day);
    return day;
  });
}

function dayOf(startMs: number, ago: number): HistoryRecord[] {
  if (ago % 9 === 4) return []; // a day off
  const isFree = ago % 7 < 2;
  const [from, until] = isFree || ago === 0 ? [0, 24 * 60] : [16 * 60, 23 * 60];
  const runAtMs = startMs + from * MINUTE_MS;
  const minutes = Array.from({ length: until - from }, (_, count) =>
    minuteOf(runAtMs + count * MINUTE_MS, runAtMs, from + count, ago),
  );
  if (ago !== 3) return minutes;
  const practised = Array.from({ length: 10 }, (_, count) => {
    const atMs = startMs + (15 * 60 + count) * MINUTE_MS;
    return { ...minuteOf(atMs, startMs + 15 * 60 * MINUTE_MS, 0, ago), source: practice };
  });
  return [...practised, ...minutes];
}

function minuteOf(atMs: number, runAtMs: number, minute: number, ago: number): HistoryRecord {
  const hour = minute / 60;
  const idle = { hashes: 0, hashingMs: 0, expectedShares: 0 };
  const none = { foundShares: 0, accepted: 0, acceptedDifficulty: 0, bestDifficulty: 0 };
  const resting = { ...idle, ...none, runAtMs, source: main };
  const paused = (...reasons: readonly string[]) =>
    minuteAt(atMs, {
      ...resting,
      stateMs: { paused: MINUTE_MS },
      pausedMs: Object.fromEntries(reasons.map((reason) => [reason, MINUTE_MS])),
    });
  if (hour >= 19 && hour < 20.25) return paused('inUse');
  if (ago % 5 === 1 && hour >= 21 && hour < 21.5) return paused('battery', 'inUse');
  if (ago % 6 === 2 && hour >= 18 && hour < 18.2) {
    return minuteAt(atMs, {
      ...resting,
      stateMs: { waiting: MINUTE_MS },
      waitingMs: { closed: MINUTE_MS },
    });
  }
  const wave = Math.sin(minute / 37) * 0.03 + Math.sin(minute * 1.7 + ago) * 0.015;
  const hashes = Math.round(7200 * 60 * (1 + wave) * (hour > 8 && hour < 17 ? 0.9 : 1));
  const luck = chance(atMs);
  const found = Math.floor((2 * luck * hashes) / DIFFICULTY + chance(atMs + 3));
  const isBad = found > 0 && chance(atMs + 1) < 0.012;
  const accepted = isBad ? found - 1 : found;
  return minuteAt(atMs, {
    ...{ runAtMs, source: ago % 6 === 2 && hour >= 18.2 && hour < 20 ? backup : main },
    ...{ hashes, expectedShares: hashes / DIFFICULTY, foundShares: found, accepted },
    acceptedDifficulty: accepted * DIFFICULTY,
    bestDifficulty: found > 0 ? Math.round(DIFFICULTY / (1 - chance(atMs + 2))) : 0,
    ...{ watts: 61 * (1 + wave), celsius: 68 * (1 + wave) },
    ...(isBad ? { [luck < 0.5 ? 'rejected' : 'stale']: { shareRefused: 1 } } : {}),
  });
}

/** From 0 to 1, by the time alone. */
function chance(atMs: number): number {
  const mixed = Math.sin(atMs / 1000) * 43_758.5453;
  return mixed - Math.floor(mixed);
}
