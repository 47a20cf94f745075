import type { Job, Share } from '../../electron/core/work/job.ts';

/** At difficulty 1 every nonce is a block; the node hashes it itself, so no hash is needed here. */
export function solution(job: Job, nonce: number): Share {
  const blob = Uint8Array.from(job.blob);
  new DataView(blob.buffer).setUint32(job.nonceOffset, nonce, true);
  return {
    jobId: job.jobId,
    algorithm: job.algorithm,
    nonce: blob.slice(job.nonceOffset, job.nonceOffset + 4),
    result: new Uint8Array(32),
    blob,
    difficulty: job.difficulty,
  };
}
