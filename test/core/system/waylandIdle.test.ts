import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WaylandIdle } from '../../../electron/core/system/waylandIdle.ts';
import { FakeClock } from '../../support/fakeClock.ts';

/** The socket of a compositor that says what a test wants; the bytes are those of the protocol. */

const WAIT = 10_000;

let folder = '';
let server: Server;
let clients: Socket[] = [];
let received = Buffer.alloc(0);
let clock: FakeClock;
let idle: WaylandIdle;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-wayland-'));
  clients = [];
  received = Buffer.alloc(0);
  clock = new FakeClock();
  server = createServer((socket) => {
    clients.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => (received = Buffer.concat([received, chunk])));
  });
  await new Promise<void>((listening) => server.listen(join(folder, 'wayland-1'), listening));
  idle = new WaylandIdle({ WAYLAND_DISPLAY: 'wayland-1', XDG_RUNTIME_DIR: folder }, clock);
});
afterEach(async () => {
  idle.close();
  for (const client of clients) client.destroy();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true });
});

const words = (...values: number[]) => Buffer.from(new Uint32Array(values).buffer);
const event = (object: number, opcode: number, body = Buffer.alloc(0)) =>
  Buffer.concat([words(object, ((8 + body.length) << 16) | opcode), body]);
const padded = (name: string) =>
  Buffer.from(name.padEnd(Math.ceil((name.length + 1) / 4) * 4, '\0'));
const global = (number: number, name: string) =>
  event(2, 0, Buffer.concat([words(number, name.length + 1), padded(name), words(1)]));
const announced = event(3, 0, words(0));

const send = (...parts: Buffer[]) => clients.at(-1)?.write(Buffer.concat(parts));
const seconds = (told: number | null) => vi.waitFor(() => expect(idle.seconds).toBe(told), WAIT);

async function connected(count = 1): Promise<void> {
  expect(idle.seconds).toBeNull();
  await vi.waitFor(() => expect(clients).toHaveLength(count), WAIT);
}

async function offered(): Promise<void> {
  await connected();
  send(global(7, 'wl_compositor'), global(9, 'wl_seat'));
  send(global(12, 'ext_idle_notifier_v1'), announced);
  await seconds(0);
}

it('asks to be told of a second without input, and counts from there until there is some', async () => {
  await offered();
  const asked = Buffer.concat([
    event(1, 1, words(2)),
    event(1, 0, words(3)),
    event(2, 0, Buffer.concat([words(12, 21), padded('ext_idle_notifier_v1'), words(1, 4)])),
    event(2, 0, Buffer.concat([words(9, 8), padded('wl_seat'), words(1, 5)])),
    event(4, 1, words(6, 1000, 5)),
  ]);
  await vi.waitFor(() => expect(received).toEqual(asked), WAIT);
  clock.advance(5000);
  expect(idle.seconds).toBe(0);
  send(event(6, 0));
  await seconds(1);
  clock.advance(59_000);
  expect(idle.seconds).toBe(60);
  send(event(6, 1));
  await seconds(0);
});

it('takes what it is told in whatever pieces it comes', async () => {
  await connected();
  const all = Buffer.concat([global(9, 'wl_seat'), global(12, 'ext_idle_notifier_v1'), announced]);
  for (const byte of Buffer.concat([all, event(6, 0)])) {
    send(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await seconds(1);
});

it('counts from where the last of all seats was left, those that come later too', async () => {
  await connected();
  send(global(9, 'wl_seat'), global(12, 'ext_idle_notifier_v1'), global(13, 'wl_seat'), announced);
  await seconds(0);
  send(event(6, 0));
  send(event(8, 0));
  await seconds(1);
  clock.advance(5000);
  send(event(8, 1));
  await seconds(0);
  clock.advance(5000);
  send(event(8, 0));
  await seconds(1);
  send(global(14, 'wl_seat'));
  await seconds(0);
  clock.advance(5000);
  send(event(10, 0));
  await seconds(1);
});

it.each([
  ['seat', 9],
  ['notifier', 12],
])('asks anew when its %s is gone, not when another thing is', async (_, number) => {
  await offered();
  send(event(2, 1, words(7)), event(6, 0));
  await seconds(1);
  send(event(2, 1, words(number)));
  await seconds(null);
  clock.advance(10_000);
  await connected(2);
});

it('waits for a seat where there is none yet', async () => {
  await connected();
  send(global(12, 'ext_idle_notifier_v1'), global(9, 'wl_seat'), event(2, 1, words(9)), announced);
  await vi.waitFor(() => expect(clients[0]?.destroyed).toBe(true), WAIT);
  clock.advance(10_000);
  await connected(2);
});

it('leaves a compositor that does not tell, and never asks it again', async () => {
  await connected();
  send(global(9, 'wl_seat'), announced);
  await vi.waitFor(() => expect(clients[0]?.destroyed).toBe(true), WAIT);
  clock.advance(60_000);
  expect(idle.seconds).toBeNull();
  // Connections come in the order in which they are begun.
  connect(join(folder, 'wayland-1')).end('the next to connect');
  await vi.waitFor(() => expect(received.toString()).toContain('the next to connect'), WAIT);
  expect(clients).toHaveLength(2);
});

it('finds a compositor again that was started anew', async () => {
  await offered();
  send(event(6, 0));
  await seconds(1);
  clients[0]?.destroy();
  await seconds(null);
  clock.advance(10_000);
  await connected(2);
});

it.each([
  ['an error', event(1, 0, words(1, 0, 1, 0))],
  ['nonsense', Buffer.alloc(16)],
])('ends with %s', async (_, said) => {
  await offered();
  send(said, event(6, 0));
  await seconds(null);
});

it.each([{}, { WAYLAND_DISPLAY: 'wayland-1' }, { WAYLAND_DISPLAY: '/no/such/socket' }])(
  'tells nothing with %j',
  async (env) => {
    const nothing = new WaylandIdle(env, clock);
    expect(nothing.seconds).toBeNull();
    await once(connect('/no/such/socket'), 'error');
    expect(nothing.seconds).toBeNull();
  },
);
