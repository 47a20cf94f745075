import type { Socket } from 'node:net';
import { problem, type Problem } from '../../../contract/problem.ts';
import type { Clock } from '../../clock.ts';
import type { Remedy } from './backoff.ts';
import { encodeLine, LineSplitter } from './framing.ts';
import { parseLine, type Incoming } from './messages.ts';
import type { StratumOptions } from './stratumOptions.ts';
import { RateLimit } from './rateLimit.ts';

const TOLERATED_JUNK_LINES = 5;
/** A pool that does not read what we send is as good as gone. */
const MAX_UNREAD_BYTES = 64 * 1024;
/** Pools send a few hundred bytes a second at most; reading much more would cost more than it can bring. */
const BURST_BYTES = 4 * 1024 * 1024;
const BYTES_PER_SECOND = 256 * 1024;

export type Message = Exclude<Incoming, { kind: 'junk' }>;

export interface MessageListener {
  message(message: Message): void;
  /** The connection is of no use any more, and why. */
  broken(error: Problem, remedy?: Remedy): void;
}

/** Messages over an open socket: lines, junk, limits and the socket's end. */
export class MessageSocket {
  readonly #socket: Socket;
  readonly #options: Pick<StratumOptions, 'inspector' | 'tls'>;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #listener: MessageListener;
  readonly #splitter = new LineSplitter();
  readonly #bytes: RateLimit;
  #nextId = 1;
  #junkLines = 0;
  #heardAnything = false;
  #messageAtMs: number;
  #socketError: string | undefined;
  #closed = false;

  constructor(
    socket: Socket,
    options: Pick<StratumOptions, 'inspector' | 'tls'>,
    clock: Pick<Clock, 'nowMs'>,
    listener: MessageListener,
  ) {
    this.#socket = socket;
    this.#options = options;
    this.#clock = clock;
    this.#listener = listener;
    this.#bytes = new RateLimit(clock, BURST_BYTES, 1000 / BYTES_PER_SECOND);
    this.#messageAtMs = clock.nowMs();
  }

  /** How long the pool has said nothing that makes sense. */
  get silenceMs(): number {
    return this.#clock.nowMs() - this.#messageAtMs;
  }

  open(): void {
    this.#socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#socketError = error.code ?? error.message;
    });
    this.#socket.on('close', () => this.#onClosed());
    if (this.#socket.destroyed) this.#onClosed();
  }

  /** Returns the request's id, counted up from 1; undefined when the message is longer than pools take. */
  send(build: (id: number) => object, limit?: number): number | undefined {
    const id = this.#nextId;
    const line = encodeLine(build(id), limit);
    if (line === undefined) return undefined;
    this.#nextId += 1;
    this.#options.inspector?.record('sent', line.trimEnd());
    this.#socket.write(line);
    if (this.#socket.writableLength > MAX_UNREAD_BYTES) {
      // Not from within a call of our user, who has yet to take note of what was sent.
      queueMicrotask(() => this.#listener.broken(problem('poolNotReading')));
    }
    return id;
  }

  /** Nothing is told after this. */
  close(): void {
    this.#closed = true;
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    if (this.#closed) return;
    if (!this.#heardAnything && !this.#options.tls && isTlsRecord(chunk)) {
      this.#listener.broken(problem('tlsExpected'), 'retrySlowly');
      return;
    }
    this.#heardAnything = true;
    if (!this.#bytes.take(chunk.length)) {
      this.#listener.broken(problem('tooMuchData'), 'retrySlowly');
      return;
    }
    const { lines, overflow } = this.#splitter.push(chunk);
    for (const line of lines) {
      if (this.#isClosed()) return;
      this.#options.inspector?.record('received', line);
      this.#onLine(line);
    }
    if (overflow && !this.#isClosed()) this.#listener.broken(problem('lineTooLong'));
  }

  #onLine(line: string): void {
    for (const incoming of parseLine(line)) {
      if (this.#isClosed()) return;
      if (incoming.kind === 'junk') this.#onJunk(line);
      else {
        this.#messageAtMs = this.#clock.nowMs();
        this.#listener.message(incoming);
      }
    }
  }

  #onJunk(line: string): void {
    this.#junkLines += 1;
    if (line.startsWith('HTTP/')) this.#listener.broken(problem('webServer'), 'retrySlowly');
    else if (this.#junkLines >= TOLERATED_JUNK_LINES) this.#listener.broken(problem('notStratum'));
  }

  #onClosed(): void {
    if (this.#closed) return;
    this.#listener.broken(this.#whyClosed());
  }

  #whyClosed(): Problem {
    if (!this.#heardAnything) {
      return problem(this.#options.tls ? 'closedAtOnce' : 'closedAtOnceTlsPerhaps');
    }
    switch (this.#socketError) {
      case undefined:
        return problem('closed');
      case 'ECONNRESET':
      case 'EPIPE':
        return problem('connectionBroken');
      case 'ETIMEDOUT':
        return problem('connectionDied');
      default:
        return problem('connectionEnded', { reason: this.#socketError });
    }
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}

/** TLS alert or handshake, version 3.x: what a TLS port answers to plain text. */
function isTlsRecord(chunk: Buffer): boolean {
  return (chunk[0] === 0x15 || chunk[0] === 0x16) && (chunk.length < 2 || chunk[1] === 0x03);
}
