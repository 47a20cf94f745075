import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A SOCKS5 proxy that does what RFC 1928 and 1929 ask of CONNECT, and remembers what it was asked. */
export class SocksProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #password: string | undefined;
  /** Host and port of each CONNECT as it was asked, unresolved. */
  readonly asked: string[] = [];
  /** Answer every CONNECT with this code instead of connecting. */
  refuseWith: number | undefined;

  private constructor(password: string | undefined) {
    this.#password = password;
    this.#server = createServer((socket) => {
      this.#keep(socket);
      void this.#serve(socket).catch(() => socket.destroy());
    });
  }

  static async listen(password?: string): Promise<SocksProxy> {
    const proxy = new SocksProxy(password);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  async #serve(socket: Socket): Promise<void> {
    const [, methodCount = 0] = await read(socket, 2);
    const methods = await read(socket, methodCount);
    const method = this.#password === undefined ? 0 : 2;
    if (!methods.includes(method)) return void socket.end(Uint8Array.of(5, 0xff));
    socket.write(Uint8Array.of(5, method));
    if (method === 2 && !(await this.#authenticate(socket))) return;

    const [, , , type = 0] = await read(socket, 4);
    const length = type === 1 ? 4 : type === 4 ? 16 : ((await read(socket, 1))[0] ?? 0);
    const bytes = await read(socket, length);
    const host = type === 1 ? bytes.join('.') : type === 4 ? '::1' : bytes.toString();
    const port = (await read(socket, 2)).readUInt16BE();
    this.asked.push(`${host}:${port}`);
    if (this.refuseWith !== undefined) {
      socket.end(Uint8Array.of(5, this.refuseWith, 0, 1, 0, 0, 0, 0, 0, 0));
      return;
    }
    const onward = connect(port, type === 3 ? '127.0.0.1' : host);
    this.#keep(onward);
    await once(onward, 'connect');
    socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    socket.pipe(onward).pipe(socket);
  }

  async #authenticate(socket: Socket): Promise<boolean> {
    const [, nameLength = 0] = await read(socket, 2);
    await read(socket, nameLength);
    const [length = 0] = await read(socket, 1);
    const right = (await read(socket, length)).toString() === this.#password;
    socket.write(Uint8Array.of(1, right ? 0 : 1));
    if (!right) socket.end();
    return right;
  }
}

async function read(socket: Socket, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  for (;;) {
    const bytes = socket.read(length) as Buffer | null;
    if (bytes) return bytes;
    if (socket.destroyed) throw new Error('closed');
    await once(socket, 'readable');
  }
}
