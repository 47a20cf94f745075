import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  callBus,
  daemonCall,
  propertyCall,
  socketOf,
} from '../../../../electron/desktop/shell/bus/bus.ts';

const DAEMON = 'org.freedesktop.DBus';
const before = process.env['DBUS_SESSION_BUS_ADDRESS'];
let folder: string;
let socketPath: string;
const ended: (() => unknown)[] = [];
/** As an address has it. */
const escaped = () => encodeURIComponent(socketPath).replaceAll('%2F', '/');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-bus-'));
  socketPath = join(folder, 'bus, of a test');
  process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${escaped()}`;
});
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
  await expect.poll(() => hasOwner()).toEqual({ kind: 'refused' });
  rmSync(folder, { recursive: true });
  if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
  else process.env['DBUS_SESSION_BUS_ADDRESS'] = before;
});

async function startBus(address = process.env['DBUS_SESSION_BUS_ADDRESS']): Promise<ChildProcess> {
  const bus = spawn(
    'dbus-daemon',
    ['--session', '--nofork', '--print-address=1', `--address=${String(address)}`],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  ended.push(() => bus.kill('SIGKILL'));
  process.env['DBUS_SESSION_BUS_ADDRESS'] = String((await once(bus.stdout, 'data'))[0]).trim();
  return bus;
}

/** What listens where the bus should be. */
async function listen(onData: (write: (bytes: string) => void) => void): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => onData((bytes) => socket.write(Buffer.from(bytes, 'latin1'))));
    ended.push(() => socket.destroy());
  });
  await once(server.listen(socketPath), 'listening');
  ended.push(() => server.close());
  return server;
}

const hasOwner = (name = DAEMON) => callBus(daemonCall('session', 'NameHasOwner', name));

describe('a call on a bus', () => {
  it('is answered with a truth, a number or a list, by one connection', async () => {
    await startBus();
    expect(await hasOwner()).toEqual({ kind: 'answer', value: true });
    expect(await hasOwner('nobody.is.this')).toEqual({ kind: 'answer', value: false });
    expect(await callBus(daemonCall('session', 'GetConnectionUnixProcessID', ':1.0'))).toEqual({
      kind: 'answer',
      value: process.pid,
    });
    const daemon = { bus: 'session', name: DAEMON, path: '/org/freedesktop/DBus' } as const;
    expect(await callBus(propertyCall(daemon, 'Interfaces'))).toEqual({
      kind: 'answer',
      value: expect.arrayContaining(['org.freedesktop.DBus.Monitoring']) as string[],
    });
    // Nobody is the second on this bus.
    expect(await hasOwner(':1.1')).toEqual({ kind: 'answer', value: false });
  });

  it('is refused by whom it does not exist for, and where there is no bus', async () => {
    expect(await hasOwner()).toEqual({ kind: 'refused' });
    await startBus();
    expect(await callBus(daemonCall('session', 'NoSuchMethod', DAEMON))).toEqual({
      kind: 'refused',
    });
    expect(
      await callBus(daemonCall('session', 'GetConnectionUnixProcessID', 'nobody.is.this')),
    ).toEqual({
      kind: 'refused',
    });
  });

  it('may hold a text of any length', async () => {
    await startBus();
    expect(await hasOwner('x'.repeat(500_000))).toEqual({ kind: 'answer', value: false });
  });

  it('is refused where the address is none that a socket can have', async () => {
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=%20';
    expect(await hasOwner()).toEqual({ kind: 'refused' });
  });

  it('finds a bus that was started again', async () => {
    const bus = await startBus();
    expect(await hasOwner()).toMatchObject({ kind: 'answer' });
    bus.kill('SIGKILL');
    await expect.poll(() => hasOwner()).toEqual({ kind: 'refused' });
    rmSync(socketPath);
    await startBus(`unix:path=${escaped()}`);
    expect(await hasOwner()).toMatchObject({ kind: 'answer' });
  });

  it('reaches a bus whose socket has no place among the files', async () => {
    await startBus(`unix:abstract=${escaped()}`);
    expect(await hasOwner()).toEqual({ kind: 'answer', value: true });
  });

  it('is late where nobody answers, and asks anew afterwards', async () => {
    const server = await listen(() => undefined);
    expect(await hasOwner()).toEqual({ kind: 'late' });
    server.close();
    rmSync(socketPath, { force: true });
    await startBus(`unix:path=${escaped()}`);
    expect(await hasOwner()).toMatchObject({ kind: 'answer' });
  });

  it.each([
    ['lets nobody in', 'REJECTED EXTERNAL\r\n'],
    ['speaks without end', 'O'.repeat(2000)],
    ['sends what is no message', `OK 1\r\n${'x'.repeat(64)}`],
    ['sends a message without end', `OK 1\r\nl\x02\x01\x01\xff\xff\xff\x7f${'\0'.repeat(8)}`],
    [
      'sends a reply without the value that it promises',
      `OK 1\r\nl\x02\x01\x01\0\0\0\0\x01\0\0\0\x0f\0\0\0\x05\x01u\0\x02\0\0\0\x08\x01g\0\x01u\0\0`,
    ],
    [
      'sends a text beyond its message',
      `OK 1\r\nl\x02\x01\x01\0\0\0\0\x01\0\0\0\x08\0\0\0\x08\x01g\0\x7fsss`,
    ],
  ])('is refused where a server %s', async (_, sent) => {
    await listen((write) => write(sent));
    expect(await hasOwner()).toEqual({ kind: 'refused' });
  });
});

it('an address may name several servers, with its keys in any order, and escapes what it may not hold', () => {
  expect(socketOf('tcp:host=a,port=1;unix:guid=00,path=/run/a%20b%c3%a9,x=1')).toBe('/run/a bé');
  expect(socketOf('tcp:host=a,port=1;unix:path=/run/a%20b%c3%a9,guid=00')).toBe('/run/a bé');
  expect(socketOf('unix:abstract=/tmp/bus')).toBe('\0/tmp/bus');
  expect(socketOf('unix:guid=00,abstract=/tmp/bus')).toBe('\0/tmp/bus');
  expect(socketOf('unix:runtime=yes;unix:path=/run/bus')).toBe('/run/bus');
  expect(socketOf('nonce-tcp:noncefile=unix:path=/tmp/no')).toBe(null);
  expect(socketOf('unix:path=;autolaunch:')).toBe(null);
});
