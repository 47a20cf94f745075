import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58xmr } from '@scure/base';
import type { AddressReport } from '../../contract/ipc.ts';
import { findTypo } from './typo.ts';

export type AddressKind = NonNullable<AddressReport['kind']>;
export type Network = NonNullable<AddressReport['network']>;

/**
 * The first byte of an address tells network and kind (Monero, src/cryptonote_config.h,
 * CRYPTONOTE_PUBLIC_*_BASE58_PREFIX).
 */
const prefixes: ReadonlyMap<number, { readonly network: Network; readonly kind: AddressKind }> =
  new Map([
    [18, { network: 'mainnet', kind: 'standard' }],
    [19, { network: 'mainnet', kind: 'integrated' }],
    [42, { network: 'mainnet', kind: 'subaddress' }],
    [53, { network: 'testnet', kind: 'standard' }],
    [54, { network: 'testnet', kind: 'integrated' }],
    [63, { network: 'testnet', kind: 'subaddress' }],
    [24, { network: 'stagenet', kind: 'standard' }],
    [25, { network: 'stagenet', kind: 'integrated' }],
    [36, { network: 'stagenet', kind: 'subaddress' }],
  ]);

/** Characters of an address: prefix byte, spend key, view key, (payment id,) checksum; 11 for each 8 bytes. */
export const ADDRESS_LENGTH = 95;
export const INTEGRATED_LENGTH = 106;

const KEY_BYTES = 32;
const PAYMENT_ID_BYTES = 8;
const CHECKSUM_BYTES = 4;

/** Base58 leaves out the four characters that are easily confused. */
const foreignCharacter = /[^1-9A-HJ-NP-Za-km-z]/;

const otherCoins: readonly (readonly [RegExp, string])[] = [
  [/^(bc1|[13])[a-zA-Z0-9]{25,60}$/, 'a Bitcoin address'],
  [/^0x[0-9a-fA-F]{40}$/, 'an Ethereum address'],
  [/^(ltc1|[LM])[a-zA-Z0-9]{25,60}$/, 'a Litecoin address'],
];

/**
 * Whether `text` is a Monero address of `network`, and in one sentence what it is or what is wrong with it. The whole
 * address is checked: alphabet, length, Keccak checksum, network and kind.
 */
export function checkAddress(text: string, network: Network = 'mainnet'): AddressReport {
  const address = text.trim();
  const complaint = complaintAboutText(address);
  if (complaint !== null) return invalid(complaint);

  const data = decode(address);
  if (data === null) return invalid(complaintAboutChecksum(address));
  const prefix = prefixes.get(data[0] ?? 0);
  if (prefix === undefined || address.length !== lengthOf(prefix.kind)) {
    return invalid('This is not a Monero address, though its checksum is right.');
  }
  if (prefix.network !== network) {
    return {
      ...prefix,
      valid: false,
      message:
        `This is a ${prefix.network} address` +
        (prefix.network === 'mainnet' ? '.' : ', which holds no real money.') +
        ` Enter an address of Monero's ${network === 'mainnet' ? 'main network' : network}.`,
    };
  }
  return { ...prefix, valid: true, message: descriptions[prefix.kind] };
}

const descriptions: Readonly<Record<AddressKind, string>> = {
  standard: 'This is a valid Monero address.',
  subaddress:
    'This is a valid Monero subaddress. Most pools take it; solo mining needs the main address.',
  integrated: 'This is a valid integrated address; this pool may not take it.',
};

const lengthOf = (kind: AddressKind) =>
  kind === 'integrated' ? INTEGRATED_LENGTH : ADDRESS_LENGTH;

const invalid = (message: string): AddressReport => ({
  valid: false,
  message,
  kind: null,
  network: null,
});

/** What can be told without decoding. */
function complaintAboutText(address: string): string | null {
  if (address === '') return 'Enter your Monero address.';
  const coin = otherCoins.find(([pattern]) => pattern.test(address));
  if (coin !== undefined) {
    return `This looks like ${coin[1]}. Enter a Monero address; it starts with 4 or 8.`;
  }
  const gap = address.search(/\s/);
  if (gap >= 0) {
    return `There is a space or line break after character ${gap}. Copy the address again in one piece.`;
  }
  const foreign = foreignCharacter.exec(address);
  if (foreign !== null) {
    const character = String.fromCodePoint(address.codePointAt(foreign.index) ?? 0);
    return `Character ${foreign.index + 1} is wrong: “${character}” never occurs in a Monero address. Copy the address again.`;
  }
  return complaintAboutLength(address.length);
}

function complaintAboutLength(length: number): string | null {
  if (length === ADDRESS_LENGTH || length === INTEGRATED_LENGTH) return null;
  const copyAgain = 'Copy the whole address again.';
  if (length < ADDRESS_LENGTH) {
    const missing = ADDRESS_LENGTH - length;
    return missing === 1
      ? `One character is missing: an address has ${ADDRESS_LENGTH}. ${copyAgain}`
      : `This is too short for a Monero address: ${missing} of ${ADDRESS_LENGTH} characters are missing. ${copyAgain}`;
  }
  return length === ADDRESS_LENGTH + 1
    ? `There is one character too many: an address has ${ADDRESS_LENGTH}. ${copyAgain}`
    : `This has ${length} characters; a Monero address has ${ADDRESS_LENGTH}, an integrated one ${INTEGRATED_LENGTH}. ${copyAgain}`;
}

function complaintAboutChecksum(address: string): string {
  const copyAgain = 'Copy it again from your wallet.';
  const typo = findTypo(address, (candidate) => decode(candidate) !== null);
  switch (typo?.type) {
    case 'wrongCharacter':
      return `One character is wrong: the one at position ${typo.position}. ${copyAgain}`;
    case 'swapped':
      return `Two neighbouring characters are swapped: positions ${typo.position} and ${typo.position + 1}. ${copyAgain}`;
    case undefined:
      return `Some characters of this address are wrong; its checksum does not fit. ${copyAgain}`;
  }
}

/** The bytes of an address without its checksum; null when the text is no base58 or the checksum does not fit. */
function decode(address: string): Uint8Array | null {
  let bytes: Uint8Array;
  try {
    bytes = base58xmr.decode(address);
  } catch {
    return null; // A block of 11 characters that is more than 8 bytes can hold.
  }
  const data = bytes.subarray(0, -CHECKSUM_BYTES);
  const withoutPaymentId = 1 + 2 * KEY_BYTES;
  if (data.length !== withoutPaymentId && data.length !== withoutPaymentId + PAYMENT_ID_BYTES) {
    return null;
  }
  const checksum = bytes.subarray(-CHECKSUM_BYTES);
  const expected = keccak_256(data);
  return checksum.every((byte, index) => byte === expected[index]) ? data : null;
}
