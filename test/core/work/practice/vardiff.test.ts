import { describe, expect, it } from 'vitest';
import { BLOCKS_PER_KEY, practiceBlock } from '../../../../electron/core/work/practice/chain.ts';
import { FIRST_DIFFICULTY, Vardiff } from '../../../../electron/core/work/practice/vardiff.ts';

/** Shares of a miner without luck, good or bad, for so many seconds. */
function mine(vardiff: Vardiff, hashesPerSecond: number, fromMs: number, seconds: number): number {
  let shares = 0;
  let hashes = 0;
  for (let ms = fromMs; ms < fromMs + seconds * 1000; ms += 10) {
    hashes += hashesPerSecond / 100;
    if (hashes < vardiff.difficulty) continue;
    hashes -= vardiff.difficulty;
    shares += 1;
    vardiff.onShare(ms, vardiff.difficulty);
  }
  return shares;
}

describe('vardiff', () => {
  it.each([20, 100, 2000, 20_000])('gives %i H/s a share every few seconds', (hashesPerSecond) => {
    const vardiff = new Vardiff(0);
    mine(vardiff, hashesPerSecond, 0, 120);
    const shares = mine(vardiff, hashesPerSecond, 120_000, 60);
    expect(shares).toBeGreaterThanOrEqual(10);
    expect(shares).toBeLessThanOrEqual(40);
  });

  it('comes down by itself when no share comes', () => {
    const vardiff = new Vardiff(0);
    expect(vardiff.onSilence(5000)).toBe(false);
    expect(vardiff.onSilence(12_000)).toBe(true);
    expect(vardiff.difficulty).toBe(FIRST_DIFFICULTY / 2);
  });
});

describe('the practice chain', () => {
  it('has blobs shaped like those of Monero version 16', () => {
    const { blob } = practiceBlock(5, 1_790_000_000);
    expect(blob).toHaveLength(76);
    expect([blob[0], blob[1], blob[75]]).toEqual([16, 16, 1]);
    expect([...blob.subarray(39, 43)]).toEqual([0, 0, 0, 0]);
  });

  it('keeps a key for a while and announces the next one', () => {
    const at = (height: number) => practiceBlock(height, 1_790_000_000);
    expect(at(1).seedHash).toEqual(at(BLOCKS_PER_KEY - 1).seedHash);
    expect(at(1).nextSeedHash).toBeUndefined();
    expect(at(BLOCKS_PER_KEY - 1).nextSeedHash).toEqual(at(BLOCKS_PER_KEY).seedHash);
    expect(at(BLOCKS_PER_KEY).seedHash).not.toEqual(at(1).seedHash);
  });
});
