import { languages as spoken } from './catalogues.ts';

const DEFAULT_LANGUAGE = 'en';

/**
 * What window, tray and terminal speak, and how they write figures: the language of the settings, or else the first of
 * the system's that there is a catalogue for. The system's own spelling of it says how figures are written (`en-GB`).
 * `system`: BCP 47, the preferred one first.
 */
export function chooseLanguage(
  wanted: string,
  system: readonly string[],
  among: readonly string[] = spoken,
): string {
  const known = system.filter((tag) => catalogueOf(tag, among) !== undefined);
  if (wanted === 'system') return known[0] ?? DEFAULT_LANGUAGE;
  return known.find((tag) => catalogueOf(tag, among) === wanted) ?? wanted;
}

/**
 * The catalogue that `tag` is read from: `zh-Hans` for `zh-CN`, `pt-BR` for every `pt`; never one in another script.
 * Undefined: none, or `tag` is none.
 */
export function catalogueOf(tag: string, among: readonly string[] = spoken): string | undefined {
  const wanted = localeOf(tag);
  if (wanted === undefined) return undefined;
  const readable = among.filter((name) => {
    const locale = localeOf(name);
    return locale?.language === wanted.language && locale.script === wanted.script;
  });
  return readable.find((name) => localeOf(name)?.region === wanted.region) ?? readable[0];
}

/** Scripts that are written from right to left. */
const leftward: ReadonlySet<string | undefined> = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo']);

export function directionOf(language: string): 'ltr' | 'rtl' {
  return leftward.has(localeOf(language)?.script) ? 'rtl' : 'ltr';
}

/** As its speakers call it, in a list of names. */
export function nameOf(language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

const locales = new Map<string, Intl.Locale | undefined>();

/** With the script and region that are likely where none is said. Every figure asks for one, so each is made once. */
function localeOf(tag: string): Intl.Locale | undefined {
  if (!locales.has(tag)) locales.set(tag, likelyLocale(tag));
  return locales.get(tag);
}

function likelyLocale(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
}
