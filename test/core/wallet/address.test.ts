import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58xmr } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAddress } from '../../../electron/core/wallet/address.ts';
import { anyText } from '../../support/anyText.ts';
import { said } from '../../support/said.ts';

/** The Monero project's donation address, published on getmonero.org. */
const donation =
  '888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H';
/** The address of the exchange in the stratum documentation. */
const standard =
  '48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function encode(prefix: number, payload: Uint8Array): string {
  const data = Uint8Array.of(prefix, ...payload);
  return base58xmr.encode(Uint8Array.of(...data, ...keccak_256(data).subarray(0, 4)));
}

/** What is wrong with it. */
function saidOf(text: string): string {
  const report = checkAddress(text);
  if (report.valid) throw new Error(`${text} is valid.`);
  return said(report.problem);
}

const keys = fc.uint8Array({ minLength: 64, maxLength: 64 });
const keysAndPaymentId = fc.uint8Array({ minLength: 72, maxLength: 72 });

describe('a Monero address', () => {
  it('is recognised with its kind', () => {
    expect(checkAddress(standard)).toMatchObject({
      valid: true,
      kind: 'standard',
    });
    expect(checkAddress(` ${donation}\n`)).toMatchObject({ valid: true, kind: 'subaddress' });
  });

  it('of any keys is valid on its own network only', () => {
    const kinds = fc.constantFrom(
      [18, 'mainnet', 'standard'],
      [42, 'mainnet', 'subaddress'],
      [53, 'testnet', 'standard'],
      [63, 'testnet', 'subaddress'],
      [24, 'stagenet', 'standard'],
      [36, 'stagenet', 'subaddress'],
    ) as fc.Arbitrary<[number, 'mainnet' | 'testnet' | 'stagenet', string]>;
    fc.assert(
      fc.property(kinds, keys, ([prefix, network, kind], payload) => {
        const address = encode(prefix, payload);
        expect(checkAddress(address, network)).toMatchObject({ valid: true, kind });
        expect(checkAddress(address).valid).toBe(network === 'mainnet');
      }),
    );
  });

  it('with a payment id is told to be integrated', () => {
    fc.assert(
      fc.property(keysAndPaymentId, (payload) => {
        expect(checkAddress(encode(19, payload))).toMatchObject({
          valid: true,
          kind: 'integrated',
        });
      }),
    );
  });

  it('of another network names that network', () => {
    const address = encode(53, new Uint8Array(64));
    expect(saidOf(address)).toMatch(/^This is a testnet address/);
  });

  it('with a right checksum but an unknown or unfitting prefix is refused', () => {
    expect(checkAddress(encode(1, new Uint8Array(64))).valid).toBe(false);
    expect(checkAddress(encode(19, new Uint8Array(64))).valid).toBe(false);
    expect(checkAddress(encode(18, new Uint8Array(72))).valid).toBe(false);
  });
});

describe('a payment link', () => {
  it.each([
    `monero:${standard}`,
    `monero:${standard}?tx_amount=1`,
    `monero:${standard}?recipient_name=Somebody%20else&tx_payment_id=`,
    `MONERO://${standard}`,
  ])('gives the address, which is told (%s)', (link) => {
    expect(checkAddress(link)).toMatchObject({ valid: true, address: standard, isFromLink: true });
  });

  it('is told from an address alone', () => {
    expect(checkAddress(standard)).toMatchObject({ isFromLink: false });
  });

  it('with a payment ID is refused: mining cannot pass it on', () => {
    expect(saidOf(`monero:${standard}?tx_amount=1&tx_payment_id=0123456789abcdef`)).toContain(
      'payment ID',
    );
  });

  it.each(['?amount', '?tx_amount=1&', '?tx_amount=1?x=2', '?=1', '?a b=1'])(
    'that is not one is refused (%s)',
    (rest) => {
      expect(saidOf(`monero:${standard}${rest}`)).toContain('cannot be read');
    },
  );

  it('to a wallet with its keys is never taken', () => {
    expect(saidOf(`monero_wallet:${standard}?view_key=00`)).toContain('holds the keys');
  });
});

describe('a mistyped address', () => {
  it('with any one character changed is refused, and the place is named', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: standard.length - 1 }),
        fc.constantFrom(...Array.from(alphabet)),
        (index, character) => {
          fc.pre(standard[index] !== character);
          const typed = standard.slice(0, index) + character + standard.slice(index + 1);
          expect(saidOf(typed)).toContain(`position ${index + 1}.`);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('with two neighbours swapped says so', () => {
    const typed = `${standard.slice(0, 40)}${standard[41]}${standard[40]}${standard.slice(42)}`;
    expect(saidOf(typed)).toContain('positions 41 and 42');
  });

  it('with several wrong characters says that the checksum does not fit', () => {
    const typed = `${standard.slice(0, 20)}aaa${standard.slice(23, 60)}bbb${standard.slice(63)}`;
    expect(saidOf(typed)).toContain('Some characters');
  });

  it.each([
    ['', 'Enter your Monero address'],
    [standard.slice(1), 'One character is missing'],
    [standard.slice(0, 50), '45 of 95 characters are missing'],
    [`${standard}a`, 'One character too many'],
    [`${standard.slice(0, 30)}0${standard.slice(31)}`, 'Character 31 is wrong: “0”'],
    [`${standard.slice(0, 30)} ${standard.slice(30)}`, 'after character 30'],
    ['bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'Bitcoin'],
    [`${standard.slice(0, 30)}\u200b${standard.slice(30)}`, 'Character 31 is invisible (U+200B)'],
    ['donate.getmonero.org', 'is a name, not an address'],
    ['vitalik.eth', 'is a name, not an address'],
    [`${standard}.rig/me@example.com`, '--login'],
    ['0x52908400098527886E0F7030069857D2E4169EE7', 'an address for Ethereum'],
    [`${'abbey '.repeat(24)}abbey`, 'seed phrase'],
    ['0a'.repeat(32), 'secret key'],
  ])('%j says: %s', (text, sentence) => {
    expect(saidOf(text)).toContain(sentence);
  });
});

it('any text is answered with one sentence and without an exception', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(saidOf(text)).toMatch(/[.!]$/);
    }),
  );
});
