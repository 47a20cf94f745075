import { knownPools, ownSources } from '../../electron/contract/knownPools.ts';
import type { PoolSettings } from '../../electron/contract/settings.ts';

/** Ids only need to be unlike each other inside one settings file. */
export function newPoolId(): string {
  return crypto.randomUUID();
}

export function knownPool(id: string): PoolSettings | null {
  const pool = knownPools.find((candidate) => candidate.id === id);
  if (!pool) return null;
  const { name, host, port, tls } = pool;
  return { id: newPoolId(), kind: 'stratum', name, host, port, tls, password: 'x' };
}

/** Software of the user's own on this computer that takes any name as a login. */
export function ownSource(id: string): PoolSettings | null {
  const source = ownSources.find((candidate) => candidate.id === id);
  if (!source) return null;
  const { name, host, port, tls, kind, login } = source;
  return {
    id: newPoolId(),
    kind,
    name,
    host,
    port,
    tls,
    password: 'x',
    ...(login === null ? {} : { login }),
  };
}

/** The built-in pool needs no address: the app opens it on loopback when mining starts. */
export function practicePool(name: string): PoolSettings {
  return {
    id: newPoolId(),
    kind: 'practice',
    name,
    host: '127.0.0.1',
    port: 0,
    tls: false,
    password: 'x',
  };
}

/** A connection that never leaves the computer needs no encryption. */
export function needsTlsConfirmation(pool: Pick<PoolSettings, 'kind' | 'host' | 'tls'>): boolean {
  return pool.kind !== 'practice' && !pool.tls && !isLoopback(pool.host);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || host.startsWith('127.');
}

/** host:port, an IPv6 host in brackets. */
export function endpointText(pool: { readonly host: string; readonly port: number }): string {
  const host = pool.host.includes(':') && !pool.host.startsWith('[') ? `[${pool.host}]` : pool.host;
  return `${host}:${pool.port}`;
}
