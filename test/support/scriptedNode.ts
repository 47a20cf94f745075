import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './stratum/certificates.ts';

export interface Asked {
  readonly path: string;
  /** The JSON-RPC method; absent for plain paths. */
  readonly method?: string;
}

/** What a monerod on a synchronised main chain would answer. */
const goodAnswers: Readonly<Record<string, unknown>> = {
  get_info: { nettype: 'mainnet', synchronized: true, height: 100, target_height: 0 },
  get_block_template: {
    blocktemplate_blob: '10'.repeat(120),
    blockhashing_blob: '10'.repeat(76),
    wide_difficulty: '0x2',
    height: 100,
    prev_hash: 'ab'.repeat(32),
    seed_hash: 'cd'.repeat(32),
    next_seed_hash: '',
  },
  submit_block: { status: 'OK' },
  get_block_header_by_hash: { block_header: { orphan_status: false } },
  '/get_height': { hash: 'ab'.repeat(32), height: 100 },
};

/** A web server in the place of monerod: `answer` gives the raw body, or undefined for what a good node says. */
export class ScriptedNode {
  readonly asked: Asked[] = [];
  answer: (asked: Asked, response: http.ServerResponse) => string | null | undefined = () =>
    undefined;
  readonly #server: http.Server;

  private constructor(certificate: Certificate | undefined) {
    const listener: http.RequestListener = (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => this.#reply(request.url ?? '', body, response));
    };
    this.#server =
      certificate === undefined
        ? http.createServer(listener)
        : https.createServer({ key: certificate.key, cert: certificate.cert }, listener);
  }

  static async start(certificate?: Certificate): Promise<ScriptedNode> {
    const node = new ScriptedNode(certificate);
    await new Promise<void>((resolve) => node.#server.listen(0, '127.0.0.1', resolve));
    return node;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #reply(path: string, body: string, response: http.ServerResponse): void {
    const { method } = (path === '/json_rpc' ? JSON.parse(body) : {}) as { method?: string };
    const asked = method === undefined ? { path } : { path, method };
    this.asked.push(asked);
    const raw = this.answer(asked, response);
    if (raw === null) return; // the script answers by itself, or not at all
    const good = goodAnswers[method ?? path];
    response.end(raw ?? JSON.stringify(method === undefined ? good : { id: '0', result: good }));
  }
}
