import type { Socket } from 'node:net';
import type { Remedy } from './backoff.ts';
import type { Clock } from '../../clock.ts';
import { encodeLine, LineSplitter } from './framing.ts';
import { parseIncoming, type Incoming } from './messages.ts';
import type { StratumOptions } from './options.ts';

const TOLERATED_JUNK_LINES = 5;
/** A pool that does not read what we send is as good as gone. */
const MAX_UNREAD_BYTES = 64 * 1024;

export type Message = Exclude<Incoming, { kind: 'junk' }>;

export interface WireListener {
  message(message: Message): void;
  /** The connection is of no use any more, and why. */
  broken(code: string, message: string, remedy?: Remedy): void;
}

/** Messages over an open socket: lines, junk, limits and the socket's end. */
export class Wire {
  readonly #socket: Socket;
  readonly #options: Pick<StratumOptions, 'inspector' | 'tls'>;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #listener: WireListener;
  readonly #splitter = new LineSplitter();
  #nextId = 1;
  #junkLines = 0;
  #heardAtMs: number | undefined;
  #socketError: string | undefined;
  #closed = false;

  constructor(
    socket: Socket,
    options: Pick<StratumOptions, 'inspector' | 'tls'>,
    clock: Pick<Clock, 'nowMs'>,
    listener: WireListener,
  ) {
    this.#socket = socket;
    this.#options = options;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** When the pool last sent a byte. */
  get heardAtMs(): number | undefined {
    return this.#heardAtMs;
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
      queueMicrotask(() => {
        this.#listener.broken('pool_silent', 'The pool does not take what is sent to it.');
      });
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
    if (this.#heardAtMs === undefined && !this.#options.tls && isTlsRecord(chunk)) {
      const text = 'This is a TLS port. Turn TLS on for this pool.';
      this.#listener.broken('tls_expected', text, 'retrySlowly');
      return;
    }
    this.#heardAtMs = this.#clock.nowMs();
    const { lines, overflow } = this.#splitter.push(chunk);
    for (const line of lines) {
      if (this.#isClosed()) return;
      this.#options.inspector?.record('received', line);
      this.#onLine(line);
    }
    if (overflow && !this.#isClosed()) {
      this.#listener.broken('line_too_long', 'The pool sent a line without end.');
    }
  }

  #onLine(line: string): void {
    const incoming = parseIncoming(line);
    if (incoming.kind !== 'junk') {
      this.#listener.message(incoming);
      return;
    }
    this.#junkLines += 1;
    if (line.startsWith('HTTP/')) {
      const text = 'This port belongs to a web server. Look for the pool’s mining port.';
      this.#listener.broken('not_stratum', text, 'retrySlowly');
    } else if (this.#junkLines >= TOLERATED_JUNK_LINES) {
      const text = 'The pool sends what is no stratum message. Is the port right?';
      this.#listener.broken('not_stratum', text);
    }
  }

  #onClosed(): void {
    if (this.#closed) return;
    const how = this.#socketError === undefined ? '' : ` (${this.#socketError})`;
    if (this.#heardAtMs !== undefined) {
      this.#listener.broken('closed', `The pool closed the connection${how}.`);
      return;
    }
    const hint = this.#options.tls ? '' : ' If this is a TLS port, turn TLS on for this pool.';
    const text = `The pool closed the connection without a word${how}.${hint}`;
    this.#listener.broken('closed_at_once', text);
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}

/** TLS alert or handshake, version 3.x: what a TLS port answers to plain text. */
function isTlsRecord(chunk: Buffer): boolean {
  return (chunk[0] === 0x15 || chunk[0] === 0x16) && (chunk.length < 2 || chunk[1] === 0x03);
}
