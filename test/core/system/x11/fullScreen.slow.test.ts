import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { cookieFor } from '../../../../electron/core/system/x11/authority.ts';
import { XConnection } from '../../../../electron/core/system/x11/connection.ts';
import { XFullScreen } from '../../../../electron/core/system/x11/fullScreen.ts';
import { Display } from '../../../support/display.ts';
import { browseOn, show } from '../../../support/fullScreen.ts';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

function run(command: string, env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(command, { env: { ...process.env, ...env }, stdio: 'ignore' });
  ended.push(() => child.kill('SIGKILL'));
  return child;
}

async function browse(env: Readonly<Record<string, string>>): Promise<Browser> {
  const browser = await browseOn(env);
  ended.push(() => browser.close());
  return browser;
}

describe('full screen on X11', () => {
  it('is told of the program that is worked in, from when there is a window manager until it is left', async () => {
    const display = await Display.start();
    ended.push(() => display.kill());
    const watch = new XFullScreen(display.env, process.pid);
    ended.push(() => watch.close());
    expect(await watch.read(null)).toBeNull();
    run('xfwm4', display.env);
    await expect.poll(() => watch.read(null)).toBe(false);

    const browser = await browse(display.env);
    const page = await browser.newPage({ viewport: null });
    expect(await watch.read(null)).toBe(false);
    await show(page, 'fullscreen');
    await expect.poll(() => watch.read(null)).toBe(true);
    await show(page, 'normal');
    await expect.poll(() => watch.read(null)).toBe(false);
    await show(page, 'fullscreen');
    await expect.poll(() => watch.read(null)).toBe(true);
    await browser.close();
    await expect.poll(() => watch.read(null)).toBe(false);

    await display.kill();
    expect(await watch.read(null)).toBeNull();
  });

  it('is not told of Wayland programs, nor of a display that is elsewhere or nowhere', async () => {
    const display = await Display.start();
    ended.push(() => display.kill());
    run('xfwm4', display.env);
    await expect.poll(() => new XFullScreen(display.env, process.pid).read(null)).toBe(false);
    for (const env of [
      { ...display.env, WAYLAND_DISPLAY: 'wayland-0' },
      { ...display.env, XDG_SESSION_TYPE: 'wayland' },
      { DISPLAY: `otherhost${display.env['DISPLAY'] ?? ''}` },
      { DISPLAY: ':4711' },
      {},
    ])
      expect(await new XFullScreen(env, process.pid).read(null)).toBeNull();
  });
});

it('what an X server does not say before it is gone leaves full screen as it was', async () => {
  const number = String(100_000 + process.pid);
  const letIn = Buffer.alloc(44);
  letIn.set([1, 0, 11, 0, 0, 0, 9]);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(letIn);
      socket.once('data', () => socket.destroy());
    });
  });
  mkdirSync('/tmp/.X11-unix', { recursive: true });
  await once(server.listen(`/tmp/.X11-unix/X${number}`), 'listening');
  ended.push(() => server.close());
  for (const last of [true, false, null]) {
    expect(await new XFullScreen({ DISPLAY: `:${number}` }, process.pid).read(last)).toBe(last);
  }
});

describe('a display that asks for a cookie', () => {
  const entry = (family: number, ...fields: readonly (string | Buffer)[]) =>
    Buffer.concat([
      Buffer.from([family >> 8, family & 255]),
      ...fields.flatMap((field) => {
        const content = Buffer.from(field);
        return [Buffer.from([content.length >> 8, content.length & 255]), content];
      }),
    ]);
  const [ours, others] = [randomBytes(16), randomBytes(16)];
  const name = 'MIT-MAGIC-COOKIE-1';
  const file = Buffer.concat([
    entry(256, 'another-host', '7', name, others),
    entry(256, hostname(), '8', name, others),
    entry(256, hostname(), '7', 'XDM-AUTHORIZATION-1', others),
    entry(256, hostname(), '7', name, ours),
  ]);

  it('gets the one of this computer and this display', () => {
    expect(cookieFor(file, '7', hostname())).toEqual(ours);
    expect(cookieFor(entry(65_535, '', '', name, ours), '3', hostname())).toEqual(ours);
    expect(cookieFor(file, '9', hostname())).toBeNull();
    for (let length = 0; length < file.length; length += 1)
      expect(cookieFor(file.subarray(0, length), '9', hostname())).toBeNull();
  });

  it('lets us in with it only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ibctminer-x-'));
    ended.push(() => rmSync(folder, { recursive: true, force: true }));
    const authority = join(folder, 'authority');
    writeFileSync(authority, entry(65_535, '', '', name, ours));
    const display = await Display.start(['-auth', authority]);
    ended.push(() => display.kill());
    run('xfwm4', { ...display.env, XAUTHORITY: authority });
    const env = { ...display.env, XAUTHORITY: authority };
    await expect.poll(() => new XFullScreen(env, process.pid).read(null)).toBe(false);
    const without = { ...display.env, XAUTHORITY: join(folder, 'none') };
    expect(await new XFullScreen(without, process.pid).read(null)).toBeNull();
  });
});

describe('whoever answers as an X server', () => {
  async function listen(answer: Buffer): Promise<string> {
    const path = join(mkdtempSync(join(tmpdir(), 'ibctminer-x-')), 'socket');
    const server = createServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.write(answer);
    });
    ended.push(() => rmSync(join(path, '..'), { recursive: true, force: true }));
    ended.push(() => close(server));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return path;
  }
  const close = (server: Server) => new Promise((resolve) => server.close(resolve));

  it.each([
    ['refuses', Buffer.from([0, 0, 11, 0, 0, 0, 0, 0])],
    ['promises too much', Buffer.from([1, 0, 11, 0, 0, 0, 255, 255])],
    ['says nothing', Buffer.alloc(0)],
    ['says too little', Buffer.from([1, 0, 11, 0, 0, 0, 0, 0])],
  ])('and %s is left', async (_what, answer) => {
    expect(await XConnection.open(await listen(answer), null)).toBeNull();
  });
});
