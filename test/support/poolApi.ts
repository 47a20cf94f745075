import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { PoolApi, PoolApiKind } from '../../electron/contract/knownPools.ts';
import { selfSigned, type Certificate } from './stratum/certificates.ts';

/** What nodejs-pool says of a miner, the network and itself. */
export const nodejsPoolAnswers: Readonly<Record<string, unknown>> = {
  '/miner/ADDRESS/stats': {
    ...{ hash: 7150, identifier: 'global', lastHash: 1767225600, totalHashes: 48_000_000 },
    ...{ validShares: 100, invalidShares: 1, expiry: 1767225660 },
    ...{ amtPaid: 250_000_000_000, amtDue: 1_830_000_000, txnCount: 2 },
  },
  '/network/stats': {
    difficulty: 6e11,
    hash: 'ab',
    height: 3_400_000,
    value: 603_000_000_000,
    ts: 1,
  },
  '/config': { pplns_fee: 0.6, min_wallet_payout: 100_000_000_000, maturity_depth: 60 },
};

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A pool's web API on a real HTTPS server of this computer. */
export class PoolApiServer {
  readonly #server: Server;
  readonly #certificate: Certificate;
  /** Paths as they were asked for, in order. */
  readonly asked: string[] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  /** By path, with ADDRESS for the wallet's; everything else is 404. */
  answers: Readonly<Record<string, unknown>>;
  /** Instead of the answers. */
  behave: Answer | undefined;

  private constructor(answers: Readonly<Record<string, unknown>>) {
    this.answers = answers;
    this.#certificate = selfSigned('localhost', 'IP:127.0.0.1,DNS:localhost');
    const { key, cert } = this.#certificate;
    this.#server = createServer({ key, cert }, (request, response) => {
      this.asked.push(request.url ?? '');
      this.headers.push(request.headers);
      (this.behave ?? this.#answer)(request, response);
    });
  }

  static async listen(answers = nodejsPoolAnswers): Promise<PoolApiServer> {
    const server = new PoolApiServer(answers);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** As the app knows it. */
  api(kind: PoolApiKind = 'nodejsPool'): PoolApi {
    const { fingerprint } = this.#certificate;
    return {
      ...{ kind, host: '127.0.0.1', port: this.port, path: '' },
      tls: { use: 'pinned', fingerprint },
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  readonly #answer: Answer = ({ url = '' }, response) => {
    const answer = this.answers[url.replace(/[48][0-9A-Za-z]{94}/, 'ADDRESS')];
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(JSON.stringify(answer ?? { error: 'Not found' }));
  };
}
