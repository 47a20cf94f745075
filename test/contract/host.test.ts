import { expect, test } from 'vitest';
import { isLoopback, isOnion, isPrivateWay } from '../../electron/contract/host.ts';

test.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.10', '::1'])('%s is here', (host) => {
  expect([isLoopback(host), isOnion(host), isPrivateWay(host)]).toEqual([true, false, true]);
});

test.each(['abc.onion', 'ABC.ONION'])('the way to %s is Tor’s', (host) => {
  expect([isLoopback(host), isOnion(host), isPrivateWay(host)]).toEqual([false, true, true]);
});

test.each([
  '127.0.0.1.example',
  'localhost.example',
  '10.0.0.1',
  '::2',
  'onion',
  'a.onion.example',
])('anybody may listen on the way to %s', (host) => {
  expect([isLoopback(host), isOnion(host), isPrivateWay(host)]).toEqual([false, false, false]);
});
