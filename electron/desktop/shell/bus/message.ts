/**
 * Messages of D-Bus (D-Bus specification 0.43, "Message Protocol"), as far as calls of methods that take strings and their
 * replies need them. Little-endian throughout: every program on a bus has its computer's order.
 */

/** One call of a method that takes strings only. */
export interface BusCall {
  readonly bus: 'session' | 'system';
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly method: string;
  readonly args: readonly string[];
}

export interface BusMessage {
  readonly kind: 'reply' | 'error' | 'other';
  /** Of the call that it answers; 0: none. */
  readonly answers: number;
  /** The first value in it, out of any variants. */
  readonly value: unknown;
}

/** No answer that we ask for is nearly as long. */
const MOST_BYTES = 1_000_000;
const HEAD_BYTES = 16;
const LITTLE_ENDIAN = 'l'.charCodeAt(0);
const VERSION = 1;
const [CALL, REPLY, ERROR] = [1, 2, 3];
/** A name that nobody owns has no program started for it. */
const NO_AUTO_START = 2;
const field = { path: 1, interface: 2, method: 3, answers: 5, destination: 6, signature: 8 };

/** `serial` names the call in its reply; never 0. */
export function encodeCall(serial: number, call: Omit<BusCall, 'bus'>): Buffer {
  const body = new Writer();
  for (const text of call.args) body.string(text);
  const fields = new Writer();
  const add = (code: number, type: 's' | 'o' | 'g', text: string) => {
    fields.align(8);
    fields.byte(code);
    fields.signature(type);
    if (type === 'g') fields.signature(text);
    else fields.string(text);
  };
  add(field.path, 'o', call.path);
  add(field.interface, 's', call.interface);
  add(field.method, 's', call.method);
  add(field.destination, 's', call.destination);
  if (call.args.length > 0) add(field.signature, 'g', 's'.repeat(call.args.length));
  const head = new Writer();
  for (const byte of [LITTLE_ENDIAN, CALL, NO_AUTO_START, VERSION]) head.byte(byte);
  head.number(body.bytes.length);
  head.number(serial);
  head.number(fields.bytes.length);
  fields.align(8);
  return Buffer.from([...head.bytes, ...fields.bytes, ...body.bytes]);
}

/** How long the message is that begins here; null while too little of it is there. Throws RangeError: it is none that we can read. */
export function lengthOf(received: Buffer): number | null {
  if (received.length < HEAD_BYTES) return null;
  const length = HEAD_BYTES + padded(received.readUInt32LE(12), 8) + received.readUInt32LE(4);
  if (received[0] !== LITTLE_ENDIAN || received[3] !== VERSION || length > MOST_BYTES) {
    throw new RangeError('no message');
  }
  return length;
}

/** A whole message. Throws RangeError when it is not what it says; a value of a type that nobody asks for is undefined. */
export function decode(message: Buffer): BusMessage {
  const fieldsEnd = HEAD_BYTES + message.readUInt32LE(12);
  const reader = new Reader(message, HEAD_BYTES);
  let answers = 0;
  let signature = '';
  while (reader.at < fieldsEnd) {
    reader.align(8);
    const code = reader.byte();
    const value = reader.value('v');
    if (code === field.answers) answers = Number(value);
    if (code === field.signature) signature = String(value);
  }
  const type = message[1];
  reader.at = padded(fieldsEnd, 8);
  return {
    kind: type === REPLY ? 'reply' : type === ERROR ? 'error' : 'other',
    answers,
    value: type === REPLY ? reader.value(signature) : undefined,
  };
}

const padded = (length: number, to: number) => Math.ceil(length / to) * to;

class Writer {
  readonly bytes: number[] = [];

  align(to: number): void {
    while (this.bytes.length % to !== 0) this.bytes.push(0);
  }

  byte(value: number): void {
    this.bytes.push(value);
  }

  number(value: number): void {
    this.align(4);
    this.bytes.push(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);
  }

  string(text: string): void {
    const content = Buffer.from(text);
    this.number(content.length);
    for (const byte of content) this.bytes.push(byte);
    this.bytes.push(0);
  }

  signature(types: string): void {
    this.bytes.push(types.length, ...Buffer.from(types), 0);
  }
}

class Reader {
  readonly #message: Buffer;
  at: number;

  constructor(message: Buffer, at: number) {
    this.#message = message;
    this.at = at;
  }

  align(to: number): void {
    this.at = padded(this.at, to);
  }

  byte(): number {
    this.at += 1;
    return this.#message.readUInt8(this.at - 1);
  }

  /** The first value of this signature. */
  value(signature: string): unknown {
    switch (signature[0]) {
      case 'y':
        return this.byte();
      case 'b':
        return this.#number() !== 0;
      case 'u':
        return this.#number();
      case 's':
      case 'o':
        return this.#text(this.#number());
      case 'g':
        return this.#text(this.byte());
      case 'v':
        return this.value(this.#text(this.byte()));
      case 'a':
        return this.#list(signature.slice(1));
      case undefined:
      default:
        return undefined;
    }
  }

  #number(): number {
    this.align(4);
    this.at += 4;
    return this.#message.readUInt32LE(this.at - 4);
  }

  #text(bytes: number): string {
    const end = this.at + bytes;
    if (end >= this.#message.length) throw new RangeError('cut short');
    const text = this.#message.toString('utf8', this.at, end);
    this.at = end + 1;
    return text;
  }

  /** Of strings; nobody asks for others. */
  #list(signature: string): unknown[] | undefined {
    if (signature[0] !== 's') return undefined;
    const bytes = this.#number();
    const end = this.at + bytes;
    const values: unknown[] = [];
    while (this.at < end) values.push(this.value('s'));
    return values;
  }
}
