import { createPublicKey, verify } from 'node:crypto';
import { blake2b } from '@noble/hashes/blake2.js';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';

/**
 * Signatures as minisign writes them (https://jedisct1.github.io/minisign/): Ed25519 over the BLAKE2b-512 of the file, and
 * a second one over the first and the trusted comment. The older kind without the hash is refused.
 */

const ALGORITHM_BYTES = 2;
const KEY_ID_BYTES = 8;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const UNTRUSTED = 'untrusted comment: ';
const TRUSTED = 'trusted comment: ';
/** What makes 32 raw bytes an Ed25519 key in SPKI (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

interface Signature {
  readonly keyId: Buffer;
  readonly ofFile: Buffer;
  readonly comment: string;
  readonly ofComment: Buffer;
}

/**
 * The trusted comment, when one of `keys` has signed `file`. `keys` are minisign's public keys in base64: the present one,
 * and the one that will follow it. Without a key nothing is genuine.
 */
export function verifySignature(
  file: Uint8Array,
  signatureText: string,
  keys: readonly string[],
): Result<string> {
  if (keys.length === 0) return refused(problem('releaseKeyNone'));
  const signature = parseSignature(signatureText);
  if (signature === null) return refused(problem('signatureUnreadable'));
  const key = keys.map(parseKey).find(({ id }) => id.equals(signature.keyId));
  if (key === undefined) return refused(problem('signatureForeign'));
  const signedComment = Buffer.concat([signature.ofFile, Buffer.from(signature.comment)]);
  const isGenuine =
    verify(null, blake2b(Uint8Array.from(file)), key.publicKey, signature.ofFile) &&
    verify(null, signedComment, key.publicKey, signature.ofComment);
  return isGenuine ? success(signature.comment) : refused(problem('signatureWrong'));
}

function parseSignature(text: string): Signature | null {
  const [untrusted, first, trusted, second, ...rest] = text.split(/\r?\n/);
  if (!untrusted?.startsWith(UNTRUSTED) || !trusted?.startsWith(TRUSTED)) return null;
  if (rest.some((line) => line !== '')) return null;
  const head = fromBase64(first, ALGORITHM_BYTES + KEY_ID_BYTES + SIGNATURE_BYTES);
  const ofComment = fromBase64(second, SIGNATURE_BYTES);
  if (head === null || ofComment === null) return null;
  if (head.toString('latin1', 0, ALGORITHM_BYTES) !== 'ED') return null;
  return {
    keyId: head.subarray(ALGORITHM_BYTES, ALGORITHM_BYTES + KEY_ID_BYTES),
    ofFile: head.subarray(ALGORITHM_BYTES + KEY_ID_BYTES),
    comment: trusted.slice(TRUSTED.length),
    ofComment,
  };
}

/** The keys are part of the app: one that cannot be read is a fault of the build. */
function parseKey(text: string) {
  const bytes = fromBase64(text, ALGORITHM_BYTES + KEY_ID_BYTES + KEY_BYTES);
  if (bytes === null) throw new Error(`Not a public key of minisign: ${text}`);
  return {
    id: bytes.subarray(ALGORITHM_BYTES, ALGORITHM_BYTES + KEY_ID_BYTES),
    publicKey: createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, bytes.subarray(ALGORITHM_BYTES + KEY_ID_BYTES)]),
      format: 'der',
      type: 'spki',
    }),
  };
}

/** Only the one way of writing exactly so many bytes. */
function fromBase64(text: string | undefined, length: number): Buffer | null {
  const bytes = Buffer.from(text ?? '', 'base64');
  return bytes.length === length && bytes.toString('base64') === text ? bytes : null;
}
