import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { Connections, type Intent } from '../../../electron/core/system/connections.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const none = () => [];

/** A connection that carried so much. */
const wire = (bytesWritten = 0, bytesRead = 0) =>
  Object.assign(new EventEmitter(), { bytesWritten, bytesRead }) as unknown as Socket;

const nothing = { sentBytes: 0, receivedBytes: 0 };

function connections(pools: () => readonly Intent[]) {
  const clock = new FakeClock();
  const intents = { pool: pools, node: none, nodeNews: none, latency: none, account: none };
  return {
    clock,
    list: new Connections({ ...intents, practice: none, updates: none, api: none }, clock),
  };
}

it('lists what may be opened, and when each was opened last', () => {
  const one = { host: 'one.example', port: 1, isOn: true };
  const two = { host: 'two.example', port: 2, isOn: false };
  const { clock, list } = connections(() => [one, two]);
  list.note('pool', one, wire());
  clock.advance(1000);
  list.note('pool', one, wire());
  expect(list.list()).toEqual([
    { purpose: 'pool', ...one, lastAtMs: clock.wallMs(), ...nothing },
    { purpose: 'pool', ...two, lastAtMs: null, ...nothing },
  ]);
});

it('hides nothing that was opened once, though nothing asks for it any more', () => {
  const place = { host: 'one.example', port: 1 };
  const { clock, list } = connections(none);
  list.note('pool', place, wire());
  list.note('node', place, wire());
  const former = { ...place, isOn: false, lastAtMs: clock.wallMs(), ...nothing };
  expect(list.list()).toEqual([
    { purpose: 'pool', ...former },
    { purpose: 'node', ...former },
  ]);
});

it('adds up what was sent and received by all connections to a place, those that are open included', () => {
  const place = { host: 'one.example', port: 1 };
  const { list } = connections(none);
  const first = wire(10, 20);
  list.note('pool', place, first);
  list.note('pool', place, wire(100, 200));
  expect(list.list()).toMatchObject([{ sentBytes: 110, receivedBytes: 220 }]);
  first.emit('close');
  list.note('pool', place, wire(1000, 2000));
  expect(list.list()).toMatchObject([{ sentBytes: 1110, receivedBytes: 2220 }]);
});
