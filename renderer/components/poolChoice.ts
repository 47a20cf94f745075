import { isPrivateWay } from '../../electron/contract/host.ts';
import { knownPools, ownSources, type KnownPoolId } from '../../electron/contract/knownPools.ts';
import type { PoolSettings, TlsSettings } from '../../electron/contract/settings.ts';
import { newDraft, type PoolDraft } from './poolForm/draft.ts';

/** Ids only need to be unlike each other inside one settings file. */
export function newPoolId(): string {
  return crypto.randomUUID();
}

/** One of the pools offered by name, with the certificate that the user trusted, if any. */
export function knownPool(id: KnownPoolId, tls?: TlsSettings): PoolSettings | null {
  const pool = knownPools.find((candidate) => candidate.id === id);
  if (!pool) return null;
  const { name, host, port } = pool;
  return {
    ...{ id: newPoolId(), kind: 'stratum', name, host, port, tls: tls ?? tlsIf(pool.tls) },
    ...{ login: { use: 'wallet' }, password: 'x' },
  };
}

/** Software of the user's own, which usually runs on this computer. */
export function ownDraft(id: 'p2pool' | 'xmrig-proxy' | 'solo'): PoolDraft {
  const source = ownSources.find((candidate) => candidate.id === id);
  if (!source) return newDraft('stratum');
  const { kind, name, login } = source;
  return { ...newDraft(kind), name, address: endpointText(source), login: login ?? '' };
}

export function tlsIf(wanted: boolean, fingerprint?: string): TlsSettings {
  if (!wanted) return { use: 'none' };
  return fingerprint === undefined ? { use: 'authority' } : { use: 'pinned', fingerprint };
}

/** A connection that never leaves the computer needs no encryption, and one to an onion address has it already. */
export function needsTlsConfirmation(pool: Pick<PoolSettings, 'host' | 'tls'>): boolean {
  return pool.tls.use === 'none' && !isPrivateWay(pool.host);
}

/** host:port, an IPv6 host in brackets. */
export function endpointText(pool: { readonly host: string; readonly port: number }): string {
  const host = pool.host.includes(':') && !pool.host.startsWith('[') ? `[${pool.host}]` : pool.host;
  return `${host}:${pool.port}`;
}
