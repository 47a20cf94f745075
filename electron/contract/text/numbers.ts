import { numberFormat } from './formats.ts';
import { directionOf } from './language.ts';

/** How figures are written: in the user's language, never with more digits than they mean. */

export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

/** Stands where a figure is not known. */
export const NO_FIGURE = '–';

const rateSteps = [
  { from: 1e6, unit: 'MH/s' },
  { from: 1e3, unit: 'kH/s' },
  { from: 0, unit: 'H/s' },
] as const;

/** A hash rate with three significant digits, `null` as a dash. Input in hashes per second. */
export function hashrate(hashesPerSecond: number | null, language: string): Quantity {
  if (hashesPerSecond === null) return { value: NO_FIGURE, unit: 'H/s' };
  const step = rateSteps.find((candidate) => hashesPerSecond >= candidate.from) ?? rateSteps[2];
  const scaled = step.from === 0 ? hashesPerSecond : hashesPerSecond / step.from;
  const fractionDigits = scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
  return { value: fixed(scaled, fractionDigits, language), unit: step.unit };
}

export function hashrateText(hashesPerSecond: number | null, language: string): string {
  if (hashesPerSecond === null) return NO_FIGURE;
  const { value, unit } = hashrate(hashesPerSecond, language);
  return inUnit(value, unit, language);
}

/** A figure with a symbol that is the same everywhere. */
export function inUnit(value: string, unit: string, language: string): string {
  return inOrder(`${value} ${unit}`, language);
}

/** Figures and symbols, which stay in this order also between words written leftwards. */
export function inOrder(figures: string, language: string): string {
  return directionOf(language) === 'rtl' ? isolated(figures) : figures;
}

/** Keeps the direction of a text apart from that of what is around it (Unicode's first strong isolate). */
export const isolated = (text: string): string => `\u2068${text}\u2069`;

/** As it is, of anything that is counted or measured. */
export function amount(value: number, language: string): string {
  return numberFormat(language).format(value);
}

export function integer(value: number, language: string): string {
  return numberFormat(language, { maximumFractionDigits: 0 }).format(value);
}

export function decimal(value: number, language: string): string {
  return numberFormat(language, { maximumSignificantDigits: 2 }).format(value);
}

/** `share` from 0 to 1, as whole percent. */
export function percent(share: number, language: string): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** A chance from 0 to 1: what is nearly certain is not called certain. */
export function finePercent(chance: number, language: string): string {
  const isNearEnd = chance > 0.99 || chance < 0.01;
  return numberFormat(language, {
    style: 'percent',
    maximumFractionDigits: isNearEnd ? 2 : 0,
  }).format(isNearEnd ? Math.floor(chance * 10_000) / 10_000 : chance);
}

/** An amount of Monero, to three digits that count. */
export function significant(value: number, language: string): string {
  return numberFormat(language, { maximumSignificantDigits: 3 }).format(value);
}

/** Amounts below a tenth with four decimals: a day of mining is often worth less than a hundredth. `code`: ISO 4217. */
export function currency(value: number, code: string, language: string): string {
  const isSmall = Math.abs(value) < 0.1 && value !== 0;
  return numberFormat(language, {
    ...{ style: 'currency', currency: code },
    ...{ minimumFractionDigits: 2, maximumFractionDigits: isSmall ? 4 : 2 },
  }).format(value);
}

/** 1234567 → 1.23M; difficulties are read for size, not to the last digit. */
export function compact(value: number, language: string): string {
  return numberFormat(language, {
    notation: value >= 10_000 ? 'compact' : 'standard',
    maximumSignificantDigits: value >= 10_000 ? 3 : 5,
  }).format(value);
}

/** Binary gigabytes, as memory is sold. */
export function gibibytes(bytes: number, language: string): string {
  return inUnit(fixed(bytes / 2 ** 30, 1, language), 'GiB', language);
}

/** Of a file, or of what went over a wire: "8.2 MB". */
export function fileSize(bytes: number, language: string): string {
  const [unit, size, maximumFractionDigits] =
    bytes < 1e6
      ? (['kilobyte', 1e3, bytes < 1e3 ? 1 : 0] as const)
      : (['megabyte', 1e6, 1] as const);
  return numberFormat(language, { style: 'unit', unit, maximumFractionDigits }).format(
    bytes / size,
  );
}

function fixed(value: number, digits: number, language: string): string {
  return numberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}
