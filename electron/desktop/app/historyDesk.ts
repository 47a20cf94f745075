import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  HistoryFormat,
  HistoryKind,
  HistoryOverview,
  HistoryRecord,
  HistorySpan,
  HistoryState,
  HistoryView,
} from '../../contract/history.ts';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import type { Clock } from '../../core/clock.ts';
import { exported } from '../../core/history/export.ts';
import { coarser } from '../../core/history/merge.ts';
import type { HistoryStore } from '../../core/history/store.ts';
import { overviewOf, startOf, viewOf } from '../../core/history/view.ts';
import { replaceFile } from '../../core/settings/files.ts';
import type { Desktop } from './desktop.ts';

const DAY_MS = 86_400_000;
const ALWAYS = Date.UTC(9999, 11, 31);

export interface HistoryDeskParts {
  readonly clock: Clock;
  readonly store: HistoryStore;
  readonly desktop: Pick<Desktop, 'minuteSoFar' | 'writeMinute'>;
  /** Told when everything was deleted. */
  readonly onDeleted?: () => void;
  /** Asks the user where to; null when he thinks better of it. */
  readonly chooseFile: (name: string, format: HistoryFormat) => Promise<string | null>;
}

/** What is kept of the past, together with the minute in the making. Reading years leaves everything else its turn. */
export class HistoryDesk {
  readonly #parts: HistoryDeskParts;

  constructor(parts: HistoryDeskParts) {
    this.#parts = parts;
  }

  async view(span: HistorySpan, kind: HistoryKind): Promise<HistoryView> {
    const nowMs = this.#parts.clock.wallMs();
    const records = await this.#read(startOf(span, nowMs), nowMs + 1);
    return viewOf(span, kind, records, nowMs);
  }

  async overview(kind: HistoryKind): Promise<HistoryOverview> {
    return overviewOf(kind, await this.#read(0, ALWAYS, (day) => coarser(day, DAY_MS)));
  }

  /** Of real mining, what began since. */
  async minedSince(sinceMs: number): Promise<HistoryRecord[]> {
    const records = await this.#read(sinceMs, ALWAYS);
    return records.filter(({ source }) => source.kind !== 'practice');
  }

  state(): HistoryState {
    return this.#parts.store.state();
  }

  /** Where everything was written to; null when the user chose nothing. */
  async export(format: HistoryFormat): Promise<Result<string | null>> {
    const { clock, chooseFile } = this.#parts;
    const today = new Date(clock.wallMs()).toISOString().slice(0, 10);
    const file = await chooseFile(`ibctminer-history-${today}.${format}`, format);
    if (file === null) return success(null);
    const records = await this.#read(0, ALWAYS);
    records.sort((one, other) => one.atMs - other.atMs);
    const reason = replaceFile(file, exported(format, records));
    return reason === null ? success(file) : refused(problem('exportUnwritable', { file, reason }));
  }

  /** The minute in the making too. */
  deleteAll(): Result<undefined> {
    const { desktop, store, onDeleted } = this.#parts;
    desktop.writeMinute();
    const fault = store.deleteAll();
    onDeleted?.();
    return fault === null ? success(undefined) : refused(fault);
  }

  async #read(
    fromMs: number,
    beforeMs: number,
    reduce: (day: HistoryRecord[]) => HistoryRecord[] = (day) => day,
  ): Promise<HistoryRecord[]> {
    const { store, desktop } = this.#parts;
    const records: HistoryRecord[] = [];
    // Looked at together with each day: a minute is either in its file by then or in the making.
    let soFar: HistoryRecord[] = [];
    for (const day of store.read(fromMs, beforeMs)) {
      records.push(...reduce(day));
      soFar = desktop.minuteSoFar();
      await nextTurn();
    }
    return [...records, ...soFar.filter(({ atMs }) => atMs >= fromMs && atMs < beforeMs)];
  }
}
