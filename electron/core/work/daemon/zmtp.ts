/**
 * The little of ZMTP 3.0 (rfc.zeromq.org/spec/23) that a subscriber needs: greeting, NULL handshake,
 * subscription, and single messages coming in. Bytes only; the socket is announcements.ts's.
 */

const GREETING_BYTES = 64;
const SIGNATURE = Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f]);
const MORE = 1;
const LONG = 2;
const COMMAND = 4;
/** Block notifications are a few hundred bytes. */
const MAX_FRAME_BYTES = 64 * 1024;

/** What a subscriber says first: version 3.0, mechanism NULL, not a server. */
export function greeting(): Buffer {
  const bytes = Buffer.alloc(GREETING_BYTES);
  SIGNATURE.copy(bytes);
  bytes[10] = 3;
  bytes.write('NULL', 12, 'latin1');
  return bytes;
}

/** The READY command of a SUB socket, then its subscription to a topic. */
export function handshake(topic: string): Buffer {
  const type = Buffer.from('SUB');
  const property = Buffer.concat([shortText('Socket-Type'), Buffer.from([0, 0, 0, 3]), type]);
  const ready = Buffer.concat([shortText('READY'), property]);
  const subscription = Buffer.concat([Buffer.of(1), Buffer.from(topic)]);
  return Buffer.concat([frame(COMMAND, ready), frame(0, subscription)]);
}

/** Frames out of a byte stream; throws when what comes is not ZMTP 3 with NULL. */
export class ZmtpReader {
  #bytes: Buffer = Buffer.alloc(0);
  #isGreeted = false;

  /** True from the publisher's greeting on: only then it takes a handshake (monerod hangs up on an earlier one). */
  get isGreeted(): boolean {
    return this.#isGreeted;
  }

  /** Messages (not commands) that are complete with these bytes. */
  push(bytes: Buffer): Buffer[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    if (!this.#isGreeted && !this.#readGreeting()) return [];
    const messages: Buffer[] = [];
    for (;;) {
      const next = this.#readFrame();
      if (next === undefined) return messages;
      if ((next.flags & COMMAND) === 0 && (next.flags & MORE) === 0) messages.push(next.body);
    }
  }

  #readGreeting(): boolean {
    if (this.#bytes.length < GREETING_BYTES) return false;
    const major = this.#bytes[10] ?? 0;
    const mechanism = this.#bytes.toString('latin1', 12, 32).replaceAll('\0', '');
    const isSigned = this.#bytes[0] === SIGNATURE[0] && this.#bytes[9] === SIGNATURE[9];
    if (!isSigned || major < 3 || mechanism !== 'NULL')
      throw new Error('This is no ZMQ publisher.');
    this.#bytes = this.#bytes.subarray(GREETING_BYTES);
    this.#isGreeted = true;
    return true;
  }

  #readFrame(): { readonly flags: number; readonly body: Buffer } | undefined {
    const flags = this.#bytes[0] ?? 0;
    const start = (flags & LONG) === 0 ? 2 : 9;
    if (this.#bytes.length < start) return undefined;
    const size = start === 2 ? (this.#bytes[1] ?? 0) : Number(this.#bytes.readBigUInt64BE(1));
    if (size > MAX_FRAME_BYTES) throw new Error('A ZMQ message is too long.');
    if (this.#bytes.length < start + size) return undefined;
    const body = this.#bytes.subarray(start, start + size);
    this.#bytes = this.#bytes.subarray(start + size);
    return { flags, body };
  }
}

function frame(flags: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.of(flags, body.length), body]);
}

function shortText(text: string): Buffer {
  return Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')]);
}
