import fc from 'fast-check';
import { expect, it } from 'vitest';
import { money as moneySchema } from '../../../electron/contract/money.ts';
import { estimate, type EstimateInputs } from '../../../electron/core/money/estimate.ts';
import { chanceOfNone, poissonQuantile } from '../../../electron/core/money/poisson.ts';

const nothing: EstimateInputs = {
  ...{ rate: null, network: null, power: null, work: null, pricePerXmr: null, tariffPerKwh: null },
  ...{ p2poolFault: null, powerLimitWatts: null, accounts: [], p2poolCredit: null },
};
const inputs = (changed: {
  rate?: number;
  difficulty?: number;
  rewardXmr?: number;
  watts?: number;
  price?: number;
  tariff?: number;
  hashes?: number;
}): EstimateInputs => ({
  ...nothing,
  rate: { hashesPerSecond: changed.rate ?? 5000, atMs: 0 },
  network: {
    ...{ difficulty: changed.difficulty ?? 6e11, rewardXmr: changed.rewardXmr ?? 0.6 },
    ...{ source: 'typed', atMs: 0 },
  },
  work: { unit: 'share', hashes: changed.hashes ?? 480_000 },
  power: { watts: changed.watts ?? 60, source: 'typed', atMs: 0 },
  pricePerXmr: changed.price ?? 150,
  tariffPerKwh: changed.tariff ?? 0.3,
});

const from = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyInputs = fc.record({
  rate: from(1e-3, 1e9),
  difficulty: from(1, 1e18),
  rewardXmr: from(1e-12, 1e6),
  watts: from(1e-3, 1e5),
  price: from(1e-9, 1e9),
  tariff: from(-1e6, 1e6),
  hashes: from(1, 1e18),
});

it('is a part of all rewards: the hashes of a day by the difficulty, at the reward of a block', () => {
  const { meanXmr, joulesPerMegahash, kilowattHours, cost, income, net } = estimate(inputs({}));
  // 5 kH/s × 86,400 s ÷ 6e11 × 0.6 XMR.
  expect(meanXmr).toBeCloseTo(0.000432, 12);
  // 60 W for a day, at 0.30; 60 W at 5 kH/s.
  expect(kilowattHours).toBeCloseTo(1.44, 12);
  expect(cost).toBeCloseTo(0.432, 12);
  expect(joulesPerMegahash).toBeCloseTo(12_000, 6);
  expect(income?.mean).toBeCloseTo(0.0648, 12);
  expect(net?.mean).toBeCloseTo(0.0648 - 0.432, 12);
});

it('lacks what it was not given, and says what that is', () => {
  expect(estimate(nothing)).toMatchObject({
    missing: ['rate', 'network', 'price', 'watts', 'tariff'],
    ...{ meanXmr: null, chance: null, joulesPerMegahash: null, kilowattHours: null },
    ...{ income: null, cost: null, net: null, verdict: 'unknown' },
  });
  expect(estimate({ ...inputs({}), power: null })).toMatchObject({
    ...{ missing: ['watts'], cost: null, net: null, verdict: 'unknown' },
    meanXmr: expect.closeTo(0.000432, 12) as number,
  });
  expect(estimate({ ...inputs({}), work: null }).chance).toBeNull();
});

it.each([
  ['costsMore', { tariff: 0.3 }],
  ['brings', { tariff: 0.01 }],
  ['brings', { tariff: -0.05 }],
] as const)('says %s of %j', (verdict, changed) => {
  expect(estimate(inputs(changed)).verdict).toBe(verdict);
});

it('of whatever inputs, is finite, in order, and what the window takes', () => {
  fc.assert(
    fc.property(anyInputs, (changed) => {
      const money = moneySchema.parse(estimate(inputs(changed)));
      const { meanXmr, income, net, chance } = money;
      expect(meanXmr).toBeGreaterThan(0);
      for (const range of [income, net]) {
        expect(range?.low).toBeLessThanOrEqual(range?.high ?? NaN);
      }
      expect(chance?.lowXmr).toBeLessThanOrEqual(meanXmr ?? NaN);
      expect(chance?.nothing).toBeGreaterThanOrEqual(0);
      expect(chance?.nothing).toBeLessThanOrEqual(1);
      expect(money.missing).toEqual([]);
    }),
  );
});

it('never falls when the hashrate, the reward or the price grows, nor rises with the difficulty, watts or tariff', () => {
  const growing = [
    ...[['rate', 1] as const, ['rewardXmr', 1] as const, ['price', 1] as const],
    ...[['difficulty', -1] as const, ['watts', -1] as const, ['tariff', -1] as const],
  ] as const;
  fc.assert(
    fc.property(
      anyInputs.map((all) => ({ ...all, tariff: Math.abs(all.tariff) })),
      fc.constantFrom(...growing),
      from(1, 1000),
      (one, [name, direction], factor) => {
        const more = { ...one, [name]: one[name] * factor };
        const [before, after] = [estimate(inputs(one)), estimate(inputs(more))];
        const slack = 1e-9 * Math.max(1, Math.abs(before.net?.mean ?? 0));
        const change = (after.net?.mean ?? NaN) - (before.net?.mean ?? NaN);
        expect(change * direction).toBeGreaterThanOrEqual(-slack);
      },
    ),
  );
});

it('a faster computer waits less, and has a smaller chance of nothing', () => {
  fc.assert(
    fc.property(anyInputs, from(1, 1000), (one, factor) => {
      const slow = estimate(inputs(one)).chance;
      const fast = estimate(inputs({ ...one, rate: one.rate * factor })).chance;
      expect(fast?.unitEveryMs).toBeLessThanOrEqual((slow?.unitEveryMs ?? NaN) * (1 + 1e-12));
      expect(fast?.nothing).toBeLessThanOrEqual(slow?.nothing ?? NaN);
    }),
  );
});

it('what is paid for one by one is worth as much in all, in whatever parts it comes', () => {
  fc.assert(
    fc.property(anyInputs, (changed) => {
      const { meanXmr, chance } = estimate(inputs(changed));
      const inAll = (chance?.unitsPerDay ?? NaN) * (chance?.unitXmr ?? NaN);
      expect(inAll / (meanXmr ?? NaN)).toBeCloseTo(1, 9);
    }),
  );
});

it.each([
  [0.01, 0, 0],
  [0.2, 0, 1],
  [1, 0, 2],
  [10, 6, 14],
  [100, 87, 113],
  [500, 471, 529],
  [1000, 960, 1041],
])('of %s on average, four times in five between %s and %s', (mean, low, high) => {
  expect(poissonQuantile(mean, 0.1)).toBe(low);
  expect(poissonQuantile(mean, 0.9)).toBe(high);
});

it('the range of a larger mean is never lower, across the change to the approximation too', () => {
  fc.assert(
    fc.property(from(1e-9, 2000), from(0, 5), (mean, more) => {
      for (const chance of [0.1, 0.9] as const) {
        expect(poissonQuantile(mean + more, chance)).toBeGreaterThanOrEqual(
          poissonQuantile(mean, chance),
        );
      }
    }),
  );
  expect(chanceOfNone(Math.log(2))).toBeCloseTo(0.5, 12);
});
