import type { OldDocument } from './migrations.ts';

type Old = Readonly<Record<string, unknown>>;

/**
 * Version 1 had one shape for pools, nodes and practice, and a power whose number of threads could be missing. Whatever
 * is not as version 1 wrote it is handed on as it is, for the schema to refuse.
 */
export function fromVersion1(document: OldDocument): OldDocument {
  const { pools, power } = document;
  return {
    ...document,
    ...(Array.isArray(pools) && {
      work: isRecord(pools[0]) && pools[0]['kind'] === 'practice' ? 'practice' : 'pools',
      pools: pools.filter((pool) => !isPlaceless(pool)).map(poolFrom),
    }),
    ...(isRecord(power) && { power: powerFrom(power) }),
  };
}

/** Practice is no pool of the list any more; a pool without host or port could never be mined at. */
function isPlaceless(pool: unknown): boolean {
  return (
    isRecord(pool) && (pool['kind'] === 'practice' || pool['host'] === '' || pool['port'] === 0)
  );
}

function poolFrom(pool: unknown): unknown {
  if (!isRecord(pool)) return pool;
  const { login, password, rigId, tls, tlsFingerprint, ...rest } = pool;
  const secured = tls === true ? trustFrom(tlsFingerprint) : { use: 'none' };
  const hasLogin = login !== undefined && login !== '';
  if (pool['kind'] === 'daemon') {
    const rpcLogin = { user: login, password: password ?? '' };
    return { ...rest, tls: secured, ...(hasLogin && { rpcLogin }) };
  }
  return {
    ...rest,
    tls: secured,
    login: hasLogin ? { use: 'text', text: login } : { use: 'wallet' },
    password: password ?? 'x',
    ...(rigId !== undefined && rigId !== '' && { rigId }),
  };
}

function trustFrom(fingerprint: unknown): Old {
  return fingerprint === undefined ? { use: 'authority' } : { use: 'pinned', fingerprint };
}

/** A custom power without a number meant the balanced one. */
function powerFrom({ profile, threads, ...rest }: Old): Old {
  if (profile !== 'custom') return { ...rest, profile: profile ?? 'balanced' };
  return typeof threads === 'number'
    ? { ...rest, profile, threads }
    : { ...rest, profile: 'balanced' };
}

function isRecord(value: unknown): value is Old {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
