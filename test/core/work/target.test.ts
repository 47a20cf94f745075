import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  difficultyOf,
  difficultyOfHash,
  encodeTarget,
  MAX_TARGET,
  meetsTarget,
  parseTarget,
  targetForDifficulty,
} from '../../../electron/core/work/target.ts';

// Properties are quick, but the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const hash = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
/** The share of the documented exchange. */
const documentedShare = hash('e1364b8782719d7683e2ccd3d8f724bc59dfa780a9e960e7c0e0046acdb40100');

describe('target', () => {
  it.each([
    ['b88d0600', MAX_TARGET / 10_000n, 10_000n],
    ['ffffffff', MAX_TARGET, 1n],
    ['B88D0600', MAX_TARGET / 10_000n, 10_000n],
    ['01000000', 0x1_0000_0001n, 0xffff_ffffn],
    ['ffffffffffffffff', MAX_TARGET, 1n],
    ['0100000000000000', 1n, MAX_TARGET],
    ['f28db806db340000', 0x0000_34db_06b8_8df2n, MAX_TARGET / 0x34db_06b8_8df2n],
  ])('%s', (text, target, difficulty) => {
    expect(parseTarget(text)).toBe(target);
    expect(difficultyOf(target)).toBe(difficulty);
  });

  it.each([
    '00000000',
    '0000000000000000',
    '',
    'b88',
    'b88d060',
    'b88d06',
    'b88d060000',
    'zzzzzzzz',
  ])('“%s” is none', (text) => {
    expect(parseTarget(text)).toBeUndefined();
  });

  it('finds the documented share good for 38409, not for more', () => {
    expect(difficultyOfHash(documentedShare)).toBe(38_409n);
    expect(meetsTarget(documentedShare, targetForDifficulty(10_000n))).toBe(true);
    expect(meetsTarget(documentedShare, targetForDifficulty(38_409n))).toBe(true);
    expect(meetsTarget(documentedShare, targetForDifficulty(38_410n))).toBe(false);
  });

  it('is strict: a hash equal to the target is no share', () => {
    const value = hash('00'.repeat(24) + '0500000000000000');
    expect(meetsTarget(value, 5n)).toBe(false);
    expect(meetsTarget(value, 6n)).toBe(true);
    expect(meetsTarget(value.subarray(1), 6n)).toBe(false);
  });

  it('written by a pool and read by us is never easier than the difficulty', () => {
    const difficulty = fc.bigInt({ min: 1n, max: 2n ** 60n });
    fc.assert(
      fc.property(difficulty, (difficulty) => {
        const target = parseTarget(encodeTarget(difficulty));
        if (target === undefined) throw new Error('unreadable');
        expect(target).toBeLessThanOrEqual(targetForDifficulty(difficulty));
        expect(difficultyOf(target)).toBeGreaterThanOrEqual(difficulty);
      }),
    );
  });
});
