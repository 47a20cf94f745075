import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetered } from '../../../../electron/desktop/shell/senses/metered.ts';

/** A bus of the test's own, with something that answers as NetworkManager does. */
const NAME = 'org.freedesktop.NetworkManager';
const OBJECT = '/org/freedesktop/NetworkManager';

const children: ChildProcess[] = [];
const before = process.env['DBUS_SYSTEM_BUS_ADDRESS'];

beforeAll(async () => {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(bus);
  const [address] = (await once(bus.stdout, 'data')) as [Buffer];
  process.env['DBUS_SYSTEM_BUS_ADDRESS'] = String(address).trim();
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  if (before === undefined) delete process.env['DBUS_SYSTEM_BUS_ADDRESS'];
  else process.env['DBUS_SYSTEM_BUS_ADDRESS'] = before;
});

async function tell(method: string, ...args: readonly string[]): Promise<void> {
  const child = spawn('gdbus', [
    ...['call', '--system', '--dest', NAME, '--object-path', OBJECT],
    ...['--method', `org.freedesktop.DBus.${method}`, ...args],
  ]);
  expect((await once(child, 'exit'))[0]).toBe(0);
}

async function startNetworkManager(): Promise<void> {
  const env = {
    ...process.env,
    DBUS_SESSION_BUS_ADDRESS: process.env['DBUS_SYSTEM_BUS_ADDRESS'],
  };
  const mock = ['-m', 'dbusmock', '--session', NAME, OBJECT, NAME];
  children.push(spawn('/usr/bin/python3', mock, { env, stdio: 'ignore' }));
  const [code] = (await once(
    spawn('gdbus', ['wait', '--system', '--timeout', '60', NAME]),
    'exit',
  )) as [number];
  expect(code).toBe(0);
  await tell('Mock.AddProperty', NAME, 'Metered', '<uint32 0>');
}

describe('a metered connection', () => {
  it('is known only where NetworkManager runs, and is what it says or guesses', async () => {
    expect(await readMetered()).toBeNull();
    await startNetworkManager();
    const told: (boolean | null)[] = [];
    for (const value of [0, 1, 2, 3, 4]) {
      await tell('Properties.Set', NAME, 'Metered', `<uint32 ${String(value)}>`);
      told.push(await readMetered());
    }
    expect(told).toEqual([false, true, false, true, false]);
  });

  it.each([
    ['gdbus', '(true,)', '(<uint32 1>,)'],
    ['busctl', 'b true', 'v u 1'],
    ['dbus-send', 'reply\n   boolean true', 'reply\n   variant       uint32 1'],
  ])('is read in what %s prints', async (_tool, owned, metered) => {
    const asked: string[] = [];
    const answer = await readMetered(({ bus, method }) => {
      asked.push(`${bus} ${method}`);
      return Promise.resolve({ kind: 'answer', text: method === 'Get' ? metered : owned });
    });
    expect(answer).toBe(true);
    expect(asked).toEqual(['system NameHasOwner', 'system Get']);
  });
});
