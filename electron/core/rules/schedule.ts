import { isAllowed, weeks, type Week } from '../../contract/schedule.ts';
import type { Settings } from '../../contract/settings.ts';
import { cheapestOf, pricesOf } from '../../contract/tariff.ts';

/** Every time zone of today keeps to quarters of an hour, before and after it changes its clocks. */
const QUARTER_MS = 15 * 60_000;
/** A clock change can skip the only hour of a week, so two are searched. */
const QUARTERS_AHEAD = 15 * 24 * 4;

/** The hours of every week in which mining is allowed, by the schedule and the price of electricity. */
export function allowedHours({ rules, money }: Pick<Settings, 'rules' | 'money'>): Week {
  const { enabled, week, cheapest } = rules.schedule;
  const hours = enabled ? week : weeks.always;
  const tariff = money.tariffPerKwh;
  // At one price all day no hour is cheaper than another.
  if (!cheapest.enabled || tariff === null || tariff.windows.length === 0) return hours;
  const prices = pricesOf(tariff);
  return hours.map((day) => cheapestOf(day, prices, cheapest.hours));
}

/** Whether the schedule allows mining at this Unix time, by the computer's own time zone. */
export function isScheduled(week: Week, wallMs: number): boolean {
  const local = new Date(wallMs);
  return isAllowed(week, (local.getDay() + 6) % 7, local.getHours());
}

/** From when on (Unix time) the schedule allows mining, `wallMs` itself included; null: it never does. */
export function nextScheduled(week: Week, wallMs: number): number | null {
  if (isScheduled(week, wallMs)) return wallMs;
  const first = Math.ceil(wallMs / QUARTER_MS);
  for (let quarter = first; quarter < first + QUARTERS_AHEAD; quarter += 1) {
    if (isScheduled(week, quarter * QUARTER_MS)) return quarter * QUARTER_MS;
  }
  return null;
}
