import { keccak_256 } from '@noble/hashes/sha3.js';
import { z } from 'zod';
import { problem } from '../../../contract/problem.ts';
import { refused, success, type Result } from '../../../contract/result.ts';
import {
  firstBlockVersion,
  NONCE_BYTES,
  NONCE_OFFSET,
  type Algorithm,
  type Job,
  type Share,
} from '../job.ts';
import { targetForDifficulty } from '../target.ts';

const TWO_TO_256 = 1n << 256n;
const HASH_BYTES = 32;
const ATOMIC_UNITS = 1e12;
/** Where the id of the block before lies: after two versions and the timestamp, until the nonce. */
const PREVIOUS_ID_OFFSET = NONCE_OFFSET - HASH_BYTES;

const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/i);
const hash = z.string().regex(/^[0-9a-f]{64}$/i);

/** monerod's answer to get_block_template. */
export const blockTemplate = z
  .object({
    blocktemplate_blob: hex.min(2 * (NONCE_OFFSET + NONCE_BYTES)),
    blockhashing_blob: hex.min(2 * (NONCE_OFFSET + NONCE_BYTES)).max(2 * 407),
    /** The low 64 bits; merge-mining proxies put their own, easier one here. */
    difficulty: z.number().positive().optional(),
    difficulty_top64: z.number().nonnegative().optional(),
    wide_difficulty: z
      .string()
      .regex(/^0x[0-9a-f]{1,32}$/i)
      .optional(),
    height: z.number().int().nonnegative(),
    /** Atomic units, fees included. */
    expected_reward: z.number().nonnegative().optional(),
    prev_hash: hash,
    seed_hash: hash,
    next_seed_hash: hash.or(z.literal('')).optional(),
    /** It comes from another node, which this one relies on while it catches up. */
    untrusted: z.boolean().optional(),
  })
  .refine(
    ({ difficulty, wide_difficulty: wide }) => difficulty !== undefined || wide !== undefined,
  );
export type BlockTemplate = z.infer<typeof blockTemplate>;

/** The job a template stands for. */
export function toJob(template: BlockTemplate, jobId: string, only?: Algorithm): Result<Job> {
  const blob = Uint8Array.from(Buffer.from(template.blockhashing_blob, 'hex'));
  const version = blob[0] ?? 0;
  // The chain of today has nothing older to mine.
  if (version < firstBlockVersion['rx/0'])
    return refused(problem('nodeOldBlock', { version: String(version) }));
  if (!isLaidOutAsKnown(blob, template)) {
    return refused(problem('nodeUnknownLayout', { version: String(version) }));
  }
  const algorithm = version < firstBlockVersion['rx/2'] ? 'rx/0' : 'rx/2';
  if (only !== undefined && algorithm !== only) {
    return refused(problem('nodeOtherAlgorithm', { algorithm, only }));
  }
  const difficulty = difficultyOf(template);
  return success({
    jobId,
    algorithm,
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
  });
}

/** What the template tells of the chain that it is for; undefined where the node does not tell its reward. */
export function networkOf(template: BlockTemplate): Job['network'] {
  const { expected_reward: reward = 0 } = template;
  if (reward === 0) return undefined;
  const difficulty = Number(wideDifficultyOf(template) ?? difficultyOf(template));
  return { difficulty, rewardXmr: reward / ATOMIC_UNITS };
}

/**
 * Versions, timestamp, the block before, nonce, root of the transactions' tree, their number: a nonce written anywhere else
 * would be work for nothing. The block itself begins with the same header.
 */
function isLaidOutAsKnown(blob: Uint8Array, template: BlockTemplate): boolean {
  const header = blob.subarray(0, NONCE_OFFSET + NONCE_BYTES);
  const block = Buffer.from(template.blocktemplate_blob, 'hex');
  const previous = blob.subarray(PREVIOUS_ID_OFFSET, NONCE_OFFSET);
  const timestamp = endOfVarint(blob, endOfVarint(blob, endOfVarint(blob, 0)));
  return (
    timestamp === PREVIOUS_ID_OFFSET &&
    Buffer.from(previous).toString('hex') === template.prev_hash.toLowerCase() &&
    block.subarray(0, header.length).equals(header) &&
    endOfVarint(blob, header.length + HASH_BYTES) === blob.length
  );
}

/** NaN where the bytes end first. */
function endOfVarint(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) return at + 1;
  }
  return Number.NaN;
}

/** A solution iff hash × difficulty < 2^256, with the hash as one little-endian number. */
export function isBlock(share: Share, template: BlockTemplate): boolean {
  return meets(share, difficultyOf(template));
}

/** Whether it is one for the node's own chain, and not only for what a proxy mines beside it. */
export function joinsMainChain(share: Share, template: BlockTemplate): boolean {
  return meets(share, wideDifficultyOf(template) ?? difficultyOf(template));
}

function meets(share: Share, difficulty: bigint): boolean {
  const hashValue = BigInt(`0x${Buffer.from(share.result).reverse().toString('hex')}`);
  return hashValue * difficulty < TWO_TO_256;
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

/** The smaller one where `difficulty` says all: a proxy that asks for less says so there alone. */
function difficultyOf(template: BlockTemplate): bigint {
  const wide = wideDifficultyOf(template);
  const { difficulty = Number.NaN, difficulty_top64: top64 = 0 } = template;
  if (top64 !== 0 || !Number.isSafeInteger(difficulty)) return wide ?? 1n;
  const low = BigInt(difficulty);
  return wide === undefined || low < wide ? low : wide;
}

function wideDifficultyOf({ wide_difficulty: wide }: BlockTemplate): bigint | undefined {
  if (wide === undefined) return undefined;
  const difficulty = BigInt(wide);
  return difficulty === 0n ? 1n : difficulty;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}
