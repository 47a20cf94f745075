import { describe, expect, it } from 'vitest';
import { NoticeWatch } from '../../../electron/desktop/app/notices.ts';
import { snapshotWith } from '../../support/snapshot.ts';
import { problem, type Problem } from '../../../electron/contract/problem.ts';
import { createText } from '../../../electron/contract/text/index.ts';
import type { Snapshot } from '../../../electron/contract/snapshot.ts';
import { said } from '../../support/said.ts';

function snapshotOf(
  change: Partial<Snapshot> & { accepted?: number; rejected?: number },
): Snapshot {
  const { accepted = 0, rejected = 0, ...rest } = change;
  const { shares } = snapshotWith({});
  return snapshotWith({ shares: { ...shares, accepted, rejected }, ...rest });
}

function poolThat(
  link: NonNullable<Snapshot['pool']>['link'],
  lastError: Problem | null = null,
): Snapshot['pool'] {
  return {
    kind: 'stratum',
    host: 'pool.example.com',
    port: 443,
    tls: true,
    link,
    connectedForMs: null,
    pingMs: null,
    retryInMs: null,
    lastError,
    failures: 0,
    tlsFingerprint: null,
    acceptedHere: 0,
  };
}

/** What a watch says to these snapshots, one after the other. */
function told(...snapshots: Snapshot[]): string[] {
  const watch = new NoticeWatch(() => createText('en'));
  return snapshots.flatMap((snapshot) => watch.see(snapshot).map(({ body }) => body));
}

describe('notices', () => {
  it('tell a pause by a rule and its end once each, and no pause of the user', () => {
    const battery = snapshotOf({ session: { state: 'paused', pauses: [{ reason: 'battery' }] } });
    const snooze = snapshotOf({ session: { state: 'paused', pauses: [{ reason: 'snooze' }] } });
    expect(told(snapshotOf({}), battery, battery, snapshotOf({}), snooze, snapshotOf({}))).toEqual([
      'Paused: on battery.',
      'Mining again.',
    ]);
  });

  it('tell a pool that is down for two minutes, and that it is back', () => {
    const down = (takenAtMs: number) =>
      snapshotOf({ monotonicMs: takenAtMs, pool: poolThat('waiting') });
    const up = snapshotOf({ monotonicMs: 200_000, pool: poolThat('loggedIn') });
    expect(told(snapshotOf({}), down(0), down(119_000), down(120_000), down(150_000), up)).toEqual([
      'pool.example.com has given no work for 2 minutes.',
      'pool.example.com is back.',
    ]);
    expect(told(snapshotOf({}), down(0), down(119_000), up)).toEqual([]);
  });

  it('tell why a pool gives no work', () => {
    const lastError = problem('internal', { reason: 'login refused' });
    const down = (monotonicMs: number) =>
      snapshotOf({ monotonicMs, pool: poolThat('waiting', lastError) });
    expect(told(snapshotOf({}), down(0), down(120_000))[0]).toContain('login refused');
  });

  it('tell a failure once, as what it is, and not as a pool that is down', () => {
    const failed = (monotonicMs: number) =>
      snapshotOf({
        monotonicMs,
        session: { state: 'failed', problem: problem('noPlan'), help: 'none' },
        activity: 'off',
        pool: poolThat('offline'),
      });
    expect(told(snapshotOf({}), failed(0), failed(120_000), failed(240_000))).toEqual([
      said(problem('noPlan')),
    ]);
  });

  it('tell a lack of shares by the hashes done, not by the clock', () => {
    const job: Snapshot['job'] = {
      jobId: 'j',
      algorithm: 'rx/0',
      difficulty: 1000,
      height: null,
      seedHash: null,
      ageMs: 0,
    };
    const after = (hashes: number, accepted = 0) => snapshotOf({ hashes, job, accepted });
    expect(told(after(0), after(4900), after(5100), after(9000))).toHaveLength(1);
    expect(told(after(0), after(4900), after(4950, 1), after(9000, 1))).toEqual([]);
  });

  it('tell rejects over 5 % once, and only of enough shares to judge', () => {
    expect(told(snapshotOf({}), snapshotOf({ accepted: 1, rejected: 1 }))).toEqual([]);
    const bad = snapshotOf({ accepted: 90, rejected: 10 });
    expect(told(snapshotOf({}), bad, bad)).toEqual([
      expect.stringMatching(/^The pool is rejecting 10\s?%/),
    ]);
  });
});
