/** A slip that, undone, makes the checksum fit. Positions count from 1. */
export type Typo =
  | { readonly type: 'wrongCharacter'; readonly position: number }
  | { readonly type: 'swapped'; readonly position: number };

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/**
 * Looks for the one slip in `address` by undoing every possible one. It only names a place, so that the user looks
 * there: about 5,500 candidates against a 32-bit checksum leave one chance in 780,000 of a wrong hint.
 */
export function findTypo(address: string, fits: (candidate: string) => boolean): Typo | null {
  for (let index = 0; index < address.length - 1; index++) {
    const swapped = `${address.charAt(index + 1)}${address.charAt(index)}`;
    if (fits(replaceAt(address, index, swapped))) return { type: 'swapped', position: index + 1 };
  }
  for (let index = 0; index < address.length; index++) {
    for (const character of alphabet) {
      if (fits(replaceAt(address, index, character))) {
        return { type: 'wrongCharacter', position: index + 1 };
      }
    }
  }
  return null;
}

function replaceAt(text: string, index: number, part: string): string {
  return text.slice(0, index) + part + text.slice(index + part.length);
}
