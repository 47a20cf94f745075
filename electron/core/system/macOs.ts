/** What tools of macOS print; read here so that every system can test it. Where one fails (null), what was known `last` stays. */

/** Names of the programs that `ps -axco comm=` lists, each once, sorted. */
export function programsIn(
  printed: string | null,
  last: readonly string[] = [],
): readonly string[] {
  if (printed === null) return last;
  const names = printed.split('\n').map((line) => line.trim());
  return [...new Set(names.filter((name) => name !== ''))].sort((one, other) =>
    one.localeCompare(other, 'en'),
  );
}

/** The charge of the built-in battery, 0 to 100, that `pmset -g batt` prints; null where there is none. */
export function chargeIn(printed: string | null, last: number | null = null): number | null {
  if (printed === null) return last;
  const found = /InternalBattery[^\n]*?\t(\d{1,3})%/.exec(printed);
  const percent = Number(found?.[1]);
  return percent <= 100 ? percent : null;
}
