import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { SocksClient } from 'socks';
import { problem, type Problem } from '../../../contract/problem.ts';
import { systemClock } from '../../clock.ts';
import { lookupUntil, NAME_SERVERS_SILENT, NAME_UNKNOWN } from '../lookup.ts';
import { formatHostPort } from '../poolUrl.ts';
import type { Socks5Spec } from '../spec.ts';
import { inspectCertificate } from './certificate.ts';
import type { TransportOptions } from './stratumOptions.ts';
import type { CertificateTrust } from './trust.ts';

/** Opens the way to a pool: TCP (through a SOCKS5 proxy, if asked), and TLS on top. */

const TCP_KEEPALIVE_MS = 60_000;
/** How long one address of several may take before the next is tried; the last has all the time. */
const ADDRESS_ATTEMPT_MS = 1000;

export type Opened =
  | {
      readonly ok: true;
      readonly socket: Socket;
      /** What the first answer took: the way there and back. */
      readonly roundTripMs: number;
      readonly tlsFingerprint?: string;
    }
  | {
      readonly ok: false;
      readonly error: Problem;
      /** Nothing but another setting mends it. */
      readonly fatal: boolean;
      /** The way is open, but the certificate was not trusted. */
      readonly distrusted: boolean;
    };

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
    signal.throwIfAborted();
    const opened = await openTcp(options, signal);
    const { roundTripMs } = opened;
    ({ socket } = opened);
    if (socks5) {
      step = 'proxy';
      await askProxy(socket, socks5, { host, port });
    }
    if (!trust) return { ok: true, socket, roundTripMs };
    step = 'tls';
    const name = options.tls?.serverName ?? host;
    const secure = await openTls(socket, name);
    const certificate = inspectCertificate(secure, name);
    const distrust = trust.judge(certificate);
    if (!distrust) {
      return { ok: true, socket: secure, roundTripMs, tlsFingerprint: certificate.fingerprint };
    }
    secure.destroy();
    return { ok: false, error: distrust.error, fatal: distrust.isFinal, distrusted: true };
  } catch (error) {
    socket?.destroy();
    const explained = explain(step, options, error, signal.aborted);
    return { ok: false, error: explained, fatal: false, distrusted: false };
  }
}

/** Resolves names to all their addresses, of either family, and tries them in turn. */
async function openTcp(
  { host, port, socks5, lookup, onOpening }: TransportOptions,
  signal: AbortSignal,
): Promise<{ readonly socket: Socket; readonly roundTripMs: number }> {
  const socket = connectTcp({
    host: socks5?.host ?? host,
    port: socks5?.port ?? port,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: TCP_KEEPALIVE_MS,
    lookup: lookup ?? lookupUntil(signal),
  });
  onOpening?.(socket);
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  let attemptedAtMs = systemClock.nowMs();
  socket.on('connectionAttempt', () => (attemptedAtMs = systemClock.nowMs()));
  await ready(socket, 'connect');
  return { socket, roundTripMs: systemClock.nowMs() - attemptedAtMs };
}

async function askProxy(
  socket: Socket,
  { host, port, userId, password }: Socks5Spec,
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

function explain(
  step: Step,
  { host, port, socks5 }: TransportOptions,
  error: unknown,
  tookTooLong: boolean,
): Problem {
  const place = formatHostPort({ host, port });
  switch (step) {
    case 'tls':
      return problem('tlsFailed', { place });
    case 'proxy':
      return problem('proxyFailed', { place, reason: reasonOf(error) });
    case 'tcp': {
      const why = explainTcp(socks5 ?? { host, port }, error, tookTooLong);
      return socks5 ? problem('proxyUnreachable', { why }) : why;
    }
  }
}

function explainTcp(
  { host, port }: { readonly host: string; readonly port: number },
  error: unknown,
  tookTooLong: boolean,
): Problem {
  const place = formatHostPort({ host, port });
  if (tookTooLong) return problem('connectionTimedOut', { place });
  const reason = reasonOf(error);
  switch (reason) {
    case 'ECONNREFUSED':
      return problem('connectionRefused', { place });
    case 'ETIMEDOUT':
      return problem('connectionTimedOut', { place });
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return problem('hostUnreachable', { place });
    case NAME_UNKNOWN:
    case 'ENODATA':
      return problem('hostNotFound', { host });
    case NAME_SERVERS_SILENT:
    case 'EAI_AGAIN':
      return problem('nameServersSilent', { host });
    default:
      return problem('connectionFailed', { place, reason });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
