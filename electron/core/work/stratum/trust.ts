import { problem, type Problem } from '../../../contract/problem.ts';
import type { TlsOptions } from './stratumOptions.ts';

/** What a pool or node showed of itself. */
export interface PresentedCertificate {
  /** SHA-256 of the DER form, lower-case hex. */
  readonly fingerprint: string;
  /** An authority vouches for it and for the name. */
  readonly verified: boolean;
  /** Why not; null where it is verified. */
  readonly problem: Problem | null;
  /** Hosts that it was made for. */
  readonly names: readonly string[];
  /** Unix time in ms; null where the certificate does not say. */
  readonly validFromMs: number | null;
  readonly validUntilMs: number | null;
}

export interface Distrust {
  readonly error: Problem;
  /** It will not pass: only the user can mend it. */
  readonly isFinal: boolean;
}

/**
 * Which certificates of one pool are trusted: the one that the user pinned and no other; or else any that an authority
 * vouches for, and the one that proved itself. Whoever stands in between for a while (the sign-in page of a hotel's
 * network) presents a certificate too, but takes no login: that is why `confirm` comes after the login.
 */
export class CertificateTrust {
  readonly #options: TlsOptions;
  readonly #pinned: string | undefined;
  #presented: PresentedCertificate | undefined;
  #proven: PresentedCertificate | undefined;

  constructor(options: TlsOptions) {
    this.#options = options;
    this.#pinned = options.fingerprint?.replaceAll(':', '').toLowerCase();
  }

  /** Undefined when trusted. */
  judge(certificate: PresentedCertificate): Distrust | undefined {
    this.#presented = certificate;
    this.#options.onPresented?.(certificate);
    const { fingerprint: found, verified } = certificate;
    if (this.#pinned !== undefined) {
      if (found === this.#pinned) return undefined;
      const error = problem('certificateNotPinned', { pinned: this.#pinned, found });
      // Where the pinned one was seen before, somebody else stands in between for now.
      return { error, isFinal: this.#proven === undefined };
    }
    if (verified || found === this.#proven?.fingerprint) return undefined;
    if (this.#proven) {
      const first = this.#proven.fingerprint;
      return { error: problem('certificateChanged', { first, found }), isFinal: false };
    }
    const { onFirstUse } = this.#options;
    if (onFirstUse === undefined || onFirstUse(certificate)) return undefined;
    const why = certificate.problem ?? problem('certificateUnverified', { reason: '?' });
    return {
      error: problem('certificateNotTrusted', { why, fingerprint: found }),
      isFinal: false,
    };
  }

  /** A login was taken behind the certificate that was judged last: from now on it is the known one. */
  confirm(): void {
    if (this.#proven === undefined || this.#presented?.verified) this.#proven = this.#presented;
  }
}
