import { describe, expect, it } from 'vitest';
import { systemClock, untilDueMs } from '../../electron/core/clock.ts';

describe('what is due again and again', () => {
  it('is due on whole seconds, whenever it began', () => {
    for (const nowMs of [0, 120.4, 499.9, 501, 999.9]) {
      for (const intervalMs of [1000, 2000, 15_000]) {
        const waitMs = untilDueMs(nowMs, intervalMs);
        expect((nowMs + waitMs) % 1000).toBeCloseTo(0);
        expect(Math.abs(waitMs - intervalMs)).toBeLessThanOrEqual(500);
      }
    }
  });

  it('is not due twice when a timer is early or late', () => {
    expect(untilDueMs(5999.6, 1000)).toBeCloseTo(1000.4);
    expect(untilDueMs(6000.3, 1000)).toBeCloseTo(999.7);
  });

  it('is due as often as it should be where that is more often', () => {
    expect(untilDueMs(123.4, 50)).toBe(50);
  });

  it('comes until it is cancelled', async () => {
    let times = 0;
    const cancel = systemClock.every(20, () => (times += 1));
    await new Promise((resolve) => setTimeout(resolve, 200));
    cancel();
    const before = times;
    expect(before).toBeGreaterThan(2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(times).toBe(before);
  });
});
