import { lookup as systemLookup, promises, type LookupAddress } from 'node:dns';
import { readFile } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import { join } from 'node:path';

/**
 * Resolves names so that it can be given up at once. The system's own resolver cannot: while it waits for a name server
 * that does not answer, the process does not even end. So it is asked only for names that it finds without one, and for
 * those that the name servers answered not to know (a directory service or a VPN may).
 */

const QUERY_TIMEOUT_MS = 3000;
const QUERY_TRIES = 2;

/** The codes of `LookupFailure` beside those of the system. */
export const NAME_UNKNOWN = 'ENOTFOUND';
export const NAME_SERVERS_SILENT = 'ETIMEOUT';

/** For `net.connect`. Aborting the signal ends it without a trace. */
export function lookupUntil(signal: AbortSignal): LookupFunction {
  return (host, options, callback) => {
    void addressesOf(host, signal).then((found) => {
      if (signal.aborted) return;
      if (found === 'askSystem') systemLookup(host, options, callback);
      else if (found === 'silent') {
        callback(Object.assign(new Error(host), { code: NAME_SERVERS_SILENT }), '');
      } else if (options.all) callback(null, found);
      else callback(null, found[0].address, found[0].family);
    });
  };
}

type Found = readonly [LookupAddress, ...LookupAddress[]];

async function addressesOf(
  host: string,
  signal: AbortSignal,
): Promise<[...Found] | 'askSystem' | 'silent'> {
  if (isLocalName(host) || (await isInHostsFile(host))) return 'askSystem';
  if (signal.aborted) return 'silent';
  const resolver = new promises.Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  signal.removeEventListener('abort', cancel);
  const [first, ...others] = answers.flatMap((answer, index) =>
    answer.status === 'fulfilled'
      ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 }))
      : [],
  );
  if (first !== undefined) return [first, ...others];
  const codes = answers.map((answer) =>
    answer.status === 'rejected' ? (answer.reason as NodeJS.ErrnoException).code : undefined,
  );
  return codes.some((code) => code === NAME_SERVERS_SILENT || code === 'ECANCELLED')
    ? 'silent'
    : 'askSystem';
}

/** Names that no name server is asked for: this computer's own, and those of the network around it. */
function isLocalName(host: string): boolean {
  return !host.includes('.') || /\.(?:local|localhost)\.?$/i.test(host);
}

async function isInHostsFile(host: string): Promise<boolean> {
  const path =
    process.platform === 'win32'
      ? join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts')
      : '/etc/hosts';
  const lines = (await readFile(path, 'utf8').catch(() => '')).toLowerCase().split('\n');
  const name = host.toLowerCase();
  return lines.some((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1).includes(name));
}
