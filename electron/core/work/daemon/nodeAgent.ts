import http from 'node:http';
import type { Duplex } from 'node:stream';
import type { Cancel, Clock } from '../../clock.ts';
import type { TransportOptions } from '../stratum/stratumOptions.ts';
import { openTransport } from '../stratum/transport.ts';
import type { CertificateTrust } from '../stratum/trust.ts';
import { NodeError } from './nodeError.ts';

const CONNECT_DEADLINE_MS = 20_000;
/** Polls, and a block that must not wait behind them. */
const MOST_SOCKETS = 4;

/** HTTP over the same ways that pools are reached by: proxy, TLS and trust are judged before a byte is sent. */
export class NodeAgent extends http.Agent {
  readonly #options: TransportOptions;
  readonly #trust: CertificateTrust | undefined;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #opening = new Set<Cancel>();

  constructor(
    options: TransportOptions,
    trust: CertificateTrust | undefined,
    clock: Pick<Clock, 'after'>,
  ) {
    super({ keepAlive: true, maxSockets: MOST_SOCKETS });
    this.#options = options;
    this.#trust = trust;
    this.#clock = clock;
  }

  override createConnection(
    _: http.ClientRequestArgs,
    callback: (error: Error | null, socket: Duplex) => void,
  ): null {
    const abort = new AbortController();
    const cancelDeadline = this.#clock.after(CONNECT_DEADLINE_MS, () => abort.abort());
    const cancel = (): void => {
      cancelDeadline();
      abort.abort();
    };
    this.#opening.add(cancel);
    void openTransport(this.#options, this.#trust, abort.signal).then((opened) => {
      cancelDeadline();
      this.#opening.delete(cancel);
      if (opened.ok) callback(null, opened.socket);
      // Node's types ask for a socket even where there is an error instead.
      else callback(new NodeError(opened.error, { isFinal: opened.fatal }), undefined as never);
    });
    return null;
  }

  /** The node behind the certificate seen last proved to be one. */
  confirm(): void {
    this.#trust?.confirm();
  }

  /** Ends what is open and what is being opened; the next request begins anew. */
  override destroy(): void {
    for (const cancel of this.#opening) cancel();
    super.destroy();
  }
}
