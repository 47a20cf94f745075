import { z } from 'zod';
import type { PoolApiKind } from '../../contract/knownPools.ts';
import type { PoolAccount } from '../../contract/poolAccount.ts';
import { problem, type Problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';

/**
 * How the web APIs of pools speak. Sources: Snipa22/nodejs-pool lib/api.js and MoneroOcean/nodejs-pool lib/api/public.js;
 * dvandal/cryptonote-nodejs-pool lib/api.js; public clients of HashVault, which is closed.
 */

export type Told = Omit<PoolAccount, 'atMs'>;
/** One question to the pool's API, by its path below the API's own. */
export type Ask = (path: string) => Promise<Result<unknown>>;

const ATOMIC_UNITS = 1e12;
/** All that will be mined in a century, in atomic units, and all hashes ever made: nothing is above. */
const MOST = 1e24;

const count = z.number().nonnegative().max(MOST);
const digits = z.string().regex(/^\d{1,24}$/);
/** As a number, or as one in a text. */
const amount = z.union([count, digits.transform(Number).pipe(count)]);
/** What a pool does not know of an address is null, false or left out. */
const orUnknown = (value: typeof count | typeof amount) =>
  z
    .union([value, z.literal(false).transform(() => null)])
    .nullish()
    .transform((is) => is ?? null);

export function accountFrom(kind: PoolApiKind, address: string, ask: Ask): Promise<Result<Told>> {
  switch (kind) {
    case 'nodejsPool':
      return fromNodejsPool(address, ask);
    case 'cryptonotePool':
      return fromCryptonotePool(address, ask);
    case 'hashvault':
      return fromHashvault(address, ask);
  }
}

const nodejsMiner = z.union([
  z.literal(false).transform(() => null),
  z.object({
    hash: orUnknown(count),
    totalHashes: orUnknown(amount),
    amtDue: orUnknown(amount),
    amtPaid: orUnknown(amount),
  }),
]);
const nodejsNetwork = z.object({ difficulty: count.positive(), value: amount });
const nodejsConfig = z.object({ min_wallet_payout: amount });

async function fromNodejsPool(address: string, ask: Ask): Promise<Result<Told>> {
  const miner = parsed(nodejsMiner, await ask(`/miner/${address}/stats`));
  if (!miner.ok) return miner;
  const { totalHashes, amtDue, amtPaid, hash } = miner.value ?? nobody;
  if (totalHashes === null && amtDue === null && amtPaid === null) return unknownAddress;
  const network = parsed(nodejsNetwork, await ask('/network/stats'));
  const config = parsed(nodejsConfig, await ask('/config'));
  return success({
    dueXmr: inXmr(amtDue),
    paidXmr: inXmr(amtPaid),
    payoutXmr: config.ok ? inXmr(config.value.min_wallet_payout) : null,
    hashesPerSecond: hash,
    creditedHashes: totalHashes,
    network: network.ok ? networkOf(network.value.difficulty, network.value.value) : null,
  });
}

const nobody = { totalHashes: null, amtDue: null, amtPaid: null, hash: null };

const cryptonoteMiner = z.union([
  z.object({
    stats: z.object({
      balance: orUnknown(amount),
      paid: orUnknown(amount),
      hashes: orUnknown(amount),
      // Older ones write "1.2 KH".
      hashrate: z.union([count, z.string().max(40)]).nullish(),
    }),
  }),
  z.object({ error: z.string().max(1000) }),
]);
const cryptonotePool = z.object({
  config: z.object({ minPaymentThreshold: amount.nullish() }).nullish(),
  network: z.object({ difficulty: count.positive(), reward: amount.nullish() }),
  lastblock: z.object({ reward: amount.nullish() }).nullish(),
});

async function fromCryptonotePool(address: string, ask: Ask): Promise<Result<Told>> {
  const miner = parsed(
    cryptonoteMiner,
    await ask(`/stats_address?address=${address}&longpoll=false`),
  );
  if (!miner.ok) return miner;
  if ('error' in miner.value) return unknownAddress;
  const { balance, paid, hashes, hashrate } = miner.value.stats;
  const pool = parsed(cryptonotePool, await ask('/stats'));
  const { config, network, lastblock } = pool.ok ? pool.value : {};
  return success({
    dueXmr: inXmr(balance),
    paidXmr: inXmr(paid),
    payoutXmr: inXmr(config?.minPaymentThreshold ?? null),
    hashesPerSecond: typeof hashrate === 'number' ? hashrate : null,
    creditedHashes: hashes,
    network: network
      ? networkOf(network.difficulty, lastblock?.reward ?? network.reward ?? 0)
      : null,
  });
}

const hashvaultMiner = z.object({
  collective: z.object({ hashRate: orUnknown(count), totalHashes: orUnknown(amount) }),
  revenue: z.object({
    confirmedBalance: orUnknown(amount),
    totalPaid: orUnknown(amount),
    payoutThreshold: orUnknown(amount),
  }),
});

async function fromHashvault(address: string, ask: Ask): Promise<Result<Told>> {
  const miner = parsed(hashvaultMiner, await ask(`/wallet/${address}/stats`));
  if (!miner.ok) return miner;
  const { collective, revenue } = miner.value;
  return success({
    dueXmr: inXmr(revenue.confirmedBalance),
    paidXmr: inXmr(revenue.totalPaid),
    payoutXmr: inXmr(revenue.payoutThreshold),
    hashesPerSecond: collective.hashRate,
    creditedHashes: collective.totalHashes,
    network: null,
  });
}

const unknownAddress = refused(problem('poolApiNoAddress'));
const strange: Problem = problem('poolApiStrange');

function parsed<T>(schema: z.ZodType<T>, answer: Result<unknown>): Result<T> {
  if (!answer.ok) return answer;
  const { data } = schema.safeParse(answer.value);
  return data === undefined ? refused(strange) : success(data);
}

const inXmr = (atomic: number | null) => (atomic === null ? null : atomic / ATOMIC_UNITS);

function networkOf(difficulty: number, reward: number): Told['network'] {
  const rewardXmr = reward / ATOMIC_UNITS;
  return rewardXmr > 0 ? { difficulty, rewardXmr } : null;
}
