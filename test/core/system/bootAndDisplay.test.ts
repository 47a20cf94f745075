import { createServer } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  areGone,
  readSurroundings,
  type Host,
} from '../../../electron/core/system/bootAndDisplay.ts';

const X0 = '/tmp/.X11-unix/X0';

function listening(inode: number, path: string): string {
  return `0000000000000000: 00000002 00000000 00010000 0001 01 ${inode} ${path}`;
}

function host(sockets: readonly string[], env: Host['env'], bootId = 'first'): Host {
  const files: Record<string, string> = {
    '/proc/sys/kernel/random/boot_id': bootId,
    '/proc/net/unix': ['Num       RefCount Protocol Flags    Type St Inode Path', ...sockets].join(
      '\n',
    ),
  };
  return { env, read: (path) => files[path] ?? null };
}

it('knows the display server that listens, not a connection to it', () => {
  const connection = `0000000000000000: 00000003 00000000 00000000 0001 03 7 ${X0}`;
  const here = host([connection, listening(8, X0)], { DISPLAY: ':0.1' });
  expect(readSurroundings(here)).toEqual({
    bootId: 'first',
    display: { socket: X0, inode: '8' },
  });
});

it.each([
  ['an X server that listens in the abstract only', { DISPLAY: 'unix:0' }, `@${X0}`],
  ['a Wayland compositor', { WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/user/1' }, null],
  ['a Wayland compositor by its path', { WAYLAND_DISPLAY: '/run/user/1/wayland-0' }, null],
])('knows %s', (_, env, abstract) => {
  const socket = abstract ?? '/run/user/1/wayland-0';
  const then = readSurroundings(host([listening(8, socket)], env));
  expect(then.display?.inode).toBe('8');
  expect(areGone(then, host([listening(8, socket)], {}))).toBe(false);
});

it('tells that the display server is gone, or another one in its place', () => {
  const then = readSurroundings(host([listening(8, X0)], { DISPLAY: ':0' }));
  expect(areGone(then, host([listening(8, X0)], { DISPLAY: ':5' }))).toBe(false);
  expect(areGone(then, host([], { DISPLAY: ':5' }))).toBe(true);
  expect(areGone(then, host([listening(9, X0)], { DISPLAY: ':0' }))).toBe(true);
});

it('tells that the computer was started anew', () => {
  const then = readSurroundings(host([], {}));
  expect(areGone(then, host([], {}))).toBe(false);
  expect(areGone(then, host([], {}, 'second'))).toBe(true);
});

it('takes nothing for gone where nothing is known, or the display is far away', () => {
  const unknown: Host = { env: { DISPLAY: ':0' }, read: () => null };
  expect(readSurroundings(unknown)).toEqual({ bootId: null, display: null });
  const then = readSurroundings(host([listening(8, X0)], { DISPLAY: ':0' }));
  expect(areGone(then, unknown)).toBe(false);
  expect(areGone(readSurroundings(unknown), unknown)).toBe(false);
  expect(readSurroundings(host([listening(8, X0)], { DISPLAY: 'far:0' })).display).toBeNull();
});

it.runIf(process.platform === 'linux')('reads what the kernel tells of a real socket', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ibctminer-display-'));
  const server = createServer();
  const socket = join(folder, 'wayland-0');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const here: Host = {
    env: { WAYLAND_DISPLAY: socket },
    read: (path) => readFileSync(path, 'utf8').trim(),
  };
  const then = readSurroundings(here);
  expect(then.display?.inode).toMatch(/^\d+$/);
  expect(areGone(then, here)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(areGone(then, here)).toBe(true);
  rmSync(folder, { recursive: true });
});
