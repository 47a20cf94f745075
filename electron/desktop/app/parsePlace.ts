import type { Place } from '../../contract/ipc.ts';
import { knownPools } from '../../contract/knownPools.ts';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import type { PoolSettings } from '../../contract/settings.ts';
import { parsePoolUrl } from '../../core/work/poolUrl.ts';

const USUAL_TLS_PORT = 443;

/** Where a pool or a node is, as it was typed. Without a scheme the port tells whether TLS is likely. */
export function parsePlace(text: string, kind: PoolSettings['kind']): Result<Place> {
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text.trim()) ?? [];
  const [, authority = '', path = ''] = /^([^/]*)(\/.*)?$/s.exec(rest) ?? [];
  const parsed = parsePoolUrl(`${schemeFor(kind, scheme)}${authority}`);
  if (!parsed.ok) return parsed;
  const { host, port, tls } = parsed.value;
  if (parsed.value.kind !== kind) {
    return refused(problem(kind === 'daemon' ? 'placeIsOfPool' : 'placeIsOfNode'));
  }
  const before = kind === 'daemon' ? path.replace(/\/+$/, '') : '';
  return success({
    host,
    port,
    tls: scheme === undefined ? isTlsPort(host, port) : tls,
    ...(before === '' ? {} : { path: before }),
  });
}

/** A node is spoken to over HTTP, whether that is written or not. */
function schemeFor(kind: PoolSettings['kind'], scheme: string | undefined): string {
  if (kind === 'stratum') return scheme === undefined ? '' : `${scheme}://`;
  if (scheme === undefined) return 'daemon+http://';
  return /^https?$/i.test(scheme) ? `daemon+${scheme}://` : `${scheme}://`;
}

function isTlsPort(host: string, port: number): boolean {
  const known = knownPools.find((pool) => pool.host === host.toLowerCase());
  const itsPort = known?.ports.find((candidate) => candidate.port === port);
  return itsPort?.tls ?? port === USUAL_TLS_PORT;
}
