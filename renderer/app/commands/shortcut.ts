/** A key to press together with Ctrl, or with ⌘ on a Mac. */
export type ShortcutKey =
  | 'f'
  | 'k'
  | 'p'
  | '.'
  | '+'
  | '-'
  | '0'
  | 'Enter'
  | `${1 | 2 | 3 | 4 | 5 | 6 | 7}`;

type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'
>;

/** Which shortcut was pressed; a key that is held down counts once, other modifiers make it another one. */
export function pressed(event: KeyPress, isMac: boolean): string | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
  const isOurs = isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (!isOurs || altKey || repeat) return null;
  // French and Czech keyboards have digits and the full stop with Shift only.
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (digit !== undefined) return digit;
  if (key === '.') return key;
  if (shiftKey) return null;
  if (key.length > 1) return key;
  // Where letters are Cyrillic or Arabic, by what is printed in their place on a Latin keyboard.
  const latin = /^Key([A-Z])$/.exec(event.code)?.[1];
  return (latin !== undefined && !/[a-z]/i.test(key) ? latin : key).toLowerCase();
}

const signs: Readonly<Partial<Record<ShortcutKey, string>>> = { Enter: '↵', '-': '−' };

/** As it is written on keyboards; `control` is what its language calls Ctrl. */
export function shortcutText(key: ShortcutKey, isMac: boolean, control: string): string {
  const name = signs[key] ?? key.toUpperCase();
  return isMac ? `⌘${name}` : `${control}+${name}`;
}

/** For the attribute aria-keyshortcuts. */
export function ariaShortcut(key: ShortcutKey, isMac: boolean): string {
  return `${isMac ? 'Meta' : 'Control'}+${key.length === 1 ? key.toUpperCase() : key}`;
}
