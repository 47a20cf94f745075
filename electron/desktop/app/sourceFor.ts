import { hash, releaseCaches } from '../../core/engine/library.ts';
import type { Settings } from '../../contract/settings.ts';
import { openSource, type PracticeDeps, type SourceDeps } from '../../core/work/openSource.ts';
import type { SourceFactory } from '../../core/work/failover/source.ts';
import { workOf } from './planOf.ts';

export const practiceDeps: PracticeDeps = {
  hash: async (seedHash, blob) =>
    (await hash({ algorithm: 'rx/0', key: seedHash, input: blob })).result,
  releaseCaches,
};

/** The work source that the settings describe. Throws RangeError when they describe none. */
export function sourceFor(settings: Settings, deps: SourceDeps): SourceFactory {
  const work = workOf(settings);
  if (work === null) throw new RangeError('Mining needs at least one pool.');
  return openSource(work, { ...deps, ...practiceDeps });
}
