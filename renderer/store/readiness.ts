import type { PoolSettings, Settings } from '../../electron/contract/settings.ts';

/** A pool that is of use as things are: a login of its own replaces the address. */
export function poolIsUsable(pool: PoolSettings, hasWallet: boolean): boolean {
  return hasWallet || (pool.kind === 'stratum' && pool.login.use === 'text');
}

export type Readiness = 'consent' | 'setUp' | 'ready';

/** Whether the set-up has to be gone through first. What keeps Start from working is in the snapshot. */
export function readinessOf(settings: Settings, consentVersion: number): Readiness {
  const practises = settings.work === 'practice';
  if (!practises && settings.pools.length === 0) return 'setUp';
  if (settings.consent?.version !== consentVersion) return 'consent';
  if (practises) return 'ready';
  const hasWallet = settings.wallet !== null;
  return settings.pools.some((pool) => poolIsUsable(pool, hasWallet)) ? 'ready' : 'setUp';
}
