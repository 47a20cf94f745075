import { z } from 'zod';
import { credit, poolAccountState } from './poolAccount.ts';

/**
 * What mining brings and costs on average, at the rate of now: an estimate, with what it is made of. XMR or the user's own
 * currency by names, everything a day of 24 h of mining. `atMs`: Unix time in ms of what an input was like.
 */

const range = z.object({ low: z.number(), mean: z.number(), high: z.number() });
export type Range = z.infer<typeof range>;

const rate = z.object({ hashesPerSecond: z.number().positive(), atMs: z.number() });

/** The Monero network as its node, P2Pool's own files, the pool, or the user told it. */
const network = z.object({
  difficulty: z.number().positive(),
  /** Of a block, fees included. */
  rewardXmr: z.number().positive(),
  source: z.enum(['node', 'p2pool', 'pool', 'typed']),
  atMs: z.number(),
});
export type NetworkFigures = z.infer<typeof network>;

/** `measured`: of the processors alone, whatever they work on. `typed`: what mining adds at the wall. */
const power = z.object({
  watts: z.number().positive(),
  source: z.enum(['measured', 'typed']),
  atMs: z.number(),
});

/** What is paid for one by one: a block of one's own, a pool's share, a share of P2Pool's chain that comes to be paid. */
const work = z.object({
  unit: z.enum(['block', 'share', 'p2poolShare']),
  /** On average. */
  hashes: z.number().positive(),
});
export type PaidWork = z.infer<typeof work>;

/** Finding work that is paid is a Poisson process: how far chance alone takes a day from the average. */
const chance = z.object({
  unit: work.shape.unit,
  /** On average. */
  unitsPerDay: z.number(),
  unitEveryMs: z.number(),
  unitXmr: z.number(),
  /** Four days in five are between these. */
  lowXmr: z.number(),
  highXmr: z.number(),
  /** Of finding nothing in 24 h. 0 to 1. */
  nothing: z.number(),
});

export const moneyInput = z.enum(['rate', 'network', 'price', 'watts', 'tariff']);
export type MoneyInput = z.infer<typeof moneyInput>;

export const money = z.object({
  rate: rate.nullable(),
  network: network.nullable(),
  power: power.nullable(),
  /** Mean price of 1 kWh in the hours in which mining is allowed, in the user's currency. */
  tariffPerKwh: z.number().nullable(),
  /** What the estimate lacks, in the order in which it is needed. */
  missing: z.array(moneyInput),
  /** Why the folder that the user named gives nothing; null when it does, or none is named. */
  p2poolFault: z.enum(['notFound', 'old']).nullable(),
  /** What pools say of the user that he lets be asked, and those that he could. */
  accounts: z.array(poolAccountState),
  /** What was sent to the user's P2Pool against what it counted; null where it does not tell. */
  p2poolCredit: credit.nullable(),
  /** What the processors were made to stay below, by their own setting; null where nothing tells. */
  powerLimitWatts: z.number().nullable(),
  meanXmr: z.number().nullable(),
  /** Null also where what is paid for is not known: before the first job, and on the practice pool. */
  chance: chance.nullable(),
  joulesPerMegahash: z.number().nullable(),
  kilowattHours: z.number().nullable(),
  /** In the user's currency. */
  income: range.nullable(),
  cost: z.number().nullable(),
  net: range.nullable(),
  /** On average; `unknown` as long as something is missing. */
  verdict: z.enum(['unknown', 'brings', 'costsMore']),
});
export type Money = z.infer<typeof money>;
