import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { blake2b } from '@noble/hashes/blake2.js';

/** Signs as minisign does. That the app reads what the real minisign writes is tried with its own signatures. */
export class TestSigner {
  readonly #id = randomBytes(8);
  readonly #pair = generateKeyPairSync('ed25519');

  get publicKey(): string {
    const raw = this.#pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    return Buffer.concat([Buffer.from('Ed'), this.#id, raw]).toString('base64');
  }

  sign(file: string | Uint8Array, comment: string): string {
    const ofFile = sign(null, blake2b(Uint8Array.from(Buffer.from(file))), this.#pair.privateKey);
    const head = Buffer.concat([Buffer.from('ED'), this.#id, ofFile]);
    const ofComment = sign(
      null,
      Buffer.concat([ofFile, Buffer.from(comment)]),
      this.#pair.privateKey,
    );
    return [
      'untrusted comment: signature of a test',
      head.toString('base64'),
      `trusted comment: ${comment}`,
      ofComment.toString('base64'),
      '',
    ].join('\n');
  }
}
