import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HistoryRecord } from '../../../electron/contract/history.ts';
import { credit as creditSchema } from '../../../electron/contract/poolAccount.ts';
import { creditOf } from '../../../electron/core/poolAccounts/credit.ts';
import { minuteAt } from '../../support/historyRecord.ts';

const MINUTE_MS = 60_000;

/** Minutes with one share each, of this difficulty. */
const minutes = (count: number, acceptedDifficulty = 1000): HistoryRecord[] =>
  Array.from({ length: count }, (_, minute) =>
    minuteAt(minute * MINUTE_MS, { acceptedDifficulty }),
  );
const compare = (records: HistoryRecord[], credited: number, spanMs = records.length * MINUTE_MS) =>
  creditOf(
    { atMs: 0, creditedHashes: 7e9 },
    { atMs: spanMs, creditedHashes: 7e9 + credited },
    records,
  );

it.each([
  // 1000 shares: 919 to 1083 by chance, and three of the minutes at the ends.
  [1000, 1_000_000, 'within'],
  [1000, 920_000, 'within'],
  [1000, 900_000, 'less'],
  [1000, 1_100_000, 'more'],
  [1000, 0, 'less'],
  [100, 80_000, 'within'],
  [100, 60_000, 'less'],
  [49, 0, 'tooShort'],
  [0, 5e6, 'tooShort'],
] as const)('of %i shares of difficulty 1000, %i credited are %s', (count, credited, verdict) => {
  expect(compare(minutes(count), credited).verdict).toBe(verdict);
});

it('says nothing of less than an hour, however many shares there are', () => {
  const many = minutes(1000);
  expect(compare(many, 0, 59 * MINUTE_MS).verdict).toBe('tooShort');
  expect(compare(many, 0, 60 * MINUTE_MS).verdict).toBe('less');
});

it('allows for the minutes at both ends, where there are shares by the second', () => {
  const fast = Array.from({ length: 120 }, (_, minute) =>
    minuteAt(minute * MINUTE_MS, { accepted: 1000, acceptedDifficulty: 1_000_000 }),
  );
  // A minute and a half of them is more than chance does to 120,000 shares.
  expect(compare(fast, 118_500_000).verdict).toBe('within');
  expect(compare(fast, 110_000_000).verdict).toBe('less');
});

it('shares of several difficulties are as few as those that weigh', () => {
  const mixed = [...minutes(1000, 10), ...minutes(40, 100_000)];
  expect(compare(mixed, 0).verdict).toBe('tooShort');
});

const anyRecords = fc.array(
  fc.record({
    accepted: fc.integer({ min: 0, max: 1000 }),
    difficulty: fc.integer({ min: 1, max: 1e9 }),
  }),
  { maxLength: 200 },
);
const recordsOf = (all: readonly { accepted: number; difficulty: number }[]) =>
  all.map(({ accepted, difficulty }, minute) =>
    minuteAt(minute * MINUTE_MS, { accepted, acceptedDifficulty: accepted * difficulty }),
  );

it('of whatever was mined, is what the window takes; what was sent is always within the range', () => {
  fc.assert(
    fc.property(anyRecords, fc.integer({ min: 0, max: 1e8 }), (all, spanMs) => {
      const records = recordsOf(all);
      const sent = records.reduce((sum, { acceptedDifficulty }) => sum + acceptedDifficulty, 0);
      const exact = creditSchema.parse(compare(records, sent, spanMs));
      expect(['tooShort', 'within']).toContain(exact.verdict);
      if (exact.verdict === 'within') {
        expect(exact.lowHashes).toBeLessThanOrEqual(sent);
        expect(exact.highHashes).toBeGreaterThanOrEqual(sent);
      }
    }),
  );
});

it('more credit never looks worse', () => {
  const order = ['less', 'within', 'more'];
  fc.assert(
    fc.property(
      anyRecords,
      fc.integer({ min: 0, max: 1e12 }),
      fc.integer({ min: 0, max: 1e12 }),
      (all, credited, more) => {
        const records = recordsOf(all);
        const [one, other] = [
          compare(records, credited, 1e7).verdict,
          compare(records, credited + more, 1e7).verdict,
        ];
        if (one === 'tooShort') expect(other).toBe('tooShort');
        else expect(order.indexOf(other)).toBeGreaterThanOrEqual(order.indexOf(one));
      },
    ),
  );
});

it('by chance alone, honest pools are hardly ever complained of', () => {
  // A pool that finds a Poisson number of what was sent 300 times on average.
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const poisson = (mean: number) => {
    let count = 0;
    for (let rest = mean; (rest += Math.log(random())) > 0;) count += 1;
    return count;
  };
  const records = minutes(300);
  const verdicts = Array.from(
    { length: 2000 },
    () => compare(records, poisson(300) * 1000).verdict,
  );
  const share = verdicts.filter((verdict) => verdict !== 'within').length / 2000;
  expect(share).toBeLessThan(0.02);
});
