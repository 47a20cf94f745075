import { amount, inOrder, inUnit } from './numbers.ts';

/** With the symbols of the SI, as everywhere in this app; locales abbreviate each in a way of their own. */
const units = [
  { symbol: 'd', ms: 86_400_000 },
  { symbol: 'h', ms: 3_600_000 },
  { symbol: 'min', ms: 60_000 },
  { symbol: 's', ms: 1000 },
] as const;

/** The two largest units of a duration: "2 h 5 min", "48 s". */
export function duration(milliseconds: number, language: string): string {
  const whole = Math.max(0, Math.round(milliseconds / 1000) * 1000);
  const first = units.findIndex(({ ms }) => whole >= ms);
  const start = first === -1 ? units.length - 1 : first;
  let rest = whole;
  const parts = units
    .slice(start, start + 2)
    .map(({ symbol, ms }) => {
      const count = Math.floor(rest / ms);
      rest -= count * ms;
      return { symbol, count };
    })
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ symbol, count }) => `${amount(count, language)} ${symbol}`);
  return inOrder(parts.join(' '), language);
}

/** A duration meant as an estimate: the largest unit only, "9 min". */
export function roughly(milliseconds: number, language: string): string {
  const { symbol, ms } = units.find((candidate) => milliseconds >= candidate.ms) ?? units[3];
  const count = Math.max(1, Math.round(milliseconds / ms));
  return inUnit(amount(count, language), symbol, language);
}

/** Time of day; with the date when it is not today's. */
export function moment(timeMs: number, nowMs: number, language: string): string {
  const sameDay = new Date(timeMs).toDateString() === new Date(nowMs).toDateString();
  return new Intl.DateTimeFormat(language, {
    ...(sameDay ? {} : { dateStyle: 'short' as const }),
    timeStyle: 'medium',
  }).format(timeMs);
}

/** Of when a figure is: the time of day, or the date when that is not today's. */
export function asOf(timeMs: number, nowMs: number, language: string): string {
  const sameDay = new Date(timeMs).toDateString() === new Date(nowMs).toDateString();
  return new Intl.DateTimeFormat(
    language,
    sameDay ? { timeStyle: 'short' } : { dateStyle: 'medium' },
  ).format(timeMs);
}

/** Time of day of what is still to come; with the weekday when it is not today, and the date when it is a week away. */
export function upcoming(
  { atMs, remainingMs }: { readonly atMs: number; readonly remainingMs: number },
  language: string,
): string {
  const nowMs = atMs - remainingMs;
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  const day = remainingMs < 6 * 86_400_000 ? { weekday: 'long' } : { dateStyle: 'medium' };
  return new Intl.DateTimeFormat(language, {
    ...(isToday ? {} : day),
    ...('dateStyle' in day ? { timeStyle: 'short' } : { hour: 'numeric', minute: '2-digit' }),
  } as Intl.DateTimeFormatOptions).format(atMs);
}

const DAY_MS = 86_400_000;

/** A span of time, with its day: "Nov 27, 12:03 – 12:06". Of a day or longer, the days only. */
export function period(fromMs: number, untilMs: number, language: string): string {
  const day = { day: 'numeric', month: 'short' } as const;
  // Days have 23 to 25 hours.
  const isOfDays = untilMs - fromMs > DAY_MS - 2 * 3_600_000;
  const format = new Intl.DateTimeFormat(
    language,
    isOfDays ? { weekday: 'short', ...day } : { ...day, hour: '2-digit', minute: '2-digit' },
  );
  // The end is the first moment after it.
  return format.formatRange(fromMs, isOfDays ? untilMs - 1 : untilMs);
}
