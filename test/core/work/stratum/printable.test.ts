import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeUnprintable, printable } from '../../../../electron/core/work/stratum/printable.ts';
import { anyText } from '../../../support/anyText.ts';

describe('printable', () => {
  it('leaves no control character, escape or line break of a pool in what people see', () => {
    expect(printable('\u001b[31mred\u001b[0m\r\nnext\u202ertl')).toBe('[31mred [0m next rtl');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(printable(text).length).toBeLessThanOrEqual(300);
      }),
    );
  });
});

describe('JSON for a terminal', () => {
  it('has no character that does something, and says the same', () => {
    const nasty = JSON.stringify({
      id: '\u0007\u007f\u009b31m\u2028\u202e\ud800',
      said: 'grün 🙂',
    });
    const safe = escapeUnprintable(nasty);
    expect(safe).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    expect(JSON.parse(safe)).toEqual(JSON.parse(nasty));
    expect(safe).toContain('grün 🙂');
  });
});
