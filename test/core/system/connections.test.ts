import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { Connections, type Intent } from '../../../electron/core/system/connections.ts';
import { FakeClock } from '../../support/fakeClock.ts';

/** A connection that carried so much. */
const wire = (bytesWritten = 0, bytesRead = 0) =>
  Object.assign(new EventEmitter(), { bytesWritten, bytesRead }) as unknown as Socket;

const nothing = { sentBytes: 0, receivedBytes: 0 };

function connections(pool: readonly Intent[]) {
  const clock = new FakeClock();
  const all = new Connections(clock);
  const intents = { pool, ...{ node: [], nodeNews: [], latency: [], account: [] } };
  const list = () => all.list({ ...intents, practice: [], updates: [], api: [] });
  return { clock, note: all.note, list };
}

it('lists what may be opened, and when each was opened last', () => {
  const one = { host: 'one.example', port: 1, isOn: true };
  const two = { host: 'two.example', port: 2, isOn: false };
  const { clock, note, list } = connections([one, two]);
  note('pool', one, wire());
  clock.advance(1000);
  note('pool', one, wire());
  expect(list()).toEqual([
    { purpose: 'pool', ...one, lastAtMs: clock.wallMs(), ...nothing },
    { purpose: 'pool', ...two, lastAtMs: null, ...nothing },
  ]);
});

it('hides nothing that was opened once, though nothing asks for it any more', () => {
  const place = { host: 'one.example', port: 1 };
  const { clock, note, list } = connections([]);
  note('pool', place, wire());
  note('node', place, wire());
  const former = { ...place, isOn: false, lastAtMs: clock.wallMs(), ...nothing };
  expect(list()).toEqual([
    { purpose: 'pool', ...former },
    { purpose: 'node', ...former },
  ]);
});

it('adds up what was sent and received by all connections to a place, those that are open included', () => {
  const place = { host: 'one.example', port: 1 };
  const { note, list } = connections([]);
  const first = wire(10, 20);
  note('pool', place, first);
  note('pool', place, wire(100, 200));
  expect(list()).toMatchObject([{ sentBytes: 110, receivedBytes: 220 }]);
  first.emit('close');
  note('pool', place, wire(1000, 2000));
  expect(list()).toMatchObject([{ sentBytes: 1110, receivedBytes: 2220 }]);
});
