import type { Money, MoneyInput, PaidWork } from '../../contract/money.ts';
import { chanceOfNone, poissonQuantile } from './poisson.ts';

const DAY_S = 86_400;
const HOURS_A_DAY = 24;

/** What an estimate is made of; null: not known. Money in the user's currency. */
export interface EstimateInputs extends Pick<
  Money,
  | 'rate'
  | 'network'
  | 'power'
  | 'tariffPerKwh'
  | 'p2poolFault'
  | 'accounts'
  | 'p2poolCredit'
  | 'powerLimitWatts'
> {
  readonly work: PaidWork | null;
  readonly pricePerXmr: number | null;
}

/** What a day of mining brings and costs on average; whatever lacks an input is null. */
export function estimate({ work, pricePerXmr, ...known }: EstimateInputs): Money {
  const { rate, network, power, tariffPerKwh } = known;
  const hashes = rate && rate.hashesPerSecond * DAY_S;
  const xmrPerHash = network && network.rewardXmr / network.difficulty;
  const meanXmr = both(hashes, xmrPerHash, (count, each) => count * each);
  const chance = hashes && xmrPerHash && work ? chanceOf(work, hashes, xmrPerHash) : null;
  const kilowattHours = power && (power.watts * HOURS_A_DAY) / 1000;
  const income = both(meanXmr, pricePerXmr, (mean, price) => ({
    low: (chance?.lowXmr ?? mean) * price,
    mean: mean * price,
    high: (chance?.highXmr ?? mean) * price,
  }));
  const cost = both(kilowattHours, tariffPerKwh, (used, tariff) => used * tariff);
  const net = both(income, cost, ({ low, mean, high }, paid) => ({
    low: low - paid,
    mean: mean - paid,
    high: high - paid,
  }));
  return {
    ...known,
    missing: missingOf({ rate, network, price: pricePerXmr, watts: power, tariff: tariffPerKwh }),
    meanXmr,
    chance,
    joulesPerMegahash: both(
      power,
      rate,
      ({ watts }, { hashesPerSecond }) => (watts / hashesPerSecond) * 1e6,
    ),
    ...{ kilowattHours, income, cost, net },
    verdict: net === null ? 'unknown' : net.mean < 0 ? 'costsMore' : 'brings',
  };
}

function chanceOf({ unit, hashes }: PaidWork, hashesPerDay: number, xmrPerHash: number) {
  const unitsPerDay = hashesPerDay / hashes;
  const unitXmr = hashes * xmrPerHash;
  return {
    ...{ unit, unitsPerDay, unitXmr },
    unitEveryMs: (DAY_S * 1000) / unitsPerDay,
    lowXmr: poissonQuantile(unitsPerDay, 0.1) * unitXmr,
    highXmr: poissonQuantile(unitsPerDay, 0.9) * unitXmr,
    nothing: chanceOfNone(unitsPerDay),
  };
}

function missingOf(inputs: Readonly<Record<MoneyInput, unknown>>): MoneyInput[] {
  const names = Object.keys(inputs) as MoneyInput[];
  return names.filter((name) => inputs[name] === null);
}

function both<A, B, C>(one: A | null, other: B | null, of: (one: A, other: B) => C): C | null {
  return one === null || other === null ? null : of(one, other);
}
