import { problem } from '../../../contract/problem.ts';
import { refused, success, type Result } from '../../../contract/result.ts';
import { DEFAULT_DAEMON_PORT, parseHostPort } from '../poolUrl.ts';

/** Where a monerod answers. */
export interface NodeUrl {
  /** Name or address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly login?: { readonly user: string; readonly password: string };
  /** Before the node's own paths; without a slash at the end. */
  readonly path?: string;
  /** Port of monerod's --zmq-pub on the same host. */
  readonly zmqPort?: number;
}

const HTTPS_PORT = 443;
const LONGEST_SHOWN = 60;
const FORM =
  /^(?:(?<scheme>[a-z][a-z0-9+.-]*):\/\/)?(?:(?<login>.*)@)?(?<place>[^/?#@]*)(?<path>\/[^?#]*)?(?<query>[?#].*)?$/is;
const PATH = /^[\w.~%!$&'()*+,;=:@/-]*$/;
/** Fields of HTTP take no others. */
const CONTROL_CHARACTERS = /\p{Cc}/u;

/**
 * Reads `[http[s]://][user:password@]host[:port][/path][?zmq=PORT]`, also as `daemon+http://`. Without a scheme, TLS is for
 * port 443 alone; without a port it is monerod's own.
 */
export function parseNodeUrl(text: string): Result<NodeUrl> {
  const parts = FORM.exec(text.trim())?.groups ?? {};
  const { place = '', query = '' } = parts;
  const scheme = parts.scheme?.toLowerCase().replace(/^daemon\+/, '');
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return refused(problem('nodeUrlScheme', { scheme: shown(scheme) }));
  }
  if (place === '') return refused(problem('nodeUrlEmpty'));
  const where = parseHostPort(place, DEFAULT_DAEMON_PORT);
  if (!where.ok) return where;
  const login = parts.login === undefined ? undefined : parseLogin(parts.login);
  if (login === 'broken') return refused(problem('nodeUrlLogin'));
  const path = (parts.path ?? '').replace(/\/+$/, '').replace(/\/json_rpc$/, '');
  if (!PATH.test(path)) return refused(problem('nodeUrlPath', { path: shown(path) }));
  const zmq = /^\?zmq=(\d{1,5})$/.exec(query)?.[1];
  const zmqPort = zmq === undefined ? undefined : Number(zmq);
  if (query !== '' && !isPort(zmqPort)) {
    return refused(problem('nodeUrlQuery', { query: shown(query) }));
  }
  return success({
    ...where.value,
    tls: scheme === undefined ? where.value.port === HTTPS_PORT : scheme === 'https',
    ...(login === undefined ? {} : { login }),
    ...(path === '' ? {} : { path }),
    ...(zmqPort === undefined ? {} : { zmqPort }),
  });
}

function parseLogin(text: string): NodeUrl['login'] | 'broken' {
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/s.exec(text) ?? [];
  try {
    const login = { user: decodeURIComponent(user), password: decodeURIComponent(password) };
    const isUsable = login.user !== '' && !CONTROL_CHARACTERS.test(login.user + login.password);
    return isUsable ? login : 'broken';
  } catch {
    return 'broken'; // a percent sign that stands for nothing
  }
}

function isPort(port: number | undefined): boolean {
  return port !== undefined && port >= 1 && port <= 65535;
}

function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
