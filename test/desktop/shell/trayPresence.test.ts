import { describe, expect, it } from 'vitest';
import type { BusCall, BusReply } from '../../../electron/desktop/shell/bus.ts';
import { readTrayPresence } from '../../../electron/desktop/shell/trayPresence.ts';

const OUR_PID = 4711;
const answer = (text: string): BusReply => ({ kind: 'answer', text });

/** The three tools print the same replies each in a way of its own. */
const printed = [
  {
    tool: 'gdbus',
    yes: '(true,)\n',
    no: '(false,)\n',
    property: '(<true>,)\n',
    items: "(<[':1.84/StatusNotifierItem', ':1.9@/org/chromium/StatusNotifierItem/1']>,)\n",
    pid: (pid: number) => `(uint32 ${pid},)\n`,
  },
  {
    tool: 'busctl',
    yes: 'b true\n',
    no: 'b false\n',
    property: 'v b true\n',
    items: 'v as 2 ":1.84/StatusNotifierItem" ":1.9@/org/chromium/StatusNotifierItem/1"\n',
    pid: (pid: number) => `u ${pid}\n`,
  },
  {
    tool: 'dbus-send',
    yes: 'method return time=1.2 sender=org.freedesktop.DBus -> destination=:1.5 serial=3\n   boolean true\n',
    no: 'method return time=1.2 sender=:1.1 -> destination=:1.5 serial=3\n   boolean false\n',
    property:
      'method return time=1.2 sender=:1.1 -> destination=:1.5 serial=3\n   variant       boolean true\n',
    items:
      'method return time=1.2 sender=:1.1\n   variant       array [\n         string ":1.84/StatusNotifierItem"\n         string ":1.9@/org/chromium/StatusNotifierItem/1"\n      ]\n',
    pid: (pid: number) => `method return time=1.2 sender=:1.1 serial=4711\n   uint32 ${pid}\n`,
  },
];

function bus(replies: Partial<Record<string, BusReply | ((call: BusCall) => BusReply)>>) {
  return (call: BusCall): Promise<BusReply> => {
    const key = call.method === 'Get' ? (call.args[1] ?? '') : call.method;
    const reply = replies[key] ?? { kind: 'refused' };
    return Promise.resolve(typeof reply === 'function' ? reply(call) : reply);
  };
}

describe.each(printed)('what $tool prints', ({ yes, no, property, items, pid }) => {
  const tray = {
    NameHasOwner: answer(yes),
    IsStatusNotifierHostRegistered: answer(property),
    RegisteredStatusNotifierItems: answer(items),
  };

  it('tells our icon by its process', async () => {
    const call = bus({
      ...tray,
      GetConnectionUnixProcessID: ({ args }) => answer(pid(args[0] === ':1.9' ? OUR_PID : 12)),
    });
    expect(await readTrayPresence(OUR_PID, call, 'linux')).toBe('shown');
  });

  it('tells a tray that has icons of others only', async () => {
    const call = bus({ ...tray, GetConnectionUnixProcessID: answer(pid(12)) });
    expect(await readTrayPresence(OUR_PID, call, 'linux')).toBe('refused');
  });

  it('tells that there is no tray', async () => {
    expect(await readTrayPresence(OUR_PID, bus({ NameHasOwner: answer(no) }), 'linux')).toBe(
      'none',
    );
  });
});

it('a bus that does not answer in time says nothing', async () => {
  expect(await readTrayPresence(OUR_PID, bus({ NameHasOwner: { kind: 'late' } }), 'linux')).toBe(
    'unknown',
  );
});

it('without a session bus there is no tray', async () => {
  expect(await readTrayPresence(OUR_PID, bus({}), 'linux')).toBe('none');
});

it('macOS and Windows always have a tray', async () => {
  expect(await readTrayPresence(OUR_PID, bus({}), 'darwin')).toBe('shown');
});
