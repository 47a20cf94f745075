import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { practiceBlock, type PracticeBlock } from './chain.ts';
import { PracticeMiner, type PracticeHash } from './miner.ts';

export interface PracticeServerOptions {
  readonly hash: PracticeHash;
  /** Time from one practice block to the next. */
  readonly blockIntervalMs?: number;
}

export const PRACTICE_HOST = '127.0.0.1';
const BLOCK_INTERVAL_MS = 60_000;
const TICK_MS = 2000;
const MAX_MINERS = 4;

/**
 * The practice pool: a stratum server on loopback that gives out RandomX jobs of a chain that exists
 * nowhere and verifies every share in full. It earns nothing for anybody.
 */
export class PracticeServer {
  readonly #options: PracticeServerOptions;
  readonly #server: Server;
  readonly #miners = new Map<Socket, PracticeMiner>();
  #block: PracticeBlock;
  #timers: NodeJS.Timeout[] = [];

  constructor(options: PracticeServerOptions) {
    this.#options = options;
    this.#block = practiceBlock(1, nowSeconds());
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  /** Resolves with the port, which the operating system chose. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: PRACTICE_HOST, port: 0 }, resolve);
    });
    this.#timers = [
      setInterval(() => this.#nextBlock(), this.#options.blockIntervalMs ?? BLOCK_INTERVAL_MS),
      setInterval(() => this.#miners.forEach((miner) => miner.tick()), TICK_MS),
    ];
    for (const timer of this.#timers) timer.unref();
    return portOf(this.#server.address());
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const socket of this.#miners.keys()) socket.destroy();
    this.#server.close();
  }

  #welcome(socket: Socket): void {
    if (this.#miners.size >= MAX_MINERS) {
      socket.destroy();
      return;
    }
    this.#miners.set(socket, new PracticeMiner(socket, this.#options.hash, this.#block));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#miners.delete(socket));
  }

  #nextBlock(): void {
    this.#block = practiceBlock(this.#block.height + 1, nowSeconds());
    for (const miner of this.#miners.values()) miner.setBlock(this.#block);
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
