import { connect, type Socket } from 'node:net';
import type { Cancel, Clock } from '../../clock.ts';
import { ZmtpReader, greeting, handshake } from './zmtp.ts';

/** monerod publishes this when the chain's top changes (--zmq-pub). */
const TOPIC = 'json-minimal-chain_main';
const RETRY_MS = 10_000;

/**
 * Hears of new blocks at once, from a monerod started with --zmq-pub. It only saves the wait for the
 * next poll: whatever goes wrong here, the poll still finds the block, so it just tries again.
 */
export class ChainWatcher {
  readonly #place: { readonly host: string; readonly port: number };
  readonly #onNewTop: () => void;
  readonly #clock: Pick<Clock, 'after'>;
  #socket: Socket | undefined;
  #cancelRetry: Cancel | undefined;
  #isStopped = false;

  constructor(
    place: { readonly host: string; readonly port: number },
    onNewTop: () => void,
    clock: Pick<Clock, 'after'>,
  ) {
    this.#place = place;
    this.#onNewTop = onNewTop;
    this.#clock = clock;
  }

  start(): void {
    const reader = new ZmtpReader();
    const socket = connect(this.#place);
    this.#socket = socket;
    socket.setKeepAlive(true, RETRY_MS);
    socket.write(greeting());
    socket.on('data', (bytes) => {
      const wasGreeted = reader.isGreeted;
      try {
        const messages = reader.push(bytes);
        if (reader.isGreeted && !wasGreeted) socket.write(handshake(TOPIC));
        if (messages.some((message) => message.toString('latin1').startsWith(TOPIC))) {
          this.#onNewTop();
        }
      } catch (error) {
        socket.destroy(error instanceof Error ? error : undefined);
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (!this.#isStopped) this.#cancelRetry = this.#clock.after(RETRY_MS, () => this.start());
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelRetry?.();
    this.#socket?.destroy();
  }
}
