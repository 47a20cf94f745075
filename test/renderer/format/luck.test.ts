import { expect, test } from 'vitest';
import { howUnlucky, luckOf } from '../../../renderer/format/luck.ts';
import { snapshotOf } from '../support/snapshots.ts';

const mining = snapshotOf('mining', 10_000_000);
const at = (rate: number, difficulty: number, waitedMs: number) =>
  luckOf({
    ...mining,
    rates: { h10s: rate, h60s: rate, h15m: rate },
    job: mining.job && { ...mining.job, difficulty },
    shares: { ...mining.shares, lastAcceptedAtMs: mining.takenAtMs - waitedMs },
  });

test('a share takes difficulty divided by rate on average', () => {
  expect(at(1000, 600_000, 0)?.expectedMs).toBe(600_000);
});

test('the chance of a wait falls exponentially: 1/e after one expected time', () => {
  expect(at(1000, 600_000, 0)?.chanceOfWait).toBe(1);
  expect(at(1000, 600_000, 600_000)?.chanceOfWait).toBeCloseTo(Math.exp(-1), 10);
});

test('a wait is never longer than the session', () => {
  expect(at(1000, 600_000, 1e12)?.waitedMs).toBe(mining.uptimeMs);
});

test('without a rate or a job there is nothing to reckon with', () => {
  expect(luckOf(snapshotOf('stopped'))).toBeNull();
  expect(luckOf({ ...mining, job: null })).toBeNull();
});

test.each([
  [0.9, 'normal'],
  [0.2, 'normal'],
  [0.19, 'unlucky'],
  [0.05, 'unlucky'],
  [0.049, 'unusual'],
])('a wait of probability %f is called %s', (chance, name) => {
  expect(howUnlucky(chance)).toBe(name);
});
