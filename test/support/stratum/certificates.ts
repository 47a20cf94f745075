import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256 of the DER form, lower-case hex. */
  readonly fingerprint: string;
}

/** Makes a fresh self-signed certificate for these names, as p2pool does at every start. */
export function selfSigned(
  name: string,
  subjectAltName: string,
  { expired = false } = {},
): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const key = join(folder, 'key.pem');
    const cert = join(folder, 'cert.pem');
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-keyout', key, '-out', cert, '-days', '2', '-subj', `/CN=${name}`],
        ...['-addext', `subjectAltName=${subjectAltName}`],
      ],
      { stdio: 'pipe' },
    );
    if (expired) {
      const again = ['x509', '-in', cert, '-signkey', key, '-days', '-1', '-out', cert];
      execFileSync('openssl', again, { stdio: 'pipe' });
    }
    const pem = readFileSync(cert, 'utf8');
    const fingerprint = createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
    return { key: readFileSync(key, 'utf8'), cert: pem, fingerprint };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
