import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Regtest } from './monerod.ts';

/** In front of a monerod: hands everything on, but for blocks while `isBusy`, which a busy monerod sends away in the same words. */
export class BusyNode {
  isBusy = false;
  readonly #server: http.Server;

  private constructor(node: Regtest) {
    this.#server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        if (this.isBusy && body.includes('submit_block')) {
          response.end(JSON.stringify({ id: '0', result: { status: 'BUSY' } }));
          return;
        }
        const { method = 'GET', url = '/' } = request;
        fetch(`${node.url}${url}`, { method, ...(method === 'POST' && { body }) }).then(
          async (answer) => response.end(await answer.text()),
          () => response.destroy(),
        );
      });
    });
  }

  static async start(node: Regtest): Promise<BusyNode> {
    const busy = new BusyNode(node);
    await new Promise<void>((resolve) => busy.#server.listen(0, '127.0.0.1', resolve));
    return busy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
