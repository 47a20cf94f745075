const units = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const;

/** The two largest units of a duration: "2 hr 5 min", "48 sec". */
export function duration(milliseconds: number, language: string): string {
  const whole = Math.max(0, Math.round(milliseconds / 1000) * 1000);
  const first = units.findIndex(({ ms }) => whole >= ms);
  const start = first === -1 ? units.length - 1 : first;
  let rest = whole;
  return units
    .slice(start, start + 2)
    .map(({ unit, ms }) => {
      const count = Math.floor(rest / ms);
      rest -= count * ms;
      return { unit, count };
    })
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ unit, count }) => inUnit(count, unit, language))
    .join(' ');
}

/** A duration meant as an estimate: the largest unit only, "9 min". */
export function roughly(milliseconds: number, language: string): string {
  const { unit, ms } = units.find((candidate) => milliseconds >= candidate.ms) ?? units[3];
  return inUnit(Math.max(1, Math.round(milliseconds / ms)), unit, language);
}

/** Time of day; with the date when it is not today's. */
export function moment(timeMs: number, nowMs: number, language: string): string {
  const sameDay = new Date(timeMs).toDateString() === new Date(nowMs).toDateString();
  return new Intl.DateTimeFormat(language, {
    ...(sameDay ? {} : { dateStyle: 'short' as const }),
    timeStyle: 'medium',
  }).format(timeMs);
}

function inUnit(count: number, unit: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(
    count,
  );
}
