import { expect, it } from 'vitest';
import { readinessOf } from '../../../electron/core/mining/rehearseFork.ts';

const rehearsed = {
  hashesPerSecond: { before: 5460, after: 4920 },
  shares: { before: 5, after: 9, refused: 0, late: 1 },
  isMemoryKept: true,
};

it('is ready for the fork whose shares count after it', () => {
  expect(readinessOf(rehearsed)).toBe('ready');
});

it.each([
  { shares: { ...rehearsed.shares, refused: 1 } },
  { hashesPerSecond: { before: 5460, after: 0 } },
  { isMemoryKept: false },
])('is not ready for it who mines over it with a fault: %j', (fault) => {
  expect(readinessOf({ ...rehearsed, ...fault })).toBe('notReady');
});

it('says nothing against a computer that is too slow for a share meanwhile', () => {
  const shares = { ...rehearsed.shares, after: 0 };
  expect(readinessOf({ ...rehearsed, shares })).toBe('unproven');
});
