import { createHash, randomBytes } from 'node:crypto';

/**
 * A chain that exists nowhere: blocks come by the clock, their parents are random, and the RandomX
 * key is a fixed practice key that changes every few blocks, so that a key change is practised too.
 */

/** Work for miners, in the form pools send it. */
export interface PracticeBlock {
  /** 76 bytes shaped like a block of Monero, nonce zero. */
  readonly blob: Uint8Array;
  readonly algorithm: 'rx/0' | 'rx/2';
  /** Whether jobs say which algorithm they are for, or leave that to the block's version. */
  readonly isNamed: boolean;
  readonly height: number;
  readonly seedHash: Uint8Array;
  /** Known for the last blocks of a key. */
  readonly nextSeedHash?: Uint8Array;
}

const BLOCK_VERSION = 16;
/** The one that RandomX v2 comes with. */
const FORK_BLOCK_VERSION = 17;
export const BLOCKS_PER_KEY = 20;
const BLOCKS_OF_NOTICE = 3;
const TREE_ROOT_BYTES = 32;

/** From `forkHeight` on as after Monero's next fork; its first block comes as from a pool that names no algorithm. */
export function practiceBlock(
  height: number,
  timestampSeconds: number,
  forkHeight = Infinity,
): PracticeBlock {
  const isForked = height >= forkHeight;
  const version = isForked ? FORK_BLOCK_VERSION : BLOCK_VERSION;
  const blob = Buffer.concat([
    Uint8Array.of(version, version),
    varint(timestampSeconds),
    randomBytes(32), // id of the previous block
    Uint8Array.of(0, 0, 0, 0), // nonce
    randomBytes(TREE_ROOT_BYTES), // root of the transactions' tree
    Uint8Array.of(1), // their number
  ]);
  const keyNumber = Math.floor(height / BLOCKS_PER_KEY);
  const blocksLeft = BLOCKS_PER_KEY - (height % BLOCKS_PER_KEY);
  return {
    blob: Uint8Array.from(blob),
    algorithm: isForked ? 'rx/2' : 'rx/0',
    isNamed: height !== forkHeight,
    height,
    seedHash: practiceKey(keyNumber),
    ...(blocksLeft <= BLOCKS_OF_NOTICE ? { nextSeedHash: practiceKey(keyNumber + 1) } : {}),
  };
}

/** The same block as work of its own: a pool pays by a transaction that differs from miner to miner. */
export function workForOneMiner(block: PracticeBlock): PracticeBlock {
  const blob = Uint8Array.from(block.blob);
  blob.set(randomBytes(TREE_ROOT_BYTES), blob.length - TREE_ROOT_BYTES - 1);
  return { ...block, blob };
}

function practiceKey(number: number): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(`Ibctminer-practice-key-${number}`).digest());
}

/** Unsigned, seven bits a byte, low ones first. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}
