import { isDeepStrictEqual } from 'node:util';
import type { Amounts, HistoryRecord } from '../../contract/history.ts';
import type { SensorReadings, SessionState } from '../../contract/snapshot.ts';
import type { Clock } from '../clock.ts';
import type { Tally } from '../mining/ledger.ts';
import type { WorkLink } from '../mining/link.ts';
import type { Session } from '../mining/session.ts';
import { activityOf } from '../mining/shownState.ts';
import type { Endpoint } from '../work/source.ts';
import { NOTHING, plus } from './merge.ts';

const MINUTE_MS = 60_000;

interface Observed {
  readonly atMs: number;
  readonly state: SessionState;
  readonly source: Endpoint | undefined;
}

/** What of a link is recorded already, and the place that what comes next belongs to. */
interface Recorded {
  readonly tally: Tally;
  readonly source: Endpoint;
}

export interface HistoryKeeper {
  append(records: readonly HistoryRecord[]): void;
}

export interface HistoryRecorderParts {
  readonly clock: Clock;
  readonly history: HistoryKeeper;
  readonly sensors: { read(): SensorReadings };
}

/**
 * Cuts what a session has come to into minutes. It counts nothing itself: a minute is the difference of two tallies of the
 * session's own ledgers. Nothing is written while mining is off.
 */
export class HistoryRecorder {
  readonly #clock: Clock;
  readonly #session: Session;
  readonly #parts: HistoryRecorderParts;
  readonly #stopTicking: () => void;
  readonly #recorded = new WeakMap<WorkLink, Recorded>();
  /** The minute in the making, by source. */
  readonly #minute = new Map<string, HistoryRecord>();
  #minuteAtMs: number;
  #runAtMs: number;
  #before: Observed | undefined;

  constructor(parts: HistoryRecorderParts, session: Session) {
    const { clock } = parts;
    this.#clock = clock;
    this.#parts = parts;
    this.#session = session;
    this.#minuteAtMs = this.#runAtMs = clock.wallMs();
    this.#stopTicking = clock.every(MINUTE_MS, () => this.flush());
  }

  /** To be called after whatever happened in the session, and every few seconds for what is measured meanwhile. */
  observe(): void {
    const { state, link } = this.#session;
    const atMs = this.#clock.nowMs();
    this.#spend(atMs);
    if (activityOf(state) === 'off') this.#before = undefined;
    else {
      if (this.#before === undefined) this.#beginRun();
      this.#before = { atMs, state, source: link?.endpoint };
    }
    if (link !== undefined) this.take(link);
  }

  /** Records what a link has come to since; to be called once more when it has been left. */
  take(link: WorkLink): void {
    const { endpoint: source } = link;
    const { tally } = link.ledger;
    const before = this.#recorded.get(link) ?? { tally: NOTHING, source };
    this.#recorded.set(link, { tally, source });
    if (!isDeepStrictEqual(tally, before.tally)) {
      this.#add(before.source, difference(tally, before.tally));
    }
  }

  /** What no file has yet. */
  minuteSoFar(): HistoryRecord[] {
    this.observe();
    return [...this.#minute.values()];
  }

  /** Writes down the minute so far. */
  flush(): void {
    const records = this.minuteSoFar();
    this.#minute.clear();
    this.#minuteAtMs = this.#clock.wallMs();
    if (records.length > 0) this.#parts.history.append(records);
  }

  end(): void {
    this.#stopTicking();
    this.flush();
  }

  #beginRun(): void {
    this.#runAtMs = this.#clock.wallMs();
    if (this.#minute.size === 0) this.#minuteAtMs = this.#runAtMs;
  }

  /** Adds the time since the last look to the state that was seen then. A computer that was asleep did not mine. */
  #spend(nowMs: number): void {
    const { atMs, state, source } = this.#before ?? {};
    if (atMs === undefined || state === undefined || source === undefined) return;
    const spentMs = Math.min(nowMs - atMs, MINUTE_MS);
    if (spentMs > 0) {
      this.#add(source, { ...timeIn(state, spentMs), ...this.#parts.sensors.read() });
    }
  }

  #add(source: Endpoint, part: Partial<HistoryRecord>): void {
    const key = JSON.stringify(source);
    const before = this.#minute.get(key) ?? this.#empty(source);
    this.#minute.set(key, plus(before, { ...NOTHING, ...part }));
  }

  #empty({ kind, host, port, tls }: Endpoint): HistoryRecord {
    return {
      atMs: Math.round(this.#minuteAtMs),
      runAtMs: Math.round(this.#runAtMs),
      source: { kind, host, port, tls },
      ...NOTHING,
    };
  }
}

function difference(now: Tally, before: Tally): Tally {
  return {
    hashes: now.hashes - before.hashes,
    hashingMs: now.hashingMs - before.hashingMs,
    expectedShares: now.expectedShares - before.expectedShares,
    foundShares: now.foundShares - before.foundShares,
    accepted: now.accepted - before.accepted,
    acceptedDifficulty: now.acceptedDifficulty - before.acceptedDifficulty,
    bestDifficulty: now.bestDifficulty,
    rejected: newAmounts(now.rejected, before.rejected),
    stale: newAmounts(now.stale, before.stale),
  };
}

function newAmounts(now: Amounts, before: Amounts): Amounts {
  const grown: Amounts = {};
  for (const [name, value] of Object.entries(now)) {
    const added = value - (before[name] ?? 0);
    if (added > 0) grown[name] = added;
  }
  return grown;
}

function timeIn(state: SessionState, ms: number): Partial<HistoryRecord> {
  const stateMs = { [state.state]: ms };
  switch (state.state) {
    case 'paused':
      return {
        stateMs,
        pausedMs: Object.fromEntries(state.pauses.map(({ reason }) => [reason, ms])),
      };
    case 'waiting':
      return { stateMs, waitingMs: { [state.why.code]: ms } };
    case 'needsConsent':
    case 'stopped':
    case 'connecting':
    case 'preparing':
    case 'mining':
    case 'failed':
      return { stateMs };
  }
}
