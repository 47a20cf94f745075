import https from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';
import { RpcError } from './rpcError.ts';

/**
 * Connects by TLS to one node and keeps to its certificate: nodes sign their own, so it is compared with the pinned one, the
 * first one seen where none is given. Nothing is sent before.
 */
export class PinnedAgent extends https.Agent {
  #pinned: string | undefined;

  /** `fingerprint`: SHA-256 of the certificate, 64 hex digits. */
  constructor(options: https.AgentOptions, fingerprint: string | undefined) {
    super(options);
    this.#pinned = fingerprint?.toLowerCase();
  }

  /** Lower-case hex, once it is known. */
  get fingerprint(): string | undefined {
    return this.#pinned;
  }

  override createConnection(
    options: ConnectionOptions,
    callback: (error: Error | null, socket?: Duplex) => void,
  ): null {
    const socket = connect({ ...options, rejectUnauthorized: false });
    const onError = (error: Error): void => callback(error);
    socket.once('error', onError);
    socket.once('secureConnect', () => {
      const { fingerprint256 } = socket.getPeerCertificate();
      const seen = fingerprint256.replaceAll(':', '').toLowerCase();
      this.#pinned ??= seen;
      if (seen === this.#pinned) {
        socket.off('error', onError);
        callback(null, socket);
        return;
      }
      const message = `The certificate of the node changed: its SHA-256 is ${seen}, not ${this.#pinned}.`;
      socket.destroy(new RpcError('tlsFingerprint', message));
    });
    return null;
  }
}
