import { connect, type Socket } from 'node:net';
import { systemClock } from '../../../core/clock.ts';
import { decode, encodeCall, lengthOf, type BusCall } from './message.ts';

/**
 * `answer`: what the called object replied. `refused`: there is no bus, no such object, or it said no. `late`: nobody
 * answered in time, which says nothing.
 */
export type BusReply =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'refused' }
  | { readonly kind: 'late' };

const REFUSED: BusReply = { kind: 'refused' };
const LATE: BusReply = { kind: 'late' };
const LIMIT_MS = 2000;
const MOST_LINE_BYTES = 1000;
const DAEMON = 'org.freedesktop.DBus';

/** One connection for all calls: to start a program for each would cost a miner of two gibibytes much. */
export class BusConnection {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (reply: BusReply) => void>();
  /** Until we are let in. */
  #toSend: Buffer[] | null = [];
  #received: Buffer = Buffer.alloc(0);
  #serial = 0;
  #isOpen = true;

  /** `socketPath`: as `connect` takes it. */
  constructor(socketPath: string) {
    this.#socket = connect(socketPath);
    this.#socket.unref();
    this.#socket.on('data', (data) => this.#onData(data));
    this.#socket.on('error', () => this.#close(REFUSED));
    this.#socket.on('close', () => this.#close(REFUSED));
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    this.#socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
    void this.call({
      ...{ destination: DAEMON, path: '/org/freedesktop/DBus', interface: DAEMON },
      ...{ method: 'Hello', args: [] },
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  call(call: Omit<BusCall, 'bus'>): Promise<BusReply> {
    if (!this.#isOpen) return Promise.resolve(REFUSED);
    this.#serial += 1;
    const serial = this.#serial;
    const message = encodeCall(serial, call);
    if (this.#toSend === null) this.#socket.write(message);
    else this.#toSend.push(message);
    return new Promise((resolve) => {
      const cancel = systemClock.after(LIMIT_MS, () => {
        this.#waiting.get(serial)?.(LATE);
        // Whoever has not let us in by now is tried anew by the next call.
        if (this.#toSend !== null) this.#close(LATE);
      });
      this.#waiting.set(serial, (reply) => {
        cancel();
        this.#waiting.delete(serial);
        resolve(reply);
      });
    });
  }

  close(): void {
    this.#close(REFUSED);
  }

  #close(reply: BusReply): void {
    this.#isOpen = false;
    this.#socket.destroy();
    for (const answer of [...this.#waiting.values()]) answer(reply);
  }

  #onData(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    try {
      if (this.#toSend !== null) this.#enter(this.#toSend);
      if (this.#toSend === null) while (this.#isOpen && this.#takeOne());
    } catch {
      this.#close(REFUSED); // what it says is no D-Bus
    }
  }

  /** The one line of the authentication that is waited for (D-Bus specification, "Authentication Protocol"). */
  #enter(toSend: readonly Buffer[]): void {
    const end = this.#received.indexOf('\r\n');
    if (end === -1 && this.#received.length < MOST_LINE_BYTES) return;
    const isLetIn = this.#received.toString('latin1', 0, 3) === 'OK ';
    if (end === -1 || !isLetIn) throw new RangeError('not let in');
    this.#received = this.#received.subarray(end + 2);
    this.#socket.write(Buffer.concat([Buffer.from('BEGIN\r\n'), ...toSend]));
    this.#toSend = null;
  }

  /** Whether there was a whole message. */
  #takeOne(): boolean {
    const length = lengthOf(this.#received);
    if (length === null || this.#received.length < length) return false;
    const { kind, answers, value } = decode(this.#received.subarray(0, length));
    this.#received = this.#received.subarray(length);
    if (kind === 'reply') this.#waiting.get(answers)?.({ kind: 'answer', value });
    if (kind === 'error') this.#waiting.get(answers)?.(REFUSED);
    return true;
  }
}
