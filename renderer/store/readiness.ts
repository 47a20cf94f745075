import type { PoolSettings, Settings } from '../../electron/contract/settings.ts';
import type { Snapshot } from '../../electron/contract/snapshot.ts';

/** A pool that is of use as things are: a login of its own replaces the address. */
export function poolIsUsable(pool: PoolSettings, hasWallet: boolean): boolean {
  return hasWallet || (pool.kind === 'stratum' && pool.login.use === 'text');
}

export type Readiness = 'consent' | 'setUp' | 'ready';

/** What stands between the user and Start. */
export function readinessOf(settings: Settings, consentVersion: number): Readiness {
  const practises = settings.work === 'practice';
  if (!practises && settings.pools.length === 0) return 'setUp';
  if (settings.consent?.version !== consentVersion) return 'consent';
  if (practises) return 'ready';
  const hasWallet = settings.wallet !== null;
  return settings.pools.some((pool) => poolIsUsable(pool, hasWallet)) ? 'ready' : 'setUp';
}

/** Practice earns nothing and is marked wherever its figures are shown. */
export function isPractice(snapshot: Snapshot | null, settings: Settings): boolean {
  return snapshot?.pool ? snapshot.pool.kind === 'practice' : settings.work === 'practice';
}

export type Activity = 'unknown' | 'idle' | 'active' | 'paused';

/** Which of Start, Stop, Pause and Resume make sense. Stop is offered whenever something may be running. */
export function activityOf(snapshot: Snapshot | null): Activity {
  if (snapshot === null) return 'unknown';
  const { session } = snapshot;
  switch (session.state) {
    case 'needsConsent':
    case 'stopped':
    case 'failed':
      return 'idle';
    case 'paused':
      // A rule ends its own pause; Resume is for the pauses the user made.
      return session.reasons.some((reason) => reason === 'user' || reason === 'snooze')
        ? 'paused'
        : 'active';
    case 'connecting':
    case 'preparing':
    case 'mining':
    case 'waiting':
      return 'active';
  }
}
