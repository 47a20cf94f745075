const made = new Map<string, Intl.NumberFormat>();

/** Made once for each way of writing numbers: to make one costs a hundred times what it does. */
export function numberFormat(
  language: string,
  options: Intl.NumberFormatOptions = {},
): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const format = made.get(key) ?? new Intl.NumberFormat(language, options);
  made.set(key, format);
  return format;
}
