import type { TlsSpec } from './spec.ts';
import type { TlsOptions } from './stratum/stratumOptions.ts';
import type { PresentedCertificate } from './stratum/trust.ts';

/** How connections by TLS are judged; undefined without TLS. `onPresented` is told of each certificate before it is. */
export function tlsOptionsOf(
  tls: TlsSpec,
  onPresented?: (certificate: PresentedCertificate) => void,
): TlsOptions | undefined {
  const told = onPresented && { onPresented };
  switch (tls.use) {
    case 'none':
      return undefined;
    case 'authority':
      return { onFirstUse: () => false, ...told };
    case 'firstSeen':
      return { ...told };
    case 'pinned':
      return { fingerprint: tls.fingerprint, ...told };
  }
}
