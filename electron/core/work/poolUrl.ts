import { isIPv6 } from 'node:net';
import { failure, success, type Result } from '../../contract/result.ts';

/** Where a pool (or a monerod for solo mining) listens, as users write it down. */
export interface PoolUrl {
  readonly kind: 'stratum' | 'daemon';
  /** Name or address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** The port pools listen on when none is written. */
export const DEFAULT_STRATUM_PORT = 3333;
/** monerod's RPC port on mainnet. */
export const DEFAULT_DAEMON_PORT = 18081;

type Scheme = Pick<PoolUrl, 'kind' | 'tls'>;

const stratum: Scheme = { kind: 'stratum', tls: false };
const stratumTls: Scheme = { kind: 'stratum', tls: true };

const schemes: ReadonlyMap<string, Scheme> = new Map([
  ['stratum+tcp', stratum],
  ['stratum', stratum],
  ['tcp', stratum],
  ['stratum+ssl', stratumTls],
  ['stratum+tls', stratumTls],
  ['ssl', stratumTls],
  ['tls', stratumTls],
  ['daemon+http', { kind: 'daemon', tls: false }],
  ['daemon+https', { kind: 'daemon', tls: true }],
]);

/**
 * Reads `host`, `host:port`, `[v6]:port` or `scheme://host:port`.
 * Errors: `pool_url_empty`, `pool_url_scheme`, `pool_url_host`, `pool_url_port`.
 */
export function parsePoolUrl(text: string): Result<PoolUrl> {
  const trimmed = text.trim();
  if (trimmed === '') {
    return failure('pool_url_empty', 'Enter the address of a pool, such as pool.example.com:3333.');
  }
  const [, schemeName, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(trimmed) ?? [];
  const scheme = schemeName === undefined ? stratum : schemes.get(schemeName.toLowerCase());
  if (scheme === undefined) return unknownScheme(schemeName ?? '');
  const defaultPort = scheme.kind === 'daemon' ? DEFAULT_DAEMON_PORT : DEFAULT_STRATUM_PORT;
  const place = parseHostPort(rest.replace(/\/+$/, ''), defaultPort);
  return place.ok ? success({ ...scheme, ...place.value }) : place;
}

/** Reads `host`, `host:port` or `[v6]:port`; errors as for `parsePoolUrl`. */
export function parseHostPort(
  text: string,
  defaultPort?: number,
): Result<{ readonly host: string; readonly port: number }> {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(text);
  if (bracketed === null && text.split(':').length > 2) {
    return failure('pool_url_host', `Put an IPv6 address in brackets: [${text}]:3333.`);
  }
  const [host = '', portText] = bracketed ? bracketed.slice(1, 3) : text.split(':', 2);
  if (bracketed ? !isIPv6(host) : !isHostName(host)) {
    return failure('pool_url_host', `“${host}” is not a host name or address.`);
  }
  const port = portText === undefined ? defaultPort : parsePort(portText);
  if (port === undefined) {
    const found = portText === undefined ? 'there is none' : `“${portText}” is none`;
    return failure('pool_url_port', `A port is a number from 1 to 65535, but ${found}.`);
  }
  return success({ host, port });
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

function unknownScheme(name: string): Result<never> {
  return /^https?$/i.test(name)
    ? failure(
        'pool_url_scheme',
        `${name}:// is the pool's web page. Look there for the address of its mining port, ` +
          'such as pool.example.com:3333; for your own monerod write daemon+http://host:port.',
      )
    : failure(
        'pool_url_scheme',
        `${name}:// is not known here. Write host:port, stratum+tcp://host:port or stratum+ssl://host:port.`,
      );
}
