/**
 * Target and difficulty, by the formulas that pools and miners share:
 * a hash is a share iff the little-endian u64 of its bytes 24..31 is strictly below the target.
 */

const MAX_U32 = 0xffff_ffffn;
export const MAX_TARGET = 0xffff_ffff_ffff_ffffn;

/** Difficulties above this cannot be told in a 4-byte target without noticeable rounding (p2pool's limit). */
const MAX_COMPACT_DIFFICULTY = 4_000_000n;

/**
 * Reads a target as pools write it: 8 hex digits (little-endian u32, widened by dividing twice, so
 * that the miner's target is never easier than the pool's) or 16 (little-endian u64).
 * Undefined for any other text, and for zero.
 */
export function parseTarget(hex: string): bigint | undefined {
  if (!/^(?:[0-9a-f]{8}|[0-9a-f]{16})$/i.test(hex)) return undefined;
  const value = littleEndian(Buffer.from(hex, 'hex'));
  if (value === 0n) return undefined;
  return hex.length === 16 ? value : MAX_TARGET / (MAX_U32 / value);
}

/** (2^64-1) / target, for display and statistics; the target must be positive. */
export function difficultyOf(target: bigint): bigint {
  return MAX_TARGET / target;
}

/** The inverse: the target that a difficulty asks for. At least 1; a difficulty below 1 counts as 1. */
export function targetForDifficulty(difficulty: bigint): bigint {
  const target = MAX_TARGET / (difficulty < 1n ? 1n : difficulty);
  return target < 1n ? 1n : target;
}

/** The target as a pool writes it for a difficulty: 8 hex digits, or 16 when those are too coarse. */
export function encodeTarget(difficulty: bigint): string {
  const [value, digits] =
    difficulty <= MAX_COMPACT_DIFFICULTY
      ? [MAX_U32 / (difficulty < 1n ? 1n : difficulty), 8]
      : [targetForDifficulty(difficulty), 16];
  return Buffer.from(value.toString(16).padStart(digits, '0'), 'hex').reverse().toString('hex');
}

/** The 64 bits of a 32-byte hash that are compared with the target. */
export function hashValue(hash: Uint8Array): bigint {
  return littleEndian(hash.subarray(24, 32));
}

export function meetsTarget(hash: Uint8Array, target: bigint): boolean {
  return hash.length === 32 && hashValue(hash) < target;
}

/** Difficulty that a 32-byte hash would satisfy. */
export function difficultyOfHash(hash: Uint8Array): bigint {
  const value = hashValue(hash);
  return value === 0n ? MAX_TARGET : MAX_TARGET / value;
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
