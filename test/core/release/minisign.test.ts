import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifySignature } from '../../../electron/core/release/minisign.ts';
import { TestSigner } from '../../support/minisign.ts';

// Made by minisign 0.11: `minisign -G -W`, `minisign -S -t 'ibctminer release.json 1.1.0' -m release.json`.
const KEY = 'RWR/RGEbn9UWSDkGrnVRuLjhjB7cy34nGR5pF99+p7uV/0Z/zycRl+EI';
const OTHER_KEY = 'RWTx1O3N8fmg0ohju30n9+/Wijszc2GI+gR14tv3bJoPNLXRLFKZLJQz';
const FILE = '{"version":"1.1.0"}\n';
const SIGNATURE = `untrusted comment: signature from minisign secret key
RUR/RGEbn9UWSBqHBINMZmfRTm1/vEDVw6m3o2K7WRy3SbH/smFRxv5wRinFSg9FjhZq1nG2bLS3bx6Ng+hHMFWkYEYIQsoTsA4=
trusted comment: ibctminer release.json 1.1.0
Ss3qpZPyCaTBK2vNVFKHQVVToPx6X1yMfk2skN6VuAjMGAnfgsBaHBACzfqoq+5ctpxAUytVN4698/Nrn2oRBQ==
`;
/** The same file, by `minisign -S -l`. */
const LEGACY = `untrusted comment: signature from minisign secret key
RWR/RGEbn9UWSBhpxLoHxR3z+BjSLwvnK/kFlrtX7cyWsMpDAHWkCTmsO3Sxc8qwFLnlLhtgWMIgteafdnBVD4xAdIIOB8noUwA=
trusted comment: legacy
i0ZD1lOV6pcO7vkPloF72MkZD8fFL2mSs3CcT0EonWX7xvQhk93rgVyEJgWFtllXUSm7k1cF0jtdIiV3vKnsDA==
`;

const check = (file: string | Uint8Array, signature: string, keys: readonly string[]) => {
  const result = verifySignature(Buffer.from(file), signature, keys);
  return result.ok ? result.value : result.error.code;
};

describe('a signature of minisign', () => {
  test('is taken with the present key and with the next one', () => {
    expect(check(FILE, SIGNATURE, [KEY, OTHER_KEY])).toBe('ibctminer release.json 1.1.0');
    expect(check(FILE, SIGNATURE, [OTHER_KEY, KEY])).toBe('ibctminer release.json 1.1.0');
  });

  test('is refused with another key, and without any', () => {
    expect(check(FILE, SIGNATURE, [OTHER_KEY])).toBe('signatureForeign');
    expect(check(FILE, SIGNATURE, [])).toBe('releaseKeyNone');
  });

  test('is refused for another file and under another comment', () => {
    expect(check(`${FILE} `, SIGNATURE, [KEY])).toBe('signatureWrong');
    const renamed = SIGNATURE.replace('release.json 1.1.0', 'release.json 9.9.9');
    expect(check(FILE, renamed, [KEY])).toBe('signatureWrong');
  });

  test('is refused in the older format, which signs no hash', () => {
    expect(check(FILE, LEGACY, [KEY])).toBe('signatureUnreadable');
  });

  test('is refused with another key under the id of ours', () => {
    const forger = new TestSigner();
    const bytes = (text: string) => Buffer.from(text, 'base64');
    const key = Buffer.concat([
      bytes(KEY).subarray(0, 10),
      bytes(forger.publicKey).subarray(10),
    ]).toString('base64');
    expect(check(FILE, SIGNATURE, [key])).toBe('signatureWrong');
  });

  test('holds for any file and comment, and for no file with one byte changed', () => {
    const signer = new TestSigner();
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.stringMatching(/^[ -~]{0,80}$/),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (file, comment, place, change) => {
          const signature = signer.sign(file, comment);
          expect(check(file, signature, [signer.publicKey])).toBe(comment);
          const changed = Uint8Array.from(file);
          changed[place % file.length] = (file[place % file.length] ?? 0) ^ change;
          expect(check(changed, signature, [signer.publicKey])).toBe('signatureWrong');
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is refused with any one character changed, lost or doubled after the untrusted comment', () => {
    const start = SIGNATURE.indexOf('\n') + 1;
    // The last line end says nothing.
    const places = fc.integer({ min: start, max: SIGNATURE.length - 2 });
    const change = fc.tuple(fc.constantFrom('change', 'lose', 'double'), fc.stringMatching(/^.$/));
    fc.assert(
      fc.property(places, change, (place, [how, character]) => {
        const old = SIGNATURE.charAt(place);
        fc.pre(character !== old);
        const instead = how === 'change' ? character : how === 'lose' ? '' : old + old;
        const text = SIGNATURE.slice(0, place) + instead + SIGNATURE.slice(place + 1);
        expect(check(FILE, text, [KEY])).toMatch(/^signature/);
      }),
      { numRuns: 500 },
    );
  });

  test('is refused, and nothing is thrown, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        expect(check(FILE, text, [KEY])).toBe('signatureUnreadable');
      }),
    );
  });
});
