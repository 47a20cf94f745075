import { MOST_WINDOWS, type TariffWindow } from '../../../../electron/contract/tariff.ts';
import { amountText, ascii, parseAmount } from './amount.ts';

/** "22-6: 0.18; 12-14: 0.25" as windows, in order; null when it is none of that. */
export function parseWindows(text: string, language: string): TariffWindow[] | null {
  const parts = ascii(text)
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const windows = parts.flatMap((part) => {
    const [, from, to, price = ''] = /^(\d{1,2})\s*[-–]\s*(\d{1,2})\s*:\s*(.+)$/.exec(part) ?? [];
    const perKwh = parseAmount(price, language);
    const window = { from: Number(from), to: Number(to), perKwh: perKwh ?? NaN };
    const isFine = window.from <= 23 && window.to <= 24 && !Number.isNaN(window.perKwh);
    return isFine ? [window] : [];
  });
  return windows.length === parts.length && parts.length <= MOST_WINDOWS ? windows : null;
}

export const textOfWindows = (windows: readonly TariffWindow[], language: string): string =>
  windows
    .map(({ from, to, perKwh }) => `${from}-${to}: ${amountText(perKwh, language)}`)
    .join('; ');
