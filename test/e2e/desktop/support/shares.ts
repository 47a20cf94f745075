import { ReferenceRandomX } from '../../../support/librandomx.ts';
import type { LogEntry } from '../../../../electron/contract/ipc.ts';

const found =
  /^Share found for job \S+: blob ([0-9a-f]+), key ([0-9a-f]{64}), hash ([0-9a-f]{64})\.$/;

/** Hashes every share of the log again with librandomx0. True for each whose hash is right. */
export function checkShares(log: readonly LogEntry[]): boolean[] {
  const reference = new ReferenceRandomX();
  try {
    return log.flatMap(({ text }) => {
      const [, blob, key, hash] = found.exec(text) ?? [];
      if (blob === undefined || key === undefined) return [];
      const again = reference.hash(Buffer.from(key, 'hex'), Buffer.from(blob, 'hex'));
      return [Buffer.from(again).toString('hex') === hash];
    });
  } finally {
    reference.close();
  }
}
