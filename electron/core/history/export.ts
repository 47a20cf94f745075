import type { Amounts, HistoryFormat, HistoryRecord } from '../../contract/history.ts';

/** The history for other programs: units in the names of the columns, times in UTC, figures as JavaScript writes them. */

type Cell = string | number | boolean | null | Amounts;

const seconds = (ms: number) => Math.round(ms) / 1000;
const inSeconds = (amountsMs: Amounts): Amounts =>
  Object.fromEntries(Object.entries(amountsMs).map(([name, ms]) => [name, seconds(ms)]));
const sum = (amounts: Amounts) => Object.values(amounts).reduce((all, one) => all + one, 0);
const utc = (atMs: number) => new Date(atMs).toISOString();

const states = ['connecting', 'preparing', 'mining', 'paused', 'waiting'] as const;

const columns: readonly (readonly [string, (record: HistoryRecord) => Cell])[] = [
  ['start_utc', ({ atMs }) => utc(atMs)],
  ['session_start_utc', ({ runAtMs }) => utc(runAtMs)],
  ['practice', ({ source }) => source.kind === 'practice'],
  ['source', ({ source }) => source.kind],
  ['host', ({ source }) => source.host],
  ['port', ({ source }) => source.port],
  ['tls', ({ source }) => source.tls],
  ['hashes', ({ hashes }) => hashes],
  ['hashing_s', ({ hashingMs }) => seconds(hashingMs)],
  ['hashes_per_s', ({ hashes, hashingMs }) => (hashingMs > 0 ? (hashes / hashingMs) * 1000 : null)],
  ['expected_shares', ({ expectedShares }) => expectedShares],
  ['found_shares', ({ foundShares }) => foundShares],
  ['accepted_shares', ({ accepted }) => accepted],
  ['rejected_shares', ({ rejected }) => sum(rejected)],
  ['stale_shares', ({ stale }) => sum(stale)],
  ['accepted_difficulty', ({ acceptedDifficulty }) => acceptedDifficulty],
  ['best_difficulty', ({ bestDifficulty }) => bestDifficulty],
  ['rejected_by_reason', ({ rejected }) => rejected],
  ['stale_by_reason', ({ stale }) => stale],
  ...states.map(
    (state) =>
      [`${state}_s`, ({ stateMs }: HistoryRecord) => seconds(stateMs[state] ?? 0)] as const,
  ),
  ['paused_by_reason_s', ({ pausedMs }) => inSeconds(pausedMs)],
  ['waiting_by_reason_s', ({ waitingMs }) => inSeconds(waitingMs)],
  ['power_w', ({ watts }) => watts],
  ['cpu_temperature_c', ({ celsius }) => celsius],
];

/** A line for each record: a minute, an hour or a day of one source, as old as it is. */
export function exported(format: HistoryFormat, records: readonly HistoryRecord[]): string {
  switch (format) {
    case 'csv':
      return asCsv(records);
    case 'json':
      return asJson(records);
  }
}

function asJson(records: readonly HistoryRecord[]): string {
  const rows = records.map((record) =>
    JSON.stringify(Object.fromEntries(columns.map(([name, value]) => [name, value(record)]))),
  );
  return `[\n${rows.join(',\n')}\n]\n`;
}

/** As RFC 4180 has it. */
function asCsv(records: readonly HistoryRecord[]): string {
  const rows = records.map((record) => columns.map(([, value]) => csvCell(value(record))));
  return [columns.map(([name]) => name), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : named(value);
  // A spreadsheet takes such a text for a formula, whoever wrote it.
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

const named = (amounts: Amounts) =>
  Object.entries(amounts)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
