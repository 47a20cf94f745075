import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './stratum/certificates.ts';

export interface Asked {
  readonly path: string;
  /** The JSON-RPC method; absent for plain paths. */
  readonly method?: string;
  readonly authorization?: string | undefined;
}

/** A template as monerod makes it, but for what is changed. */
export function templateAnswer(changed: object = {}, version = 16, previous = 'ab'.repeat(32)) {
  const timestamp = '80e19bd206';
  const versions = version.toString(16).padStart(2, '0').repeat(2);
  const header = `${versions}${timestamp}${previous}00000000`;
  return {
    blocktemplate_blob: `${header}${'02'.repeat(80)}`,
    blockhashing_blob: `${header}${'ef'.repeat(32)}01`,
    difficulty: 2,
    difficulty_top64: 0,
    wide_difficulty: '0x2',
    height: 100,
    prev_hash: previous,
    seed_hash: 'cd'.repeat(32),
    next_seed_hash: '',
    ...changed,
  };
}

/** What a monerod on a synchronised main chain would answer. */
const goodAnswers: Readonly<Record<string, unknown>> = {
  get_info: { nettype: 'mainnet', synchronized: true, height: 100, target_height: 0 },
  get_block_template: templateAnswer(),
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
      request.on('end', () => this.#reply(request, body, response));
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

  #reply(request: http.IncomingMessage, body: string, response: http.ServerResponse): void {
    const path = request.url ?? '';
    const { authorization } = request.headers;
    const { method } = (path.endsWith('/json_rpc') ? JSON.parse(body) : {}) as { method?: string };
    const asked = { path, authorization, ...(method === undefined ? {} : { method }) };
    this.asked.push(asked);
    const raw = this.answer(asked, response);
    if (raw === null) return; // the script answers by itself, or not at all
    const good = goodAnswers[method ?? path];
    response.end(raw ?? JSON.stringify(method === undefined ? good : { id: '0', result: good }));
  }
}
