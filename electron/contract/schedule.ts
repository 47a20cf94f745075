import { z } from 'zod';

/** The hours of a week in which mining is allowed, by local time: Monday first, 24 digits a day, 1 for allowed. */
export const week = z.array(z.string().regex(/^[01]{24}$/)).length(7);
export type Week = z.infer<typeof week>;

const WEEKEND = [5, 6];
const isNight = (hour: number) => hour >= 22 || hour < 7;

function weekOf(isAllowed: (day: number, hour: number) => boolean): Week {
  return Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_none, hour) => (isAllowed(day, hour) ? '1' : '0')).join(''),
  );
}

export const weeks = {
  nights: weekOf((_, hour) => isNight(hour)),
  weekends: weekOf((day) => WEEKEND.includes(day)),
  nightsAndWeekends: weekOf((day, hour) => isNight(hour) || WEEKEND.includes(day)),
  always: weekOf(() => true),
} as const;

export const isAllowed = (of: Week, day: number, hour: number): boolean => of[day]?.[hour] === '1';

/** The same week with these hours allowed or not; `from` and `to` are opposite corners, both included. */
export function painted(of: Week, from: WeekHour, to: WeekHour, allowed: boolean): Week {
  const isBetween = (value: number, one: number, other: number) =>
    value >= Math.min(one, other) && value <= Math.max(one, other);
  return weekOf((day, hour) =>
    isBetween(day, from.day, to.day) && isBetween(hour, from.hour, to.hour)
      ? allowed
      : isAllowed(of, day, hour),
  );
}

/** `day` 0 is Monday. */
export interface WeekHour {
  readonly day: number;
  readonly hour: number;
}
