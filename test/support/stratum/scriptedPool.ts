import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { lines } from './exchange.ts';
import { Queue } from './queue.ts';

/** A pool that says exactly what a test makes it say, on a real socket. */
export class ScriptedPool {
  readonly #server: Server;
  readonly #connections = new Queue<PoolConnection>();
  readonly #sockets = new Set<Socket>();
  /** Connections taken so far. */
  connectionCount = 0;
  /** Every line of every connection. */
  readonly received: string[] = [];

  private constructor(tls: TlsOptions | undefined) {
    const accept = (socket: Socket) => {
      this.connectionCount += 1;
      this.#connections.push(new PoolConnection(socket, this.received));
    };
    this.#server = tls ? createTlsServer(tls, accept) : createServer(accept);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('tlsClientError', () => undefined);
  }

  static async listen(
    where: { host?: string; port?: number; tls?: TlsOptions } = {},
  ): Promise<ScriptedPool> {
    const pool = new ScriptedPool(where.tls);
    pool.#server.listen(where.port ?? 0, where.host ?? '127.0.0.1');
    await once(pool.#server, 'listening');
    return pool;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The next connection that a miner makes. */
  connection(): Promise<PoolConnection> {
    return this.#connections.next();
  }

  /** Takes the next connection, its login, and answers as documented. */
  async loggedIn(answer: string | object = lines.loginAnswer): Promise<PoolConnection> {
    const connection = await this.connection();
    await connection.line();
    connection.send(answer);
    return connection;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export class PoolConnection {
  readonly socket: Socket;
  readonly #lines = new Queue<string>();
  readonly #closed: Promise<void>;
  readonly #spoken: Promise<void>;
  #rest = '';

  constructor(socket: Socket, received: string[]) {
    this.socket = socket;
    socket.on('error', () => undefined);
    this.#closed = new Promise((resolve) => socket.once('close', () => resolve()));
    this.#spoken = new Promise((resolve) => socket.once('data', () => resolve()));
    socket.on('data', (chunk: Buffer) => {
      const parts = (this.#rest + chunk.toString()).split('\n');
      this.#rest = parts.pop() ?? '';
      received.push(...parts);
      for (const part of parts) this.#lines.push(part);
    });
  }

  /** The next line that the miner sends, without LF. */
  line(): Promise<string> {
    return this.#lines.next();
  }

  /** Lines that came and were not taken. */
  unread(): string[] {
    return this.#lines.drain();
  }

  send(...messages: readonly (string | object)[]): void {
    const text = messages.map((message) =>
      typeof message === 'string' ? message : JSON.stringify(message),
    );
    this.socket.write(text.map((line) => `${line}\n`).join(''));
  }

  /** Bytes as they are. */
  raw(bytes: string | Uint8Array): void {
    this.socket.write(bytes);
  }

  /** When the miner has said anything at all. */
  spoken(): Promise<void> {
    return this.#spoken;
  }

  /** When the miner has gone. */
  closed(): Promise<void> {
    return this.#closed;
  }
}
