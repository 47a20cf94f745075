import { connect, type Socket } from 'node:net';
import { COOKIE_NAME } from './authority.ts';

/** As much as any property that is asked for may have; what is longer is no answer to us. */
const MOST_WORDS = 4096;
const REPLY_BYTES = 32;
/** A server that stands still is as good as gone. */
const SILENT_MS = 5000;
const padded = (length: number) => (length + 3) & ~3;

/**
 * A program's connection to an X server of this computer, as far as properties can be read by it
 * (X Window System Protocol, X11R7.7, appendix B). Little-endian throughout.
 */
export class XConnection {
  readonly #socket: Socket;
  readonly #waiting: ((reply: Buffer | null) => void)[] = [];
  /** An atom keeps its number as long as the server runs. */
  readonly #atoms = new Map<string, number>();
  #received: Buffer = Buffer.alloc(0);
  #isOpen = true;
  #setUp: ((root: number | null) => void) | undefined;
  root = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.unref();
    socket.setTimeout(SILENT_MS, () => this.close());
    socket.on('data', (data) => this.#onData(data));
    socket.on('error', () => this.close());
    socket.on('close', () => this.close());
  }

  /** Null where nothing listens or we are not let in. */
  static async open(socketPath: string, cookie: Buffer | null): Promise<XConnection | null> {
    const connection = new XConnection(connect(socketPath));
    const root = await new Promise<number | null>((resolve) => {
      connection.#setUp = resolve;
      connection.#socket.write(greeting(cookie));
    });
    if (root === null) return null;
    connection.root = root;
    return connection;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** 0 where nobody has given it a number yet. */
  async atom(name: string): Promise<number> {
    const known = this.#atoms.get(name);
    if (known !== undefined) return known;
    const text = Buffer.from(name);
    const request = Buffer.alloc(8 + padded(text.length));
    request.writeUInt8(16, 0);
    request.writeUInt8(1, 1); // only if it exists
    request.writeUInt16LE(request.length / 4, 2);
    request.writeUInt16LE(text.length, 4);
    text.copy(request, 8);
    const atom = (await this.#ask(request))?.readUInt32LE(8) ?? 0;
    if (atom !== 0) this.#atoms.set(name, atom);
    return atom;
  }

  /** The numbers that a property has; null where there is no such window, or the connection is lost. */
  async property(window: number, atom: number): Promise<readonly number[] | null> {
    const request = Buffer.alloc(24);
    request.writeUInt8(20, 0);
    request.writeUInt16LE(6, 2);
    request.writeUInt32LE(window, 4);
    request.writeUInt32LE(atom, 8);
    request.writeUInt32LE(MOST_WORDS, 20);
    const reply = await this.#ask(request);
    if (reply === null) return null;
    const count = reply.readUInt8(1) === 32 ? reply.readUInt32LE(16) : 0;
    const end = Math.min(reply.length, REPLY_BYTES + 4 * count);
    const numbers: number[] = [];
    for (let at = REPLY_BYTES; at + 4 <= end; at += 4) numbers.push(reply.readUInt32LE(at));
    return numbers;
  }

  close(): void {
    this.#isOpen = false;
    this.#socket.destroy();
    this.#setUp?.(null);
    this.#setUp = undefined;
    for (const resolve of this.#waiting.splice(0)) resolve(null);
  }

  #ask(request: Buffer): Promise<Buffer | null> {
    if (!this.#isOpen) return Promise.resolve(null);
    this.#socket.write(request);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #onData(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    while (this.#isOpen && this.#takeOne());
  }

  /** Whether there was a whole answer. */
  #takeOne(): boolean {
    const { length } = this.#received;
    if (length < (this.#setUp ? 8 : REPLY_BYTES)) return false;
    const kind = this.#received.readUInt8(0);
    const words = this.#setUp ? this.#received.readUInt16LE(6) : wordsBehind(this.#received);
    if (words > 4 * MOST_WORDS) {
      this.close();
      return false;
    }
    const end = (this.#setUp ? 8 : REPLY_BYTES) + 4 * words;
    if (length < end) return false;
    const answer = this.#received.subarray(0, end);
    this.#received = this.#received.subarray(end);
    if (this.#setUp) {
      const settle = this.#setUp;
      this.#setUp = undefined;
      const root = kind === 1 ? rootIn(answer) : null;
      if (root === null) this.close();
      settle(root);
    } else if (kind === 0 || kind === 1) {
      // An error, or a reply; everything else is an event, and none was asked for.
      this.#waiting.shift()?.(kind === 1 ? answer : null);
    }
    return true;
  }
}

/** Only replies and generic events are longer than others. */
function wordsBehind(answer: Buffer): number {
  const kind = answer.readUInt8(0) & 0x7f;
  return kind === 1 || kind === 35 ? answer.readUInt32LE(4) : 0;
}

function greeting(cookie: Buffer | null): Buffer {
  const name = Buffer.from(cookie === null ? '' : COOKIE_NAME);
  const data = cookie ?? Buffer.alloc(0);
  const text = Buffer.alloc(12 + padded(name.length) + padded(data.length));
  text.write('l', 0);
  text.writeUInt16LE(11, 2);
  text.writeUInt16LE(name.length, 6);
  text.writeUInt16LE(data.length, 8);
  name.copy(text, 12);
  data.copy(text, 12 + padded(name.length));
  return text;
}

/** Of the first screen. */
function rootIn(setUp: Buffer): number | null {
  if (setUp.length < 40) return null;
  const at = 40 + padded(setUp.readUInt16LE(24)) + 8 * setUp.readUInt8(29);
  return at + 4 <= setUp.length ? setUp.readUInt32LE(at) : null;
}
