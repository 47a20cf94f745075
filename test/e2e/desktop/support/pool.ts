import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { hash } from 'randomx-native-prebuilt';
import { PracticeServer } from '../../../../electron/core/work/practice/server.ts';
import type { Certificate } from '../../../support/stratum/certificates.ts';

export interface TestPoolOptions {
  /** Speaks TLS with this certificate. */
  readonly certificate?: Certificate;
  /** 0: the system chooses. */
  readonly port?: number;
}

/** A pool on this computer that checks every share in full, and remembers who logged in. */
export class TestPool {
  readonly logins: string[] = [];
  readonly #pool = new PracticeServer({
    hash: async (key, input) => (await hash({ algorithm: 'rx/0', key, input })).result,
  });
  readonly #sockets = new Set<Socket>();
  readonly #front;
  #port = 0;

  private constructor({ certificate }: TestPoolOptions) {
    const welcome = (socket: Socket) => {
      this.#welcome(socket);
    };
    this.#front =
      certificate === undefined
        ? createTcpServer(welcome)
        : createTlsServer({ key: certificate.key, cert: certificate.cert }, welcome);
  }

  static async start(options: TestPoolOptions = {}): Promise<TestPool> {
    const pool = new TestPool(options);
    pool.#port = await pool.#pool.listen();
    await new Promise<void>((resolve) => {
      pool.#front.listen({ host: '127.0.0.1', port: options.port ?? 0 }, resolve);
    });
    return pool;
  }

  get port(): number {
    return (this.#front.address() as AddressInfo).port;
  }

  close(): void {
    this.#front.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#pool.close();
  }

  #welcome(miner: Socket): void {
    const behind = connect({ host: '127.0.0.1', port: this.#port });
    for (const socket of [miner, behind]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        miner.destroy();
        behind.destroy();
      });
    }
    miner.once('data', (chunk: Buffer) => {
      const [, login] = /"login":"([^"]*)"/.exec(chunk.toString('utf8')) ?? [];
      if (login !== undefined) this.logins.push(login);
    });
    miner.pipe(behind).pipe(miner);
  }
}
