import { createHash } from 'node:crypto';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { problem, type Problem } from '../../../contract/problem.ts';
import { printable } from './printable.ts';
import type { PresentedCertificate } from './trust.ts';

/** What the other side of a TLS connection showed of itself; `name` is who it should be. */
export function inspectCertificate(socket: TLSSocket, name: string): PresentedCertificate {
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  const { raw, valid_from: from, valid_to: until } = certificate;
  const names = namesOf(certificate);
  return {
    fingerprint: createHash('sha256')
      .update(raw ?? '')
      .digest('hex'),
    verified: socket.authorized,
    problem: socket.authorized
      ? null
      : complaint(String(socket.authorizationError), { name, names, from, until }),
    names,
    validFromMs: timeOf(from),
    validUntilMs: timeOf(until),
  };
}

function namesOf({ subjectaltname, subject }: Partial<PeerCertificate>): readonly string[] {
  const listed = [...(subjectaltname ?? '').matchAll(/(?:DNS|IP Address):([^,\s]+)/g)];
  const names = listed.length > 0 ? listed.map(([, one]) => one ?? '') : [subject?.CN ?? ''].flat();
  return names.map(printable).filter((one) => one !== '');
}

function timeOf(text: string | undefined): number | null {
  const timeMs = Date.parse(text ?? '');
  return Number.isNaN(timeMs) ? null : timeMs;
}

interface Facts {
  readonly name: string;
  readonly names: readonly string[];
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** OpenSSL's and Node's codes, in words. */
function complaint(code: string, { name, names, from, until }: Facts): Problem {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return problem('certificateExpired', { day: dayOf(until) });
    case 'CERT_NOT_YET_VALID':
      return problem('certificateNotYetValid', { day: dayOf(from) });
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return problem('certificateSelfSigned');
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return problem('certificateUnknownAuthority');
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return problem('certificateOfAnother', { name, names: names.join(', ') });
    default:
      return problem('certificateUnverified', { reason: printable(code) });
  }
}

function dayOf(text: string | undefined): string {
  const timeMs = timeOf(text);
  return timeMs === null ? '?' : new Date(timeMs).toISOString().slice(0, 10);
}
