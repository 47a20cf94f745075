import { sameBytes } from './bytes.ts';

/**
 * The unit of work that flows from a work source to the engine, and what flows back.
 * Pure data and arithmetic; the names (blob, target, nonce, seed hash) are the field's.
 */

export const algorithms = ['rx/0', 'rx/2', 'cn/1'] as const;
export type Algorithm = (typeof algorithms)[number];

/** Major version of the Monero blocks that each came with; a blob begins with it. */
export const firstBlockVersion = { 'rx/0': 12, 'rx/2': 17, 'cn/1': 7 } as const;

/** Byte offset of the 4-byte little-endian nonce in every Monero hashing blob of today. */
export const NONCE_OFFSET = 39;
export const NONCE_BYTES = 4;

export interface Job {
  /** Opaque; echoed byte for byte in the share. */
  readonly jobId: string;
  readonly algorithm: Algorithm;
  /** Hashing blob, 43 to 407 bytes; the nonce bytes are as the source sent them. */
  readonly blob: Uint8Array;
  readonly nonceOffset: number;
  /** How many of the nonce's most significant bytes (blob[42], then blob[41], …) belong to the pool. 0 or 1. */
  readonly reservedNonceBytes: number;
  /** A hash is a share iff the little-endian u64 of its bytes 24..31 is below this. 1 … 2^64-1. */
  readonly target: bigint;
  /** (2^64-1) / target, for display and statistics. */
  readonly difficulty: bigint;
  readonly height?: number;
  /** 32-byte dataset key; present for rx/*, absent for cn/1. */
  readonly seedHash?: Uint8Array;
  /** 32-byte key of the next epoch, when the source already knows it. */
  readonly nextSeedHash?: Uint8Array;
  /** What a node says of Monero's own chain. */
  readonly network?: { readonly difficulty: number; readonly rewardXmr: number };
}

/** A solution of a job, found and checked by the engine. */
export interface Share {
  readonly jobId: string;
  readonly algorithm: Algorithm;
  /** The four nonce bytes as they lie in the blob. */
  readonly nonce: Uint8Array;
  /** 32-byte hash (rx/2: the commitment) that was compared with the target. */
  readonly result: Uint8Array;
  /** rx/2 only: the raw 32-byte RandomX hash. */
  readonly commitment?: Uint8Array;
  /** The blob with the nonce in place, so that anyone can check the share again. */
  readonly blob: Uint8Array;
  readonly seedHash?: Uint8Array;
  /** Difficulty of the job when the share was found. */
  readonly difficulty: bigint;
}

/** Where a hashing blob names the block before: after two one-byte versions and the five-byte timestamp (until 2106). */
const PREVIOUS_BLOCK_ID = [7, 39] as const;

/** Whether both jobs build on the same block: then a share of the older one still counts. */
export function buildsOnSameBlock(one: Job, other: Job): boolean {
  return sameBytes(
    one.blob.subarray(...PREVIOUS_BLOCK_ID),
    other.blob.subarray(...PREVIOUS_BLOCK_ID),
  );
}

/** Whether the share solves this job. Job ids repeat between connections; the blob around the nonce tells. */
export function isShareOf(share: Share, job: Job): boolean {
  const end = job.nonceOffset + NONCE_BYTES;
  return (
    share.jobId === job.jobId &&
    sameBytes(job.blob.subarray(0, job.nonceOffset), share.blob.subarray(0, job.nonceOffset)) &&
    sameBytes(job.blob.subarray(end), share.blob.subarray(end))
  );
}
