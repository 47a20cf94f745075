import type { Settings } from '../../electron/contract/settings.ts';
import { usablePools } from '../../electron/contract/usablePools.ts';

export type Readiness = 'consent' | 'setUp' | 'ready';

/** Whether the set-up has to be gone through first. What keeps Start from working is in the snapshot. */
export function readinessOf(settings: Settings, consentVersion: number): Readiness {
  const practises = settings.work === 'practice';
  if (!practises && settings.pools.length === 0) return 'setUp';
  if (settings.consent?.version !== consentVersion) return 'consent';
  return practises || usablePools(settings).length > 0 ? 'ready' : 'setUp';
}
