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
const seat = 4;
const notifier = 5;
const notification = 6;

const SEAT = 'wl_seat';
const NOTIFIER = 'ext_idle_notifier_v1';

/**
 * For how long nobody has touched keyboard or mouse, as the compositor tells by Wayland's protocol ext-idle-notify-v1: KWin, and those
 * of wlroots, Hyprland, COSMIC and niri; GNOME's does not. A film that keeps the screen awake counts as use.
 */
export class WaylandIdle {
  readonly #socketPath: string | null;
  readonly #clock: Pick<Clock, 'nowMs'>;
  #socket: Socket | null = null;
  #triedAtMs = -Infinity;
  /** The compositor has said that it does not tell. */
  #isRefused = false;
  #isListening = false;
  #idleSinceMs: number | null = null;
  #unread = Buffer.alloc(0);
  /** What the compositor offers, by the numbers that it gives them. */
  readonly #globals = new Map<string, number>();

  constructor(env: Readonly<Record<string, string | undefined>>, clock: Pick<Clock, 'nowMs'>) {
    this.#socketPath = socketOf(env);
    this.#clock = clock;
  }

  /** Null where nothing tells, or not yet: to be asked again. */
  get seconds(): number | null {
    if (this.#socket === null) this.#connect();
    if (!this.#isListening) return null;
    return this.#idleSinceMs === null ? 0 : (this.#clock.nowMs() - this.#idleSinceMs) / 1000;
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
    this.#isListening = false;
    this.#idleSinceMs = null;
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
        if (event === 0) this.#onGlobal(body);
        break;
      case announced:
        this.#onAnnounced(socket);
        break;
      case notification:
        this.#idleSinceMs = event === 0 ? this.#clock.nowMs() - QUIET_MS : null;
        break;
    }
  }

  #onGlobal(body: Buffer): void {
    if (body.length < 8) return;
    const name = body.toString('latin1', 8, Math.max(8, 8 + body.readUInt32LE(4) - 1));
    if (!this.#globals.has(name)) this.#globals.set(name, body.readUInt32LE(0));
  }

  /** All that there is has been announced. */
  #onAnnounced(socket: Socket): void {
    const [ofSeat, ofNotifier] = [this.#globals.get(SEAT), this.#globals.get(NOTIFIER)];
    if (ofSeat === undefined || ofNotifier === undefined) {
      this.#isRefused = true;
      socket.destroy();
      return;
    }
    const [bind, getIdleNotification] = [0, 1];
    const bound = (global: number, name: string, object: number) =>
      request(registry, bind, uint(global), text(name), uint(1), uint(object));
    socket.write(bound(ofSeat, SEAT, seat));
    socket.write(bound(ofNotifier, NOTIFIER, notifier));
    const wanted = [uint(notification), uint(QUIET_MS), uint(seat)];
    socket.write(request(notifier, getIdleNotification, ...wanted));
    this.#isListening = true;
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
