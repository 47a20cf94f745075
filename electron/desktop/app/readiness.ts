import { CONSENT_VERSION, type PoolSettings, type Settings } from '../../contract/settings.ts';
import type { Problem } from '../../contract/snapshot.ts';

export function isConsentGiven(settings: Settings): boolean {
  return settings.consent?.version === CONSENT_VERSION;
}

/** What is still missing before mining can start; null when nothing is. */
export function whatIsMissing(settings: Settings): Problem | null {
  if (!isConsentGiven(settings)) {
    return { code: 'needsConsent', message: 'Agree to mine on this computer first.' };
  }
  const [first] = settings.pools;
  if (first === undefined) {
    return { code: 'noPool', message: 'Choose a pool or the practice pool first.' };
  }
  if (settings.wallet === null && needsAddress(first)) {
    return { code: 'noWallet', message: 'Enter the Monero address that the rewards go to first.' };
  }
  return null;
}

/** The practice pool pays nobody, and a pool with a login of its own knows whom it pays. */
function needsAddress(pool: PoolSettings): boolean {
  return pool.kind !== 'practice' && pool.login === undefined;
}
