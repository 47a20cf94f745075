import { expect, it } from 'vitest';
import type { BusReply } from '../../../electron/desktop/shell/bus/connection.ts';
import type { BusCall } from '../../../electron/desktop/shell/bus/message.ts';
import { readTrayPresence } from '../../../electron/desktop/shell/trayPresence.ts';

const OUR_PID = 4711;
const answer = (value: unknown): BusReply => ({ kind: 'answer', value });

function bus(replies: Partial<Record<string, BusReply | ((call: BusCall) => BusReply)>>) {
  return (call: BusCall): Promise<BusReply> => {
    const key = call.method === 'Get' ? (call.args[1] ?? '') : call.method;
    const reply = replies[key] ?? { kind: 'refused' };
    return Promise.resolve(typeof reply === 'function' ? reply(call) : reply);
  };
}

const tray = {
  NameHasOwner: answer(true),
  IsStatusNotifierHostRegistered: answer(true),
  RegisteredStatusNotifierItems: answer([
    ':1.84/StatusNotifierItem',
    ':1.9@/org/chromium/StatusNotifierItem/1',
  ]),
};

it('tells our icon by its process', async () => {
  const call = bus({
    ...tray,
    GetConnectionUnixProcessID: ({ args }) => answer(args[0] === ':1.9' ? OUR_PID : 12),
  });
  expect(await readTrayPresence(OUR_PID, call, 'linux')).toBe('shown');
});

it('tells a tray that has icons of others only', async () => {
  const call = bus({ ...tray, GetConnectionUnixProcessID: answer(12) });
  expect(await readTrayPresence(OUR_PID, call, 'linux')).toBe('refused');
});

it('asks of no item whose name is longer than a name on a bus may be', async () => {
  const asked: string[] = [];
  const call = bus({
    ...tray,
    RegisteredStatusNotifierItems: answer(['x'.repeat(256), 'y'.repeat(255), ':1.9@/icon']),
    GetConnectionUnixProcessID: ({ args: [name = ''] }) => {
      asked.push(name);
      return name === ':1.9' ? answer(OUR_PID) : { kind: 'refused' };
    },
  });
  expect(await readTrayPresence(OUR_PID, call, 'linux')).toBe('shown');
  expect(asked).toEqual(['y'.repeat(255), ':1.9']);
});

it('tells that there is no tray', async () => {
  expect(await readTrayPresence(OUR_PID, bus({ NameHasOwner: answer(false) }), 'linux')).toBe(
    'none',
  );
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
