import { createHash } from 'node:crypto';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { SocksClient } from 'socks';
import { failure, type Failure } from '../../../contract/result.ts';
import { formatHostPort } from '../poolUrl.ts';
import type { Socks5Options, TransportOptions } from './options.ts';
import type { CertificateTrust } from './trust.ts';

/** Opens the way to a pool: TCP (through a SOCKS5 proxy, if asked), and TLS on top. */

const TCP_KEEPALIVE_MS = 60_000;
/** How long one address of several may take before the next is tried; the last has all the time. */
const ADDRESS_ATTEMPT_MS = 1000;

export type Opened =
  | { readonly ok: true; readonly socket: Socket; readonly tlsFingerprint?: string }
  | { readonly ok: false; readonly error: Failure; readonly fatal: boolean };

type Step = 'tcp' | 'proxy' | 'tls';

/** Never rejects. Aborting the signal means that the connection took too long. */
export async function openTransport(
  options: TransportOptions,
  trust: CertificateTrust | undefined,
  signal: AbortSignal,
): Promise<Opened> {
  const { host, port, socks5 } = options;
  let step: Step = 'tcp';
  let socket: Socket | undefined;
  try {
    socket = await openTcp(options, signal);
    if (socks5) {
      step = 'proxy';
      await askProxy(socket, socks5, { host, port });
    }
    if (!trust) return { ok: true, socket };
    step = 'tls';
    const secure = await openTls(socket, options.tls?.serverName ?? host);
    const certificate = inspectCertificate(secure);
    const distrust = trust.judge(certificate);
    if (!distrust) return { ok: true, socket: secure, tlsFingerprint: certificate.fingerprint };
    secure.destroy();
    return { ok: false, error: distrust, fatal: true };
  } catch (error) {
    socket?.destroy();
    return { ok: false, error: explain(step, options, error, signal.aborted), fatal: false };
  }
}

/** Resolves names to all their addresses, of either family, and tries them in turn. */
function openTcp({ host, port, socks5, lookup }: TransportOptions, signal: AbortSignal) {
  const socket = connectTcp({
    host: socks5?.host ?? host,
    port: socks5?.port ?? port,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: TCP_KEEPALIVE_MS,
    ...(lookup && { lookup }),
  });
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  return ready(socket, 'connect');
}

async function askProxy(
  socket: Socket,
  { host, port, userId, password }: Socks5Options,
  destination: { readonly host: string; readonly port: number },
): Promise<void> {
  await SocksClient.createConnection({
    proxy: {
      host,
      port,
      type: 5,
      ...(userId !== undefined && { userId, password: password ?? '' }),
    },
    command: 'connect',
    destination: { ...destination },
    existing_socket: socket,
  });
}

function openTls(socket: Socket, name: string): Promise<TLSSocket> {
  const secure = connectTls({
    socket,
    host: name,
    ...(isIP(name) === 0 && { servername: name }),
    // Pools' certificates are mostly self-signed: CertificateTrust judges them before a byte is sent.
    rejectUnauthorized: false,
  });
  return ready(secure, 'secureConnect');
}

/** Settles at the event, or when the socket fails first. Errors after that are told by `close`. */
function ready<T extends Socket>(socket: T, event: 'connect' | 'secureConnect'): Promise<T> {
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('closed')));
    socket.once(event, () => resolve(socket));
  });
}

function inspectCertificate(socket: TLSSocket) {
  const der = socket.getPeerCertificate().raw as Buffer | undefined;
  return {
    fingerprint: createHash('sha256')
      .update(der ?? '')
      .digest('hex'),
    verified: socket.authorized,
    problem: String(socket.authorizationError),
  };
}

function explain(
  step: Step,
  { host, port, socks5 }: TransportOptions,
  error: unknown,
  tookTooLong: boolean,
): Failure {
  const pool = formatHostPort({ host, port });
  if (step === 'tls') {
    return failure(
      'tls_failed',
      `${pool} did not answer in TLS. Is this a TLS port? Turn TLS off, or use the pool's TLS port.`,
    ).error;
  }
  if (step === 'proxy') {
    return failure(
      'proxy_failed',
      `The proxy could not reach ${pool} (${reason(error)}). Check the pool's address, and the proxy's log.`,
    ).error;
  }
  const place = socks5 ? `The proxy ${formatHostPort(socks5)}` : pool;
  if (tookTooLong) {
    const text = `${place} did not answer in time. Check host, port and your internet connection.`;
    return failure('connect_timeout', text).error;
  }
  const code = reason(error);
  const [kind, text] = tcpErrors.get(code) ?? [
    'connect_failed',
    `could not be reached (${code}). Check host, port and your internet connection.`,
  ];
  return failure(kind, `${place} ${text}`).error;
}

const unreachable = [
  'host_unreachable',
  'cannot be reached from here. Check your internet connection.',
] as const;
const unknownName = [
  'host_not_found',
  'has no address. Check the spelling and your internet connection.',
] as const;

const tcpErrors = new Map<string, readonly [code: string, text: string]>([
  ['ECONNREFUSED', ['connection_refused', 'refused the connection. Is the port right?']],
  ['ETIMEDOUT', ['connect_timeout', 'did not answer in time. Check host and port.']],
  ['ENETUNREACH', unreachable],
  ['EHOSTUNREACH', unreachable],
  ['ENOTFOUND', unknownName],
  ['EAI_AGAIN', unknownName],
]);

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
