import type { Socket } from 'node:net';
import { problem, type Problem } from '../../../contract/problem.ts';
import type { Cancel, Clock } from '../../clock.ts';
import { formatHostPort } from '../poolUrl.ts';
import type { TransportOptions } from '../stratum/stratumOptions.ts';
import { openTransport } from '../stratum/transport.ts';
import { ZmtpReader, greeting, handshake } from './zmtp.ts';

/** monerod publishes this when the chain's top changes (--zmq-pub). */
const TOPIC = 'json-minimal-chain_main';
/** To connect, and then to say what it is. */
const ANSWER_DEADLINE_MS = 10_000;
const RETRY_MS = 10_000;

export interface AnnouncementListener {
  readonly onNewTop: () => void;
  /** Told once, until announcements come in again. */
  readonly onLost: (problem: Problem) => void;
}

/**
 * Hears of new blocks at once, from a monerod started with --zmq-pub. It only saves the wait for the
 * next poll: whatever goes wrong here, the poll still finds the block, so it just tries again.
 */
export class BlockAnnouncements {
  readonly #options: TransportOptions;
  readonly #listener: AnnouncementListener;
  readonly #clock: Pick<Clock, 'after'>;
  #abort: AbortController | undefined;
  #cancelTimer: Cancel | undefined;
  #isLost = false;

  constructor(
    options: TransportOptions,
    listener: AnnouncementListener,
    clock: Pick<Clock, 'after'>,
  ) {
    this.#options = options;
    this.#listener = listener;
    this.#clock = clock;
  }

  /** Also begins anew: what is open may be dead without a word. */
  start(): void {
    this.stop();
    const abort = new AbortController();
    this.#abort = abort;
    this.#cancelTimer = this.#clock.after(ANSWER_DEADLINE_MS, () => abort.abort());
    void openTransport(this.#options, undefined, abort.signal).then((opened) => {
      // Otherwise it was stopped or started anew meanwhile.
      if (abort !== this.#abort) return;
      this.#cancelTimer?.();
      if (opened.ok) this.#subscribe(opened.socket, abort.signal);
      else this.#retry(opened.error);
    });
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #subscribe(socket: Socket, signal: AbortSignal): void {
    const reader = new ZmtpReader();
    let isPublisher = true;
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    this.#cancelTimer = this.#clock.after(ANSWER_DEADLINE_MS, () => socket.destroy());
    socket.write(greeting());
    socket.on('data', (bytes) => {
      const wasGreeted = reader.isGreeted;
      try {
        const messages = reader.push(bytes);
        if (reader.isGreeted && !wasGreeted) {
          this.#cancelTimer?.();
          socket.write(handshake(TOPIC));
        }
        if (messages.some((message) => message.toString('latin1').startsWith(TOPIC))) {
          this.#isLost = false;
          this.#listener.onNewTop();
        }
      } catch {
        isPublisher = false;
        socket.destroy();
      }
    });
    socket.on('close', () => {
      if (signal.aborted) return;
      this.#cancelTimer?.();
      // A node that is restarted is told by what it no longer answers.
      if (isPublisher && reader.isGreeted) this.#retry();
      else this.#retry(problem('nodeNoPublisher', { place: formatHostPort(this.#options) }));
    });
  }

  #retry(why?: Problem): void {
    this.#cancelTimer = this.#clock.after(RETRY_MS, () => this.start());
    if (why === undefined || this.#isLost) return;
    this.#isLost = true;
    this.#listener.onLost(problem('nodeNotAnnouncing', { reason: why }));
  }
}
