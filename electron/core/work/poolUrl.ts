import { isIPv6 } from 'node:net';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';

/** Where a pool (or a monerod for solo mining) listens, as users write it down. */
export interface PoolUrl {
  readonly kind: 'stratum' | 'daemon';
  /** Name or address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** How `tls` is known: written down (`ssl://`, `:tls`), guessed from the port, or left open. */
  readonly tlsIs: 'said' | 'guessed' | 'unsaid';
}

/** The port pools listen on when none is written. */
export const DEFAULT_STRATUM_PORT = 3333;
/** monerod's RPC port on mainnet. */
export const DEFAULT_DAEMON_PORT = 18081;

/** Nearly every pool that listens here speaks TLS. */
const TLS_PORT = 443;

interface Scheme {
  readonly kind: PoolUrl['kind'];
  readonly tls?: boolean;
}

const schemes: ReadonlyMap<string, Scheme> = new Map([
  ['stratum+tcp', { kind: 'stratum', tls: false }],
  ['stratum', { kind: 'stratum' }],
  ['tcp', { kind: 'stratum', tls: false }],
  ['stratum+ssl', { kind: 'stratum', tls: true }],
  ['stratum+tls', { kind: 'stratum', tls: true }],
  ['stratums', { kind: 'stratum', tls: true }],
  ['ssl', { kind: 'stratum', tls: true }],
  ['tls', { kind: 'stratum', tls: true }],
  ['daemon+http', { kind: 'daemon', tls: false }],
  ['daemon+https', { kind: 'daemon', tls: true }],
]);

/** What some pools' pages and other miners put behind the port. */
const endings: ReadonlyMap<string, boolean> = new Map([
  ['tls', true],
  ['ssl', true],
  ['tcp', false],
]);

/**
 * Reads `host`, `host:port`, `[v6]:port`, `scheme://host:port`, `scheme:host:port` or `host:port:tls`.
 * Errors: the codes of the catalogue that begin with `poolUrl`.
 */
export function parsePoolUrl(text: string): Result<PoolUrl> {
  const trimmed = text.trim();
  if (trimmed === '') return refused(problem('poolUrlEmpty'));
  const { name, rest } = cutScheme(trimmed);
  const scheme = name === undefined ? { kind: 'stratum' as const } : schemes.get(name);
  if (scheme === undefined) return unknownScheme(name ?? '');
  const { kind } = scheme;
  const { place, ending } = cutEnding(rest.replace(/\/+$/, ''));
  const login = place.lastIndexOf('@');
  if (login >= 0) return refused(problem('poolUrlLogin', { place: place.slice(login + 1) }));
  const defaultPort = kind === 'daemon' ? DEFAULT_DAEMON_PORT : DEFAULT_STRATUM_PORT;
  const parsed = parseHostPort(place, defaultPort);
  if (!parsed.ok) return parsed;
  const said = scheme.tls ?? ending;
  if (said !== undefined) return success({ kind, ...parsed.value, tls: said, tlsIs: 'said' });
  return success(
    parsed.value.port === TLS_PORT
      ? { kind, ...parsed.value, tls: true, tlsIs: 'guessed' }
      : { kind, ...parsed.value, tls: false, tlsIs: 'unsaid' },
  );
}

/** `tcp:host:port` means a scheme too; `tcp:3333` is a host of that name. */
function cutScheme(text: string): { readonly name?: string; readonly rest: string } {
  const [, name, slashes, rest = ''] = /^([a-z][a-z0-9+.-]*):(\/\/)?(.*)$/is.exec(text) ?? [];
  const known = name?.toLowerCase();
  if (known === undefined) return { rest: text };
  const isScheme = slashes !== undefined || (schemes.has(known) && rest.includes(':'));
  return isScheme ? { name: known, rest } : { rest: text };
}

function cutEnding(text: string): { readonly place: string; readonly ending?: boolean } {
  const [, place = text, word = ''] = /^(.*:\d+):([a-z]+)$/is.exec(text) ?? [];
  const ending = endings.get(word.toLowerCase());
  return ending === undefined ? { place: text } : { place, ending };
}

/** Reads `host`, `host:port` or `[v6]:port`; errors as for `parsePoolUrl`. */
export function parseHostPort(
  text: string,
  defaultPort?: number,
): Result<{ readonly host: string; readonly port: number }> {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(text);
  if (bracketed === null && isIPv6(text.replace(/:\d{5}$/, ''))) {
    return refused(problem('poolUrlBrackets', { address: text }));
  }
  const [, host = '', portText] = bracketed ?? /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  if (host === '') return refused(problem('poolUrlHostMissing'));
  if (bracketed ? !isIPv6(host) : !isHostName(host)) {
    return refused(problem('poolUrlHost', { host }));
  }
  if (portText === undefined) {
    return defaultPort === undefined
      ? refused(problem('poolUrlPortMissing'))
      : success({ host, port: defaultPort });
  }
  const port = parsePort(portText);
  return port === undefined
    ? refused(problem('poolUrlPort', { port: portText }))
    : success({ host, port });
}

/** The inverse of `parseHostPort`. */
export function formatHostPort({ host, port }: Pick<PoolUrl, 'host' | 'port'>): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Letters, digits, dot, hyphen and underscore: covers DNS names, IPv4 and .onion. */
function isHostName(host: string): boolean {
  return host.length <= 253 && /^(?!-)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?$/i.test(host);
}

function parsePort(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65535 ? port : undefined;
}

function unknownScheme(scheme: string): Result<never> {
  return refused(problem(/^https?$/.test(scheme) ? 'poolUrlWebPage' : 'poolUrlScheme', { scheme }));
}
