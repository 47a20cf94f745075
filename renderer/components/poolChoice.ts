import { knownPools, ownSources } from '../../electron/contract/knownPools.ts';
import type {
  LoginSettings,
  PoolSettings,
  StratumSettings,
  TlsSettings,
} from '../../electron/contract/settings.ts';

/** Ids only need to be unlike each other inside one settings file. */
export function newPoolId(): string {
  return crypto.randomUUID();
}

export function knownPool(id: string): PoolSettings | null {
  const pool = knownPools.find((candidate) => candidate.id === id);
  if (!pool) return null;
  const { name, host, port } = pool;
  return stratumPool({ name, host, port, tls: tlsIf(pool.tls) });
}

/** Software of the user's own on this computer that takes any name as a login. */
export function ownSource(id: string): PoolSettings | null {
  const source = ownSources.find((candidate) => candidate.id === id);
  if (!source) return null;
  const { name, host, port, kind, login } = source;
  const place = { name, host, port, tls: tlsIf(source.tls) };
  if (kind === 'daemon') return { id: newPoolId(), kind, ...place };
  return stratumPool({
    ...place,
    login: login === null ? walletLogin : { use: 'text', text: login },
  });
}

const walletLogin: LoginSettings = { use: 'wallet' };

function stratumPool(
  place: Pick<StratumSettings, 'name' | 'host' | 'port' | 'tls'> & Partial<StratumSettings>,
): StratumSettings {
  return { id: newPoolId(), kind: 'stratum', login: walletLogin, password: 'x', ...place };
}

export function tlsIf(wanted: boolean, fingerprint?: string): TlsSettings {
  if (!wanted) return { use: 'none' };
  return fingerprint === undefined ? { use: 'authority' } : { use: 'pinned', fingerprint };
}

export function fingerprintOf({ tls }: Pick<PoolSettings, 'tls'>): string | undefined {
  return tls.use === 'pinned' ? tls.fingerprint : undefined;
}

/** A connection that never leaves the computer needs no encryption. */
export function needsTlsConfirmation(pool: Pick<PoolSettings, 'host' | 'tls'>): boolean {
  return pool.tls.use === 'none' && !isLoopback(pool.host);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || host.startsWith('127.');
}

/** host:port, an IPv6 host in brackets. */
export function endpointText(pool: { readonly host: string; readonly port: number }): string {
  const host = pool.host.includes(':') && !pool.host.startsWith('[') ? `[${pool.host}]` : pool.host;
  return `${host}:${pool.port}`;
}
