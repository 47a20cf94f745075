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

/** The catalogue that `tag` is read from: `pt` for `pt-BR`, `zh-Hant` for `zh-TW`. Undefined: none, or `tag` is none. */
export function catalogueOf(tag: string, among: readonly string[] = spoken): string | undefined {
  try {
    const { language, script, region } = new Intl.Locale(tag).maximize();
    return [tag, `${language}-${script}`, `${language}-${region}`, language].find((name) =>
      among.includes(name),
    );
  } catch {
    return undefined;
  }
}
