import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { systemClock, type Cancel, type Clock } from '../../clock.ts';
import { practiceBlock, type PracticeBlock } from './chain.ts';
import { MinerConnection, type PracticeHash } from './connection.ts';

export interface PracticeServerOptions {
  readonly hash: PracticeHash;
  /** Time from one practice block to the next. */
  readonly blockIntervalMs?: number;
  readonly clock?: Clock;
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
  readonly #clock: Clock;
  readonly #server: Server;
  readonly #miners = new Map<Socket, MinerConnection>();
  #forkHeight = Infinity;
  #block: PracticeBlock;
  #cancels: readonly Cancel[] = [];

  constructor(options: PracticeServerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#block = this.#makeBlock(1);
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  /** Resolves with the port, which the operating system chose. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: PRACTICE_HOST, port: 0 }, resolve);
    });
    this.#cancels = [
      this.#clock.every(this.#options.blockIntervalMs ?? BLOCK_INTERVAL_MS, () => this.nextBlock()),
      this.#clock.every(TICK_MS, () => this.#miners.forEach((miner) => miner.tick())),
    ];
    return portOf(this.#server.address());
  }

  close(): void {
    for (const cancel of this.#cancels) cancel();
    for (const socket of this.#miners.keys()) socket.destroy();
    this.#server.close();
  }

  nextBlock(): void {
    this.#block = this.#makeBlock(this.#block.height + 1);
    for (const miner of this.#miners.values()) miner.setBlock(this.#block);
  }

  /** The next block comes at once, and with it Monero's next fork: block version 17, RandomX v2, the same key. */
  fork(): void {
    this.#forkHeight = this.#block.height + 1;
    this.nextBlock();
  }

  #welcome(socket: Socket): void {
    if (this.#miners.size >= MAX_MINERS) {
      socket.destroy();
      return;
    }
    this.#miners.set(
      socket,
      new MinerConnection(socket, this.#options.hash, this.#block, this.#clock),
    );
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#miners.delete(socket));
  }

  #makeBlock(height: number): PracticeBlock {
    return practiceBlock(height, Math.floor(this.#clock.wallMs() / 1000), this.#forkHeight);
  }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
