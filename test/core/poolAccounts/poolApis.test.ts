import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PoolApiKind } from '../../../electron/contract/knownPools.ts';
import { poolAccount } from '../../../electron/contract/poolAccount.ts';
import { problem } from '../../../electron/contract/problem.ts';
import { refused, success } from '../../../electron/contract/result.ts';
import { accountFrom } from '../../../electron/core/poolAccounts/poolApis.ts';
import { nodejsPoolAnswers } from '../../support/poolApi.ts';

const gone = refused(problem('poolApiStatus', { status: 404 }));
const from = (kind: PoolApiKind, answers: Readonly<Record<string, unknown>>) =>
  accountFrom(kind, 'ADDRESS', (path) =>
    Promise.resolve(path in answers ? success(answers[path]) : gone),
  );

const cryptonoteAnswers = {
  '/stats_address?address=ADDRESS&longpoll=false': {
    stats: {
      ...{ hashes: '48000000', lastShare: '1767225600', balance: '1830000000' },
      ...{ paid: '250000000000', hashrate: 7150, roundHashes: 12, hashrate_24h: 7000 },
    },
    ...{ payments: ['ab:250000000000:0:11', '1767225600'], charts: {}, workers: [] },
  },
  '/stats': {
    config: { fee: 1, minPaymentThreshold: 100_000_000_000, coinUnits: 1_000_000_000_000 },
    network: { difficulty: 6e11, height: 3_400_000 },
    ...{ lastblock: { reward: 603_000_000_000, height: 1 }, pool: { miners: 9 } },
  },
};
const hashvaultAnswers = {
  '/wallet/ADDRESS/stats': {
    collective: { hashRate: 7150, totalHashes: 48_000_000, validShares: 100 },
    solo: { hashRate: 0 },
    revenue: {
      ...{ confirmedBalance: 1_830_000_000, unconfirmedBalance: 1, totalPaid: 250_000_000_000 },
      ...{ dailyCredited: 1, payoutThreshold: 100_000_000_000 },
    },
  },
};

const same = {
  ...{ dueXmr: 0.00183, paidXmr: 0.25, payoutXmr: 0.1 },
  ...{ hashesPerSecond: 7150, creditedHashes: 48_000_000 },
};
const network = { difficulty: 6e11, rewardXmr: 0.603 };
const kinds = {
  nodejsPool: nodejsPoolAnswers,
  cryptonotePool: cryptonoteAnswers,
  hashvault: hashvaultAnswers,
};

it.each([
  ['nodejsPool', { ...same, network }],
  ['cryptonotePool', { ...same, network }],
  ['hashvault', { ...same, network: null }],
] as const)('understands %s', async (kind, account) => {
  expect(await from(kind, kinds[kind])).toEqual({ ok: true, value: account });
});

it.each(['nodejsPool', 'cryptonotePool'] as const)(
  'of %s, what tells of the pool itself may be missing',
  async (kind) => {
    const [[path, miner] = ['', {}]] = Object.entries(kinds[kind]);
    expect(await from(kind, { [path]: miner })).toEqual({
      ok: true,
      value: { ...same, payoutXmr: null, network: null },
    });
  },
);

const code = async (kind: PoolApiKind, miner: unknown) => {
  const [path = ''] = Object.keys(kinds[kind]);
  const result = await from(kind, { [path]: miner });
  return result.ok ? 'ok' : result.error.code;
};

describe('an address that the pool does not know yet', () => {
  it.each([
    ['nodejsPool', false],
    ['nodejsPool', { hash: 0, amtPaid: null, amtDue: null }],
    ['nodejsPool', { hash: false, totalHashes: false, amtPaid: false, amtDue: false }],
    ['cryptonotePool', { error: 'Not found' }],
  ] as const)('of %s: %j', async (kind, miner) => {
    expect(await code(kind, miner)).toBe('poolApiNoAddress');
  });
});

describe('is not taken in by', () => {
  it.each([
    ['nodejsPool', { ...same, amtDue: 'much' }],
    ['nodejsPool', { totalHashes: 1, amtDue: -5 }],
    ['nodejsPool', { totalHashes: 1e30 }],
    ['nodejsPool', []],
    ['cryptonotePool', { stats: { balance: '12; rm' } }],
    ['cryptonotePool', { stats: null }],
    ['hashvault', { collective: {}, revenue: { totalPaid: {} } }],
  ] as const)('%s: %j', async (kind, miner) => {
    expect(await code(kind, miner)).toBe('poolApiStrange');
  });

  it('anything else: it is an account that can be shown, or a problem', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('nodejsPool', 'cryptonotePool', 'hashvault'),
        fc.anything(),
        async (kind, anything) => {
          const told = await accountFrom(kind, 'ADDRESS', () => Promise.resolve(success(anything)));
          if (told.ok) expect(poolAccount.safeParse({ ...told.value, atMs: 0 }).success).toBe(true);
        },
      ),
    );
  });
});
