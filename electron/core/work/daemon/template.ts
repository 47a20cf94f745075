import { keccak_256 } from '@noble/hashes/sha3.js';
import { z } from 'zod';
import { NONCE_BYTES, NONCE_OFFSET, type Job, type Share } from '../job.ts';
import { targetForDifficulty } from '../target.ts';

const TWO_TO_256 = 1n << 256n;
/** Block versions from 12 on are RandomX; the chain of today has nothing older to mine. */
const FIRST_RANDOMX_VERSION = 12;

const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/i);
const hash = z.string().regex(/^[0-9a-f]{64}$/i);

/** monerod's answer to get_block_template. */
export const blockTemplate = z.object({
  blocktemplate_blob: hex.min(2 * (NONCE_OFFSET + NONCE_BYTES)),
  blockhashing_blob: hex.min(2 * (NONCE_OFFSET + NONCE_BYTES)).max(2 * 407),
  wide_difficulty: z.string().regex(/^0x[0-9a-f]{1,32}$/i),
  height: z.number().int().nonnegative(),
  prev_hash: hash,
  seed_hash: hash,
  next_seed_hash: hash.or(z.literal('')).optional(),
});
export type BlockTemplate = z.infer<typeof blockTemplate>;

/** The job a template stands for; undefined when its block version is not RandomX. */
export function toJob(template: BlockTemplate, jobId: string): Job | undefined {
  const blob = Uint8Array.from(Buffer.from(template.blockhashing_blob, 'hex'));
  if ((blob[0] ?? 0) < FIRST_RANDOMX_VERSION) return undefined;
  const difficulty = difficultyOf(template);
  return {
    jobId,
    algorithm: 'rx/0',
    blob,
    nonceOffset: NONCE_OFFSET,
    reservedNonceBytes: 0,
    target: targetForDifficulty(difficulty),
    difficulty,
    height: template.height,
    seedHash: Buffer.from(template.seed_hash, 'hex'),
    ...(template.next_seed_hash
      ? { nextSeedHash: Buffer.from(template.next_seed_hash, 'hex') }
      : {}),
  };
}

/** A block iff hash × difficulty < 2^256, with the hash as one little-endian number. */
export function isBlock(share: Share, template: BlockTemplate): boolean {
  const hashValue = BigInt(`0x${Buffer.from(share.result).reverse().toString('hex')}`);
  return hashValue * difficultyOf(template) < TWO_TO_256;
}

/** The block to submit: the nonce lies at the same place of the template and of the hashing blob. */
export function blockWithNonce(template: BlockTemplate, nonce: Uint8Array): string {
  const block = Buffer.from(template.blocktemplate_blob, 'hex');
  block.set(nonce, NONCE_OFFSET);
  return block.toString('hex');
}

/** The block's id: Keccak of the hashing blob after its length as a varint. */
export function blockId(hashingBlob: Uint8Array): string {
  return Buffer.from(keccak_256(Buffer.concat([varint(hashingBlob.length), hashingBlob]))).toString(
    'hex',
  );
}

function difficultyOf(template: BlockTemplate): bigint {
  const difficulty = BigInt(template.wide_difficulty);
  return difficulty === 0n ? 1n : difficulty;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}
