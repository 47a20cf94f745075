import { describe, expect, it } from 'vitest';
import { ShareLedger } from '../../../electron/core/mining/ledger.ts';
import type { Share } from '../../../electron/core/work/job.ts';
import { problem } from '../../../electron/contract/problem.ts';

let serial = 0;

function share(): Share {
  serial += 1;
  const blob = new Uint8Array(76);
  new DataView(blob.buffer).setUint32(39, serial, true);
  const result = new Uint8Array(32);
  result[30] = 1; // u64 2^48: difficulty 2^16, rounded down
  return {
    jobId: 'j',
    algorithm: 'rx/0',
    nonce: blob.slice(39, 43),
    result,
    blob,
    difficulty: 1000n,
  };
}

describe('the share ledger', () => {
  it('follows each share from pending to its fate', () => {
    const ledger = new ShareLedger();
    const [good, bad, late] = [share(), share(), share()];
    for (const found of [good, bad, late]) ledger.found(found, 1);
    expect(ledger.snapshot()).toMatchObject({ pending: 3, accepted: 0, bestDifficulty: 65535 });

    ledger.markAccepted(good, 7, 12);
    ledger.markRejected(bad, problem('shareRefused', { said: 'Low difficulty share' }));
    ledger.markStale(late, problem('blockChanged'));
    const { recent, ...totals } = ledger.snapshot();
    expect(totals).toMatchObject({
      accepted: 1,
      rejected: 1,
      stale: 1,
      pending: 0,
      acceptedDifficulty: 1000,
      lastAcceptedAtMs: 7,
    });
    expect(
      recent.map((record) => [record.outcome, record.problem?.code, record.roundTripMs]),
    ).toEqual([
      ['stale', 'blockChanged', undefined],
      ['rejected', 'shareRefused', undefined],
      ['accepted', undefined, 12],
    ]);
  });

  it('makes shares without an answer stale and stays bounded', () => {
    const ledger = new ShareLedger();
    const all = Array.from({ length: 300 }, share);
    for (const found of all) ledger.found(found, 1);
    expect(ledger.abandonPending(problem('poolLeft'))).toEqual(all);
    const { recent, pending, stale } = ledger.snapshot();
    expect([recent.length, pending, stale]).toEqual([100, 0, 300]);
    expect(recent[0]).toMatchObject({ outcome: 'stale', problem: problem('poolLeft') });
  });
});

describe('luck', () => {
  it('expects what the hashes were good for at the difficulty then in force', () => {
    const ledger = new ShareLedger();
    expect(ledger.luck(100, 1000n)).toBeNull();
    ledger.hashed(1000, 10_000, 1000n);
    ledger.hashed(1000, 10_000, 4000n);
    ledger.hashed(7, 100, undefined); // between two jobs
    expect(ledger.hashes).toBe(2007);
    expect(ledger.luck(100, 4000n)).toMatchObject({
      ...{ foundShares: 0, expectedShares: 1.25, expectedMs: 40_000, waitedMs: 20_100 },
    });
    expect(ledger.luck(null, 4000n)?.expectedMs).toBeNull();
    expect(ledger.luck(100, undefined)?.expectedMs).toBeNull();
  });

  it('gives a wait the chance of finding nothing in it, and begins anew with each share', () => {
    const ledger = new ShareLedger();
    ledger.hashed(1000, 5000, 1000n);
    expect(ledger.luck(null, 1000n)?.chanceOfWait).toBeCloseTo(Math.exp(-1), 10);
    ledger.found(share(), 1);
    expect(ledger.luck(null, 1000n)).toMatchObject({
      ...{ foundShares: 1, expectedShares: 1, waitedMs: 0, chanceOfWait: 1 },
    });
  });

  it.each([
    [1500, 'normal'],
    [2500, 'unlucky'],
    [3500, 'unusual'],
  ] as const)('calls a wait of %i hashes at a difficulty of 1000 %s', (hashes, verdict) => {
    const ledger = new ShareLedger();
    ledger.hashed(hashes, 1, 1000n);
    expect(ledger.luck(null, 1000n)?.verdict).toBe(verdict);
  });
});
