/** As long as an address with a few characters lost; longer than any hash or key in hex. */
const longWord = /[0-9A-Za-z]{85,}/g;
const hexOnly = /^[0-9a-f]+$/i;

/** Hides every Monero address in a text, mistyped ones too. Blobs and other long hex stay readable. */
export function redact(text: string): string {
  return text.replace(longWord, (word) => (hexOnly.test(word) ? word : '[address]'));
}

/** The first Monero address in a text, though it be mistyped. */
export function addressIn(text: string): string | null {
  return text.match(longWord)?.find((word) => !hexOnly.test(word)) ?? null;
}
