import { CONSENT_VERSION, type Settings } from '../../contract/settings.ts';
import type { Problem } from '../../contract/snapshot.ts';
import { workOf } from './planOf.ts';

export function isConsentGiven(settings: Settings): boolean {
  return settings.consent?.version === CONSENT_VERSION;
}

/** What is still missing before mining can start; null when nothing is. */
export function whatIsMissing(settings: Settings): Problem | null {
  if (!isConsentGiven(settings)) {
    return { code: 'needsConsent', message: 'Agree to mine on this computer first.' };
  }
  if (workOf(settings) !== null) return null;
  return settings.pools.length === 0
    ? { code: 'noPool', message: 'Choose a pool or practice first.' }
    : { code: 'noWallet', message: 'Enter the Monero address that the rewards go to first.' };
}
