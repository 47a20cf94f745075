import { z } from 'zod';

/** Hours of every day, by local time, at a price of their own: from `from` until `to`, over midnight too. */
export const tariffWindow = z.object({
  from: z.number().int().min(0).max(23),
  to: z.number().int().min(0).max(24),
  perKwh: z.number().min(-1e6).max(1e6),
});
export type TariffWindow = z.infer<typeof tariffWindow>;

interface Tariff {
  /** Of 1 kWh, outside of all windows. */
  readonly value: number;
  readonly windows: readonly TariffWindow[];
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

const isWithin = (hour: number, { from, to }: TariffWindow): boolean =>
  from < to ? hour >= from && hour < to : hour >= from || hour < to;

/** The price of each hour of a day; of windows that overlap the first counts. */
export function pricesOf({ value, windows }: Tariff): number[] {
  return HOURS.map((hour) => windows.find((one) => isWithin(hour, one))?.perKwh ?? value);
}

/** Of the hours of `day` (24 digits, 1 for an hour that counts) the `count` cheapest, early ones first, in the same form. */
export function cheapestOf(day: string, prices: readonly number[], count: number): string {
  const chosen = HOURS.filter((hour) => day[hour] === '1')
    .sort((one, other) => (prices[one] ?? 0) - (prices[other] ?? 0) || one - other)
    .slice(0, count);
  return HOURS.map((hour) => (chosen.includes(hour) ? '1' : '0')).join('');
}

/** Mean over the hours of a week that count; over all of them where none does. */
export function meanPrice(week: readonly string[], prices: readonly number[]): number {
  const counted = week.flatMap((day) => prices.filter((_, hour) => day[hour] === '1'));
  const all = counted.length > 0 ? counted : prices;
  return all.reduce((sum, price) => sum + price, 0) / all.length;
}
