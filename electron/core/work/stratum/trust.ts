import { failure, type Failure } from '../../../contract/result.ts';
import type { TlsOptions } from './options.ts';

export interface PresentedCertificate {
  /** SHA-256 of the DER form, lower-case hex. */
  readonly fingerprint: string;
  /** An authority vouches for it and for the name. */
  readonly verified: boolean;
  /** Why not, in OpenSSL's words. */
  readonly problem: string;
}

/**
 * Which certificates of one pool are trusted: the pinned one and no other; or else any that an
 * authority vouches for; or else the first one seen, from then on.
 */
export class CertificateTrust {
  readonly #options: TlsOptions;
  readonly #pinned: string | undefined;
  #first: PresentedCertificate | undefined;

  constructor(options: TlsOptions) {
    this.#options = options;
    this.#pinned = options.fingerprint?.replaceAll(':', '').toLowerCase();
  }

  /** Undefined when trusted. */
  judge(certificate: PresentedCertificate): Failure | undefined {
    const { fingerprint, verified, problem } = certificate;
    this.#options.onPresented?.(certificate);
    if (this.#pinned !== undefined) {
      return fingerprint === this.#pinned ? undefined : mismatch(this.#pinned, fingerprint);
    }
    if (verified || fingerprint === this.#first?.fingerprint) {
      this.#first ??= certificate;
      return undefined;
    }
    if (this.#first) return changed(this.#first.fingerprint, fingerprint);
    const onFirstUse = this.#options.onFirstUse;
    if (onFirstUse && !onFirstUse({ fingerprint, problem })) {
      return failure(
        'tls_refused',
        `The pool's certificate (${fingerprint}) is not vouched for (${problem}) and was not trusted. ` +
          'Trust it, or choose another pool.',
      ).error;
    }
    this.#first = certificate;
    return undefined;
  }
}

function mismatch(pinned: string, found: string): Failure {
  return failure(
    'tls_fingerprint_mismatch',
    `The pool's certificate is not the one you pinned: expected ${pinned}, found ${found}. ` +
      'Somebody may be in between. If the pool announced a new certificate, pin that one.',
  ).error;
}

function changed(first: string, found: string): Failure {
  return failure(
    'tls_certificate_changed',
    `The pool's certificate changed from ${first} to ${found} and nobody vouches for the new one. ` +
      'Somebody may be in between. If you restarted your own P2Pool, start mining again to trust it.',
  ).error;
}
