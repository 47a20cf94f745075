import type { PoolLatency } from '../../contract/knownPools.ts';
import type { ProblemCode } from '../../contract/problem.ts';
import type { OnOpening } from './stratum/stratumOptions.ts';
import { openTransport } from './stratum/transport.ts';
import { CertificateTrust } from './stratum/trust.ts';
import { tlsOptionsOf } from './tls.ts';

const LIMIT_MS = 5000;

interface Place {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly onOpening?: OnOpening;
}

/** Connects, over TLS where the pool speaks it, and leaves: nothing else is sent. Never rejects. */
export async function measureLatency(
  { tls: isEncrypted, ...place }: Place,
  limitMs = LIMIT_MS,
): Promise<PoolLatency> {
  const tls = tlsOptionsOf({ use: isEncrypted ? 'authority' : 'none' });
  const signal = AbortSignal.timeout(limitMs);
  const opened = await openTransport(
    { ...place, ...(tls === undefined ? {} : { tls }) },
    tls && new CertificateTrust(tls),
    signal,
  );
  if (!opened.ok)
    return { result: signal.aborted ? 'silent' : (failures[opened.error.code] ?? 'failed') };

  opened.socket.destroy();
  return { result: 'reached', roundTripMs: opened.roundTripMs };
}

type Failure = Exclude<PoolLatency['result'], 'reached'>;

const failures: Readonly<Partial<Record<ProblemCode, Failure>>> = {
  connectionRefused: 'refused',
  connectionTimedOut: 'silent',
  hostNotFound: 'notFound',
  hostUnreachable: 'offline',
  nameServersSilent: 'offline',
  certificateNotTrusted: 'certificate',
};
