import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryRecord, HistoryState } from '../../contract/history.ts';
import { problem, type Problem } from '../../contract/problem.ts';
import {
  attempt,
  readTextFile,
  removeFile,
  removeLeftovers,
  replaceFile,
} from '../settings/files.ts';
import { isThere, type Made } from '../settings/made.ts';
import { Refusals } from '../settings/refusals.ts';
import { appendLines, fromLines, toLines } from './lines.ts';
import { coarser } from './merge.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Far beyond a day of minutes on every pool of the longest list; a bigger file is something else. */
const MAX_FILE_BYTES = 16_000_000;
/** Minutes that are kept in memory while nothing can be written: a day of them. */
const MAX_WAITING = 1440;

export interface HistoryLimits {
  /** Days with a line for each minute; those before have one for each hour, and then one for the day. */
  readonly minuteDays: number;
  readonly hourDays: number;
  readonly days: number;
  /** Of all files; the oldest days go first. */
  readonly bytes: number;
}

const usualLimits: HistoryLimits = { minuteDays: 8, hourDays: 400, days: 1830, bytes: 64_000_000 };

/**
 * Keeps records in one file a day (UTC) of `folder`, whose name tells the format: another format has another folder.
 * Which days are old is told by how many days with records came after, not by the clock: one that jumps makes nothing old.
 */
export class HistoryStore {
  readonly #folder: string;
  readonly #onFault: (fault: Problem) => void;
  readonly #limits: HistoryLimits;
  #waiting: readonly HistoryRecord[] = [];
  readonly #refusals: Refusals;
  readonly #damaged = new Set<string>();

  /** `parent`: the app's own folder. `onFault`: each is told once, and nothing else comes of it. */
  constructor(parent: string, onFault: (fault: Problem) => void, limits = usualLimits) {
    this.#folder = join(parent, 'history-1');
    this.#onFault = onFault;
    this.#refusals = new Refusals(onFault);
    this.#limits = limits;
  }

  /** While the disk takes nothing, records wait in memory. */
  append(records: readonly HistoryRecord[]): void {
    const waiting = [...this.#waiting, ...records];
    const refused: HistoryRecord[] = [];
    let reason = attempt(() => mkdirSync(this.#folder, { recursive: true, mode: 0o700 }));
    for (const day of new Set(waiting.map(dayOf))) {
      const ofDay = waiting.filter((record) => dayOf(record) === day);
      reason ??= this.#write(day, ofDay);
      if (reason !== null) refused.push(...ofDay);
    }
    this.#waiting = refused.slice(-MAX_WAITING);
    const folder = this.#folder;
    this.#refusals.note(reason && problem('historyUnwritable', { folder, reason }));
  }

  /**
   * What began in a span of Unix time: day by day, so that whoever reads a year can let others have a turn. What waits comes
   * last.
   */
  *read(fromMs: number, beforeMs: number): Generator<HistoryRecord[]> {
    const isWanted = ({ atMs }: HistoryRecord) => atMs >= fromMs && atMs < beforeMs;
    const [first, last] = [dayAt(fromMs), dayAt(beforeMs)];
    for (const day of this.#days().filter((each) => each >= first && each <= last)) {
      yield (this.#readDay(day) ?? []).filter(isWanted);
    }
    yield this.#waiting.filter(isWanted);
  }

  made(): Made {
    const folder = this.#folder;
    return {
      kind: 'history',
      place: folder,
      isThere: () => isThere(folder),
      remove: () => attempt(() => rmSync(folder, { recursive: true, force: true })),
    };
  }

  state(): HistoryState {
    const bytes = this.#days().reduce((sum, day) => sum + sizeOf(this.#fileOf(day)), 0);
    return { folder: this.#folder, bytes, fault: this.#refusals.fault };
  }

  /** Everything, for good. What cannot be removed stays, and the rest is gone. */
  deleteAll(): Problem | null {
    this.#waiting = [];
    this.#refusals.note(null);
    this.#damaged.clear();
    const faults = this.#days().map((day) => {
      removeLeftovers(this.#fileOf(day));
      return removeFile(this.#fileOf(day));
    });
    const reason = faults.find((fault) => fault !== null) ?? null;
    return reason && problem('historyUndeletable', { folder: this.#folder, reason });
  }

  #write(day: string, records: readonly HistoryRecord[]): Problem | null {
    const isNew = !this.#days().includes(day);
    const { fault, wasTorn } = appendLines(this.#fileOf(day), toLines(records));
    if (wasTorn) this.#tellDamage(day);
    if (fault === null && isNew) this.#age();
    return fault;
  }

  /** One day more makes one of the days before it old enough to be kept in hours, and another one in days. */
  #age(): void {
    const { minuteDays, hourDays, days, bytes } = this.#limits;
    const newestFirst = this.#days().reverse();
    this.#coarsen(newestFirst[minuteDays], HOUR_MS);
    this.#coarsen(newestFirst[minuteDays + hourDays], DAY_MS);
    let sum = 0;
    newestFirst.forEach((day, index) => {
      sum += sizeOf(this.#fileOf(day));
      if (index > 0 && (index >= days || sum > bytes)) removeFile(this.#fileOf(day));
    });
  }

  /** In one step: after a crash there is the old file or the new one. */
  #coarsen(day: string | undefined, spanMs: number): void {
    if (day === undefined) return;
    removeLeftovers(this.#fileOf(day));
    const records = this.#readDay(day);
    if (records !== null) replaceFile(this.#fileOf(day), toLines(coarser(records, spanMs)));
  }

  #readDay(day: string): HistoryRecord[] | null {
    const text = readTextFile(this.#fileOf(day), MAX_FILE_BYTES);
    if (!text.ok) {
      this.#tellDamage(day);
      return null;
    }
    const { records, isDamaged } = fromLines(text.value ?? '');
    if (isDamaged) this.#tellDamage(day);
    return records;
  }

  #tellDamage(day: string): void {
    if (this.#damaged.has(day)) return;
    this.#damaged.add(day);
    this.#onFault(problem('historyDamaged', { file: this.#fileOf(day) }));
  }

  /** Oldest first. */
  #days(): string[] {
    let names: string[] = [];
    attempt(() => (names = readdirSync(this.#folder)));
    return names.flatMap((name) => /^(\d{4}-\d\d-\d\d)\.jsonl$/.exec(name)?.[1] ?? []).sort();
  }

  #fileOf(day: string): string {
    return join(this.#folder, `${day}.jsonl`);
  }
}

const dayAt = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
const dayOf = ({ atMs }: HistoryRecord) => dayAt(atMs);

function sizeOf(file: string): number {
  let size = 0;
  attempt(() => ({ size } = statSync(file)));
  return size;
}
