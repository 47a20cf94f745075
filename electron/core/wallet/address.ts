import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58xmr } from '@scure/base';
import type { AddressReport } from '../../contract/ipc.ts';
import { problem, type Problem } from '../../contract/problem.ts';
import { readPayee } from './paymentLink.ts';
import { findTypo } from './typo.ts';

export type AddressKind = Extract<AddressReport, { valid: true }>['kind'];
export type Network = 'mainnet' | 'testnet' | 'stagenet';

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
  [/^(bc1|[13])[a-zA-Z0-9]{25,60}$/, 'Bitcoin'],
  [/^0x[0-9a-fA-F]{40}$/, 'Ethereum'],
  [/^(ltc1|[LM])[a-zA-Z0-9]{25,60}$/, 'Litecoin'],
];

/** A wallet's seed (12 to 25 words, in any alphabet) or one of its secret keys. */
const secret = /^(?:\p{L}+\s+){11,24}\p{L}+$|^[0-9a-f]{64}$/iu;

/** OpenAlias (donate.getmonero.org), ENS (name.eth) and the like: letters with dots, far shorter than an address. */
const domainName = /^(?=.{3,90}$)[a-z0-9-]+(?:[.@][a-z0-9-]+)*\.[a-z]{2,}$/i;

/**
 * Whether `text` is a Monero address of `network`, and what it is or what is wrong with it. The whole address is checked:
 * alphabet, length, Keccak checksum, network and kind. A `monero:` URI counts as the address in it.
 */
export function checkAddress(text: string, network: Network = 'mainnet'): AddressReport {
  const payee = readPayee(text);
  if (!payee.ok) return invalid(payee.problem);
  const { address, isFromLink } = payee;
  const complaint = complaintAboutText(address);
  if (complaint !== null) return invalid(complaint);

  const data = decode(address);
  if (data === null) return invalid(complaintAboutChecksum(address));
  const prefix = prefixes.get(data[0] ?? 0);
  if (prefix === undefined || address.length !== lengthOf(prefix.kind)) {
    return invalid(problem('addressUnknownKind'));
  }
  if (prefix.network !== network) {
    return invalid(
      network === 'mainnet'
        ? problem('addressTestNetwork', { network: prefix.network })
        : problem('addressWrongNetwork', { network: prefix.network, wanted: network }),
    );
  }
  return { valid: true, address, kind: prefix.kind, isFromLink };
}

const lengthOf = (kind: AddressKind) =>
  kind === 'integrated' ? INTEGRATED_LENGTH : ADDRESS_LENGTH;

const invalid = (problem: Problem): AddressReport => ({ valid: false, problem });

/** What can be told without decoding. */
function complaintAboutText(address: string): Problem | null {
  if (address === '') return problem('addressMissing');
  const coin = otherCoins.find(([pattern]) => pattern.test(address))?.[1];
  if (coin !== undefined) return problem('addressOtherCoin', { coin });
  if (domainName.test(address)) return problem('addressIsName', { name: address });
  if (/^[48][1-9A-HJ-NP-Za-km-z]{94,105}[./:+].*@/.test(address)) return problem('addressWithMail');
  if (secret.test(address)) return problem('addressIsSecret');
  const gap = address.search(/\s/);
  if (gap >= 0) return problem('addressGap', { count: gap });
  const foreign = foreignCharacter.exec(address);
  if (foreign !== null) {
    const code = address.codePointAt(foreign.index) ?? 0;
    const character = String.fromCodePoint(code);
    const position = foreign.index + 1;
    return /[\p{C}\p{M}\p{Z}]/u.test(character)
      ? problem('addressInvisible', { position, character: codePointName(code) })
      : problem('addressForeign', { position, character });
  }
  return complaintAboutLength(address.length);
}

function codePointName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function complaintAboutLength(length: number): Problem | null {
  if (length === ADDRESS_LENGTH || length === INTEGRATED_LENGTH) return null;
  if (length < ADDRESS_LENGTH)
    return problem('addressTooShort', { count: ADDRESS_LENGTH - length });
  return length === ADDRESS_LENGTH + 1
    ? problem('addressOneTooMany')
    : problem('addressTooLong', { length });
}

function complaintAboutChecksum(address: string): Problem {
  const typo = findTypo(address, (candidate) => decode(candidate) !== null);
  switch (typo?.type) {
    case 'wrongCharacter':
      return problem('addressWrongCharacter', { position: typo.position });
    case 'swapped':
      return problem('addressSwapped', { first: typo.position, second: typo.position + 1 });
    case undefined:
      return problem('addressChecksum');
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
