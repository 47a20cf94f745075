import type { Job } from '../work/job.ts';

/** Where the previous block's id lies in a Monero hashing blob: after two versions and a 5-byte timestamp. */
const PREVIOUS_ID_START = 7;
const PREVIOUS_ID_END = 39;

/**
 * Whether a share of `older` is still worth something while `current` is mined: both extend the same
 * block. Pools keep the last few jobs of a connection.
 */
export function extendsSameBlock(older: Job, current: Job): boolean {
  return Buffer.from(previousBlockId(older)).equals(previousBlockId(current));
}

function previousBlockId(job: Job): Uint8Array {
  return job.blob.subarray(PREVIOUS_ID_START, PREVIOUS_ID_END);
}
