import { describe, expect, it } from 'vitest';
import { HashCounter } from '../../../electron/core/mining/rates.ts';

function counterAt(perSecond: (second: number) => number, seconds: number): HashCounter {
  const counter = new HashCounter();
  let hashes = 0;
  for (let second = 0; second <= seconds; second += 1) {
    counter.sample(second * 1000, hashes);
    hashes += perSecond(second);
  }
  return counter;
}

describe('a hash counter seen over time', () => {
  it('has no rate before its first interval', () => {
    expect(counterAt(() => 5, 0).rates()).toEqual({ h10s: null, h60s: null, h15m: null });
    expect(counterAt(() => 5, 1).rates()).toEqual({ h10s: 5, h60s: 5, h15m: 5 });
  });

  it('averages over each window alone', () => {
    // 100 H/s for ten minutes, then 400 H/s for 30 s.
    const counter = counterAt((second) => (second < 600 ? 100 : 400), 630);
    expect(counter.rates()).toEqual({
      h10s: 400,
      h60s: 250,
      h15m: (600 * 100 + 30 * 400) / 630,
    });
  });

  it('counts a pause as time without hashes', () => {
    const counter = counterAt((second) => (second < 100 ? 50 : 0), 130);
    expect(counter.rates()).toMatchObject({ h10s: 0, h60s: 25 });
  });

  it('forgets what is older than its longest window', () => {
    const counter = counterAt((second) => (second < 1000 ? 1000 : 1), 2000);
    expect(counter.rates().h15m).toBe(1);
  });
});
