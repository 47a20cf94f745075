const factors: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, b: 1e9, t: 1e12 };

/**
 * A figure as people type it: with a point or a comma before the decimals, and k, M, G (or B) or T after it. Null for nothing, NaN
 * for what is none.
 */
export function parseAmount(text: string, language: string): number | null {
  const typed = ascii(text).replaceAll(/\s/g, '');
  if (typed === '') return null;
  const parts = /^([-+]?)([\d.,]*\d)([kmgbt]?)$/i.exec(typed);
  if (parts === null) return NaN;
  const [, sign = '', digits = '', suffix = ''] = parts;
  const factor = factors[suffix.toLowerCase()] ?? 1;
  return Number(sign + plain(digits, language)) * factor;
}

/** Of several points or commas only the last can be before the decimals, and only if there is but one of it. */
function plain(digits: string, language: string): string {
  const marks = digits.replaceAll(/\d/g, '');
  const last = marks.at(-1);
  const isDecimal =
    last !== undefined &&
    marks.indexOf(last) === marks.length - 1 &&
    // 1,234 is one thing in English and another in German.
    (!/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) || last === decimalMark(language));
  const at = isDecimal ? digits.lastIndexOf(last) : digits.length;
  return `${digits.slice(0, at).replaceAll(/[.,]/g, '')}.${digits.slice(at + 1)}`;
}

const decimalMark = (language: string) =>
  ascii(
    new Intl.NumberFormat(language).formatToParts(0.5).find(({ type }) => type === 'decimal')
      ?.value ?? '.',
  );

/** Digits and marks as keyboards of other scripts have them, in those that everybody reads. */
export function ascii(text: string): string {
  return (
    text
      .normalize('NFKC')
      // What only marks a direction.
      .replaceAll(/\p{Cf}/gu, '')
      .replaceAll('−', '-')
      .replaceAll(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
      .replaceAll('٫', ',')
      .replaceAll('٬', '.')
      .replaceAll('؛', ';')
  );
}

/** Every digit of it, as `parseAmount` reads it. */
export const amountText = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 20 }).format(value);
