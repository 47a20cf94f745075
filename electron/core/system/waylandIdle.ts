import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';

/** So long without input is told; from then on it is counted here. */
const QUIET_MS = 1000;
/** A compositor that crashed is started anew. */
const TRY_EVERY_MS = 10_000;
/** Far above what is announced at first; events are a few bytes. */
const MOST_BYTES = 1_000_000;

const HEADER_BYTES = 8;
/** Objects, by our own numbers: the protocol begins with the first, and they have to follow each other. */
const display = 1;
const registry = 2;
const announced = 3;
const notifier = 4;
/** From here on a seat and its notification, by turns. */
const FIRST_SEAT = 5;

const SEAT = 'wl_seat';
const NOTIFIER = 'ext_idle_notifier_v1';
const IN_USE = Infinity;

/**
 * For how long nobody has touched keyboard or mouse of any seat, as the compositor tells by Wayland's protocol ext-idle-notify-v1: KWin, and those
 * of wlroots, Hyprland, COSMIC and niri; GNOME's does not. A film that keeps the screen awake counts as use.
 */
export class WaylandIdle {
  readonly #socketPath: string | null;
  readonly #clock: Pick<Clock, 'nowMs'>;
  #socket: Socket | null = null;
  #triedAtMs = -Infinity;
  /** The compositor has said that it does not tell. */
  #isRefused = false;
  /** By the notification of each seat. None: nobody tells. */
  readonly #idleSinceMs = new Map<number, number>();
  #unread = Buffer.alloc(0);
  /** What the compositor offers of what is needed, by the numbers that it gives them. */
  readonly #globals = new Map<number, string>();

  constructor(env: Readonly<Record<string, string | undefined>>, clock: Pick<Clock, 'nowMs'>) {
    this.#socketPath = socketOf(env);
    this.#clock = clock;
  }

  /** Null where nothing tells, or not yet: to be asked again. */
  get seconds(): number | null {
    if (this.#socket === null) this.#connect();
    if (this.#idleSinceMs.size === 0) return null;
    const sinceMs = Math.max(...this.#idleSinceMs.values());
    return sinceMs === IN_USE ? 0 : (this.#clock.nowMs() - sinceMs) / 1000;
  }

  close(): void {
    this.#socket?.destroy();
  }

  #connect(): void {
    const nowMs = this.#clock.nowMs();
    if (this.#socketPath === null || this.#isRefused || nowMs - this.#triedAtMs < TRY_EVERY_MS) {
      return;
    }
    this.#triedAtMs = nowMs;
    const socket = connect(this.#socketPath);
    this.#socket = socket;
    socket.unref();
    socket
      .on('error', () => undefined) // "close" follows
      .on('close', () => this.#forget())
      .on('data', (chunk) => this.#read(socket, chunk));
    const [getRegistry, sync] = [1, 0];
    socket.write(request(display, getRegistry, uint(registry)));
    socket.write(request(display, sync, uint(announced)));
  }

  #forget(): void {
    this.#socket = null;
    this.#idleSinceMs.clear();
    this.#unread = Buffer.alloc(0);
    this.#globals.clear();
  }

  #read(socket: Socket, chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    while (this.#unread.length >= HEADER_BYTES) {
      const length = this.#unread.readUInt16LE(6);
      if (length < HEADER_BYTES || this.#unread.length > MOST_BYTES) {
        socket.destroy(); // whatever that is, it is no compositor
        return;
      }
      if (this.#unread.length < length) return;
      const event = this.#unread.subarray(0, length);
      this.#unread = this.#unread.subarray(length);
      this.#onEvent(socket, event.readUInt32LE(0), event.readUInt16LE(4), event.subarray(8));
    }
  }

  #onEvent(socket: Socket, object: number, event: number, body: Buffer): void {
    switch (object) {
      case display:
        if (event === 0) socket.destroy(); // it takes something amiss
        break;
      case registry:
        if (event === 0) this.#onGlobal(socket, body);
        else this.#onGone(socket, body);
        break;
      case announced:
        this.#onAnnounced(socket);
        break;
      default:
        if (!this.#idleSinceMs.has(object)) break;
        this.#idleSinceMs.set(object, event === 0 ? this.#clock.nowMs() - QUIET_MS : IN_USE);
    }
  }

  #onGlobal(socket: Socket, body: Buffer): void {
    if (body.length < 8) return;
    const [number, length] = [body.readUInt32LE(0), body.readUInt32LE(4)];
    const name = body.toString('latin1', 8, Math.max(8, 8 + length - 1));
    if (name !== SEAT && name !== NOTIFIER) return;
    this.#globals.set(number, name);
    if (name === SEAT && this.#idleSinceMs.size > 0) this.#watch(socket, number);
  }

  #onGone(socket: Socket, body: Buffer): void {
    if (body.length < 4) return;
    const isNeeded = this.#globals.delete(body.readUInt32LE(0));
    if (isNeeded && this.#idleSinceMs.size > 0) socket.destroy(); // to ask anew what is left
  }

  /** All that there is has been announced. */
  #onAnnounced(socket: Socket): void {
    const numbersOf = (wanted: string) =>
      [...this.#globals].filter(([, name]) => name === wanted).map(([number]) => number);
    const [seats, [ofNotifier]] = [numbersOf(SEAT), numbersOf(NOTIFIER)];
    this.#isRefused = ofNotifier === undefined;
    if (ofNotifier === undefined || seats.length === 0) {
      socket.destroy();
      return;
    }
    socket.write(bound(ofNotifier, NOTIFIER, notifier));
    for (const seat of seats) this.#watch(socket, seat);
  }

  #watch(socket: Socket, ofSeat: number): void {
    const seat = FIRST_SEAT + 2 * this.#idleSinceMs.size;
    const notification = seat + 1;
    const getIdleNotification = 1;
    socket.write(bound(ofSeat, SEAT, seat));
    const wanted = [uint(notification), uint(QUIET_MS), uint(seat)];
    socket.write(request(notifier, getIdleNotification, ...wanted));
    this.#idleSinceMs.set(notification, IN_USE);
  }
}

function socketOf(env: Readonly<Record<string, string | undefined>>): string | null {
  const { WAYLAND_DISPLAY: name, XDG_RUNTIME_DIR: folder } = env;
  if (!name) return null;
  if (name.startsWith('/')) return name;
  return folder ? join(folder, name) : null;
}

/* The wire: 32-bit words in the machine's own order, which is little-endian wherever this app runs. */

function request(object: number, opcode: number, ...args: readonly Buffer[]): Buffer {
  const body = Buffer.concat(args);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(object, 0);
  header.writeUInt16LE(opcode, 4);
  header.writeUInt16LE(HEADER_BYTES + body.length, 6);
  return Buffer.concat([header, body]);
}

function bound(global: number, name: string, object: number): Buffer {
  const bind = 0;
  return request(registry, bind, uint(global), text(name), uint(1), uint(object));
}

function uint(value: number): Buffer {
  const word = Buffer.alloc(4);
  word.writeUInt32LE(value);
  return word;
}

/** With its length, which counts the 0 at its end, filled up to whole words. */
function text(value: string): Buffer {
  const length = Buffer.byteLength(value) + 1;
  const padded = Buffer.alloc(Math.ceil(length / 4) * 4);
  padded.write(value);
  return Buffer.concat([uint(length), padded]);
}
