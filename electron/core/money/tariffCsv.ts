import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import { HOURS, tariffOf, type Tariff } from '../../contract/tariff.ts';
import { readTextFile } from '../settings/files.ts';

/**
 * A day of prices as energy suppliers export it: a line for each hour, with its price of 1 kWh. Columns are separated by semicolons,
 * tabs or commas, and prices may have a decimal comma. A first line without figures is a heading.
 */

/** A year of hours would fit. */
const MOST_BYTES = 1_000_000;
const LONGEST_SHOWN = 40;

export function readTariffFile(file: string): Result<Tariff> {
  const text = readTextFile(file, MOST_BYTES);
  if (!text.ok) return refused(problem('tariffUnreadable', { file, reason: text.error }));
  return parseTariff(text.value ?? '');
}

/** Errors name the line. Nothing of a table is taken unless all of it can be. */
export function parseTariff(text: string): Result<Tariff> {
  const prices = new Map<number, number>();
  const lines = text.split(/\r\n|\r|\n/);
  const separator = [';', '\t'].find((mark) => text.includes(mark)) ?? ',';
  const first = lines.findIndex((line) => line.trim() !== '');
  for (const [index, line] of lines.entries()) {
    const isHeading = index === first && !/\d/.test(line);
    if (line.trim() === '' || isHeading) continue;
    const where = { line: index + 1, text: line.trim().slice(0, LONGEST_SHOWN) };
    const [time, price, ...more] = columnsOf(line, separator);
    if (time === undefined || price === undefined || more.some((column) => column !== '')) {
      return refused(problem('tariffColumns', where));
    }
    const hour = hourOf(time);
    if (hour === null) return refused(problem('tariffHour', { ...where, text: shown(time) }));
    const perKwh = priceOf(price);
    if (perKwh === null) return refused(problem('tariffPrice', { ...where, text: shown(price) }));
    if ((prices.get(hour) ?? perKwh) !== perKwh) {
      return refused(problem('tariffTwice', { line: where.line, hour }));
    }
    prices.set(hour, perKwh);
  }
  const missing = HOURS.filter((hour) => !prices.has(hour));
  if (missing.length > 0) return refused(problem('tariffMissing', { hours: missing.join(', ') }));
  return success(tariffOf(HOURS.map((hour) => prices.get(hour) ?? NaN)));
}

const shown = (text: string) => text.slice(0, LONGEST_SHOWN);

/** Each may be in quotation marks, which keep a decimal comma together. */
function columnsOf(line: string, separator: string): string[] {
  const columns: string[] = [];
  let isQuoted = false;
  let column = '';
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      columns.push(column.trim());
      column = '';
    } else column += character;
  }
  return [...columns, column.trim()];
}

/** Of "7", "07:00", "7-8", "07:00 - 08:00" or either after a date; of a span the hour that it begins with. */
function hourOf(text: string): number | null {
  const time = text.replace(/^(?:\d{4}-\d\d-\d\d[T ]|\d\d?[./]\d\d?[./]\d{4},? )\s*/, '');
  const parts =
    /^(\d\d?)(?::00)?(?::00)?(?:Z|[+-]\d\d:\d\d)?(?:\s*[-–]\s*(\d\d?)(?::00)?(?::00)?)?$/.exec(
      time,
    );
  if (parts === null) return null;
  const hour = Number(parts[1]);
  const end = parts[2] === undefined ? hour + 1 : Number(parts[2]);
  const isOneHour = end === hour + 1 || (hour === 23 && end === 0);
  return hour <= 23 && isOneHour ? hour : null;
}

function priceOf(text: string): number | null {
  if (!/^[-+]?\d{1,7}(?:[.,]\d{1,12})?$/.test(text)) return null;
  const price = Number(text.replace(',', '.'));
  return Math.abs(price) <= 1e6 ? price : null;
}
