import { z } from 'zod';

/** Hours of every day, by local time, at a price of their own: from `from` until `to`, over midnight too. */
export const tariffWindow = z.object({
  from: z.number().int().min(0).max(23),
  to: z.number().int().min(0).max(24),
  perKwh: z.number().min(-1e6).max(1e6),
});
export type TariffWindow = z.infer<typeof tariffWindow>;

/** Enough for every hour to have a price of its own. */
export const MOST_WINDOWS = 24;

export const tariff = z.object({
  /** Of 1 kWh, outside of all windows. */
  value: z.number().min(-1e6).max(1e6),
  windows: z.array(tariffWindow).max(MOST_WINDOWS).default([]),
});
export type Tariff = z.infer<typeof tariff>;

export const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

const isWithin = (hour: number, { from, to }: TariffWindow): boolean =>
  from < to ? hour >= from && hour < to : hour >= from || hour < to;

/** The price of each hour of a day; of windows that overlap the first counts. */
export function pricesOf({ value, windows }: Readonly<Tariff>): number[] {
  return HOURS.map((hour) => windows.find((one) => isWithin(hour, one))?.perKwh ?? value);
}

/** The tariff that has these 24 prices: the most frequent one, and windows of the others. */
export function tariffOf(prices: readonly number[]): Tariff {
  const timesOf = (price: number) => prices.filter((other) => other === price).length;
  const value = prices.reduce(
    (one, other) => (timesOf(other) > timesOf(one) ? other : one),
    prices[0] ?? 0,
  );
  const windows: TariffWindow[] = [];
  for (const [hour, perKwh] of prices.entries()) {
    const last = windows.at(-1);
    if (last?.to === hour && last.perKwh === perKwh) last.to = hour + 1;
    else if (perKwh !== value) windows.push({ from: hour, to: hour + 1, perKwh });
  }
  return { value, windows };
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
