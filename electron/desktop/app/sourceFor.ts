import { hash, releaseCaches } from '../../core/engine/library.ts';
import type { PoolSettings, Settings } from '../../contract/settings.ts';
import { openSource, type PracticeDeps, type SourceDeps } from '../../core/work/openSource.ts';
import type { SourceFactory } from '../../core/work/failover/source.ts';
import type { PoolSpec, TlsSpec, WorkSpec } from '../../core/work/spec.ts';

export const practiceDeps: PracticeDeps = {
  hash: async (seedHash, blob) =>
    (await hash({ algorithm: 'rx/0', key: seedHash, input: blob })).result,
  releaseCaches,
};

/** The work source that the settings describe. */
export function sourceFor(settings: Settings, deps: SourceDeps): SourceFactory {
  return openSource(workOf(settings), { ...deps, ...practiceDeps });
}

/**
 * The first pool, and the ones after it to fall back on. Practice never mixes with the others: nobody who mines for real
 * finds himself practising.
 */
function workOf({ pools, wallet }: Settings): WorkSpec {
  if (pools[0]?.kind === 'practice') return { kind: 'practice' };
  const [first, ...others] = pools
    .filter(({ kind }) => kind !== 'practice')
    .map((pool) => poolSpecOf(pool, wallet?.address ?? ''));
  if (first === undefined) throw new RangeError('Mining needs at least one pool.');
  return { kind: 'pools', pools: [first, ...others] };
}

/** How a pool or node of the settings is reached. */
export function poolSpecOf(pool: PoolSettings, address: string): PoolSpec {
  const { host, port, login, password, rigId } = pool;
  const tls = tlsSpecOf(pool);
  if (pool.kind === 'daemon') return { kind: 'daemon', host, port, tls, address };
  return {
    ...{ kind: 'stratum', host, port, tls, login: login ?? address, password },
    ...(rigId === undefined ? {} : { rigId }),
  };
}

/** A certificate that nobody vouches for is trusted only once the user has, in the connection test. */
function tlsSpecOf({ tls, tlsFingerprint }: PoolSettings): TlsSpec {
  if (!tls) return { use: 'none' };
  return tlsFingerprint === undefined
    ? { use: 'authority' }
    : { use: 'pinned', fingerprint: tlsFingerprint };
}
