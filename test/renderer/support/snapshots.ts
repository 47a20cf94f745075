import type { Luck, SessionState, Snapshot } from '../../../electron/contract/snapshot.ts';
import { activityOf } from '../../../electron/core/mining/shownState.ts';
import { problem } from '../../../electron/contract/problem.ts';

export const situations = [
  'needsConsent',
  'stopped',
  'connecting',
  'preparing',
  'mining',
  'miningSmallPages',
  'paused',
  'pausedByRule',
  'waiting',
  'failed',
] as const;
export type Situation = (typeof situations)[number];

const offline = problem('connectionTimedOut', { place: 'pool.supportxmr.com:443' });

const sessions: Record<Situation, SessionState> = {
  needsConsent: { state: 'needsConsent' },
  stopped: { state: 'stopped', because: 'stoppedByUser' },
  connecting: { state: 'connecting' },
  preparing: { state: 'preparing', progress: 0.43, hashingInLightMode: true },
  mining: { state: 'mining', mode: 'fast' },
  miningSmallPages: { state: 'mining', mode: 'light' },
  paused: {
    state: 'paused',
    reasons: ['snooze'],
    remainingMs: 900_000,
    endsAtMs: 1_800_000_900_000,
  },
  pausedByRule: { state: 'paused', reasons: ['battery', 'inUse'] },
  waiting: {
    state: 'waiting',
    why: offline,
    help: 'openPools',
    retryInMs: 8000,
  },
  failed: {
    state: 'failed',
    help: 'openHealth',
    problem: problem('engineOutOfMemory'),
  },
};

/** A snapshot as the session would build it in that situation. `nowMs` stands for the present. */
export function snapshotOf(situation: Situation, nowMs = Date.now()): Snapshot {
  const session = sessions[situation];
  const hashing = ['mining', 'miningSmallPages', 'preparing'].includes(situation);
  const light = situation === 'miningSmallPages' || situation === 'preparing';
  const connected = hashing || situation.startsWith('paused');
  const running = !['needsConsent', 'stopped', 'failed'].includes(situation);
  const rate = light ? 312.4 : 7214.6;
  const perThread = rate / 8;
  const accepted = situation === 'mining' || situation.startsWith('paused') ? 27 : 0;
  return {
    takenAtMs: nowMs,
    monotonicMs: nowMs,
    session,
    activity: activityOf(session),
    missing: [],
    practice: false,
    uptimeMs: running ? 8_058_000 : 0,
    hashes: hashing ? Math.round(rate * 8058) : 0,
    rates: hashing
      ? { h10s: rate, h60s: rate * 0.985, h15m: situation === 'preparing' ? null : rate * 0.97 }
      : { h10s: null, h60s: null, h15m: null },
    threads: hashing
      ? Array.from({ length: 8 }, (_, index) => ({
          cpu: index * 2,
          hashesPerSecond: perThread * (1 - ((index * 7) % 5) / 40),
        }))
      : [],
    threadsAvailable: 16,
    engine: running
      ? {
          mode: light ? 'light' : 'fast',
          datasetProgress: situation === 'preparing' ? 0.43 : 1,
          pages:
            situation === 'miningSmallPages'
              ? { dataset: 'none', cache: '4k', scratchpads: '4k' }
              : { dataset: '2m', cache: '2m', scratchpads: '2m' },
          paths: { jit: 'x86_64', aes: 'hardware' },
          interleave: 1,
        }
      : null,
    pool: running
      ? {
          kind: 'stratum',
          host: 'pool.supportxmr.com',
          port: 443,
          tls: true,
          link: connected ? 'loggedIn' : situation === 'waiting' ? 'waiting' : 'connecting',
          connectedForMs: connected ? 8_052_000 : null,
          failures: 0,
          tlsFingerprint: null,
          acceptedHere: 0,
          pingMs: connected ? 24 : null,
          retryInMs: situation === 'waiting' ? 8000 : null,
          lastError: situation === 'waiting' ? offline : null,
        }
      : null,
    job: connected
      ? {
          jobId: '4BiGm3/RgGQzgkTI/xV0smdA+EGZ',
          algorithm: 'rx/0',
          difficulty: 2_160_000,
          height: 3_541_207,
          seedHash: '3c'.repeat(32),
          ageMs: 31_000,
        }
      : null,
    shares: {
      accepted,
      rejected: accepted > 0 ? 1 : 0,
      stale: 0,
      pending: 0,
      acceptedDifficulty: accepted * 2_160_000,
      bestDifficulty: accepted > 0 ? 91_400_000 : 0,
      lastAcceptedAtMs: accepted > 0 ? nowMs - 284_000 : null,
      recent: Array.from({ length: accepted }, (_, index) => ({
        foundAtMs: nowMs - 284_000 - index * 291_000,
        jobId: `job-${index}`,
        nonce: (0x1a2b3c4d + index * 7919).toString(16).padStart(8, '0'),
        difficulty: 2_160_000,
        ...(index === 4
          ? {
              outcome: 'rejected' as const,
              problem: problem('shareRefused', { said: 'Low difficulty share' }),
              roundTripMs: 31,
            }
          : { outcome: 'accepted' as const, roundTripMs: 22 + (index % 5) }),
      })),
    },
    luck: hashing ? luckOf(accepted, rate) : null,
  };
}

/** The same situation on the practice pool. */
export function practised(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    practice: true,
    pool: snapshot.pool && {
      ...snapshot.pool,
      kind: 'practice',
      host: '127.0.0.1',
      port: 41233,
      tls: false,
    },
  };
}

function luckOf(foundShares: number, hashesPerSecond: number): Luck {
  return {
    foundShares,
    expectedShares: 26.9,
    expectedMs: (2_160_000 / hashesPerSecond) * 1000,
    waitedMs: 284_000,
    chanceOfWait: 0.39,
    verdict: 'normal',
  };
}
