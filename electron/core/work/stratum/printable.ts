const MAX_PRINTABLE_LENGTH = 300;

/** Control and format characters, lone surrogates, line separators: what a terminal or a window may act upon. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** Pool text made safe for a terminal or a window: one line, no control characters, not too long. */
export function printable(text: string): string {
  return text
    .slice(0, MAX_PRINTABLE_LENGTH)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
    .trim();
}

/** JSON text with those characters escaped, so that it says the same and does nothing. */
export function escapeUnprintable(json: string): string {
  return json.replaceAll(unprintable, (character) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
