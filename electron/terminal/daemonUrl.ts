import { failure, success, type Result } from '../contract/result.ts';
import { DEFAULT_DAEMON_PORT } from '../core/work/poolUrl.ts';
import { shown } from './flags.ts';

/** Where a monerod answers. */
export interface DaemonUrl {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly login?: { readonly user: string; readonly password: string };
  /** Port of monerod's --zmq-pub on the same host. */
  readonly zmqPort?: number;
}

/**
 * Reads `http[s]://[user:password@]host[:port][/?zmq=PORT]`, also as `daemon+http://` and without
 * scheme. `zmq` is the port of monerod's --zmq-pub.
 */
export function parseDaemonUrl(text: string): Result<DaemonUrl> {
  const trimmed = text.trim().replace(/^daemon\+/i, '');
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed);
  const withScheme = hasScheme ? trimmed : `http://${trimmed}`;
  if (!URL.canParse(withScheme)) return notAnUrl(text);
  const url = new URL(withScheme);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isHttp || url.hostname === '' || url.hash !== '') return notAnUrl(text);
  if (!['', '/', '/json_rpc'].includes(url.pathname)) return notAnUrl(text);
  const port = writtenPort(withScheme) ?? DEFAULT_DAEMON_PORT;
  if (!isPort(port)) return notAnUrl(text);
  const login = loginOf(url);
  const zmq = /^\?zmq=(\d{1,5})$/.exec(url.search)?.[1];
  const zmqPort = zmq === undefined ? undefined : Number(zmq);
  if (login === undefined || (url.search !== '' && !isPort(zmqPort))) return notAnUrl(text);
  return success({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    tls: url.protocol === 'https:',
    ...(login.user === '' ? {} : { login }),
    ...(zmqPort === undefined ? {} : { zmqPort }),
  });
}

/** URL drops a port that is the scheme's own (80, 443); here it was meant. */
function writtenPort(text: string): number | undefined {
  const digits = /^[^/]*\/\/[^/?]*:(\d+)(?:[/?]|$)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function isPort(port: number | undefined): boolean {
  return port !== undefined && port >= 1 && port <= 65535;
}

/** Undefined when a percent sign stands for nothing. */
function loginOf(url: URL): DaemonUrl['login'] {
  try {
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    return undefined;
  }
}

function notAnUrl(text: string): Result<never> {
  return failure(
    'daemon_url',
    `“${shown(text)}” is not the address of a monerod; write http://host:port, such as http://127.0.0.1:18081.`,
  );
}
