import { expect, it } from 'vitest';
import { Connections, type Intent } from '../../../electron/core/system/connections.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const none = () => [];

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
  list.note('pool', one);
  clock.advance(1000);
  list.note('pool', one);
  expect(list.list()).toEqual([
    { purpose: 'pool', ...one, lastAtMs: clock.wallMs() },
    { purpose: 'pool', ...two, lastAtMs: null },
  ]);
});

it('hides nothing that was opened once, though nothing asks for it any more', () => {
  const place = { host: 'one.example', port: 1 };
  const { clock, list } = connections(none);
  list.note('pool', place);
  list.note('node', place);
  const former = { ...place, isOn: false, lastAtMs: clock.wallMs() };
  expect(list.list()).toEqual([
    { purpose: 'pool', ...former },
    { purpose: 'node', ...former },
  ]);
});
