import { hash, releaseCaches } from '../../core/engine/library.ts';
import type { PracticeDeps } from '../../core/work/openSource.ts';

export const practiceDeps: PracticeDeps = {
  hash: async (seedHash, blob, algorithm) =>
    (await hash({ algorithm, key: seedHash, input: blob })).result,
  releaseCaches,
};
