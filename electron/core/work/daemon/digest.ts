import { createHash, randomBytes } from 'node:crypto';

/** HTTP Digest authentication (RFC 7616, MD5 and `auth` only: what monerod's --rpc-login speaks). */

export interface Login {
  readonly user: string;
  readonly password: string;
}

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: 'MD5' | 'MD5-sess';
  readonly opaque?: string;
}

/** Reads `WWW-Authenticate`; undefined when there is no digest challenge that can be answered. */
export function parseChallenge(header: string): Challenge | undefined {
  // monerod offers several challenges in one header, MD5-sess and MD5: each begins with the word Digest.
  for (const offer of header.split(/\bDigest\s+/i).slice(1)) {
    const fields = new Map(
      [...offer.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map((match) => [
        match[1]?.toLowerCase() ?? '',
        match[2] ?? match[3] ?? '',
      ]),
    );
    const algorithm = { md5: 'MD5', 'md5-sess': 'MD5-sess' }[
      (fields.get('algorithm') ?? 'MD5').toLowerCase()
    ];
    const [realm, nonce, opaque] = [fields.get('realm'), fields.get('nonce'), fields.get('opaque')];
    const qop = fields.get('qop')?.split(/\s*,\s*/) ?? [];
    if (algorithm === undefined || realm === undefined || nonce === undefined) continue;
    if (!qop.includes('auth')) continue;
    return {
      realm,
      nonce,
      algorithm: algorithm as Challenge['algorithm'],
      ...(opaque === undefined ? {} : { opaque }),
    };
  }
  return undefined;
}

/** The `Authorization` header that answers a challenge; `count` is the number of uses of its nonce, from 1. */
export function answerChallenge(
  challenge: Challenge,
  login: Login,
  request: { readonly method: string; readonly path: string },
  count: number,
  clientNonce = randomBytes(8).toString('hex'),
): string {
  const { realm, nonce, algorithm, opaque } = challenge;
  const use = count.toString(16).padStart(8, '0');
  const plain = md5(`${login.user}:${realm}:${login.password}`);
  const secret = algorithm === 'MD5-sess' ? md5(`${plain}:${nonce}:${clientNonce}`) : plain;
  const target = md5(`${request.method}:${request.path}`);
  const response = md5([secret, nonce, use, clientNonce, 'auth', target].join(':'));
  // Header fields carry bytes: here those of UTF-8, as monerod has them.
  const user = Buffer.from(login.user.replaceAll(/["\\]/g, '\\$&')).toString('latin1');
  return (
    `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${request.path}", ` +
    `algorithm=${algorithm}, qop=auth, nc=${use}, cnonce="${clientNonce}", response="${response}"` +
    (opaque === undefined ? '' : `, opaque="${opaque}"`)
  );
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
