import { problem, type Problem } from '../../contract/problem.ts';
import { CONSENT_VERSION, type Settings } from '../../contract/settings.ts';
import type { Standstill } from '../../core/mining/permission.ts';
import { workOf } from './planOf.ts';

export function isConsentGiven(settings: Settings): boolean {
  return settings.consent?.version === CONSENT_VERSION;
}

/** What keeps the settings from being mined by, besides the consent. */
export function whatIsMissing(settings: Settings): readonly Problem[] {
  if (workOf(settings) !== null) return [];
  return [problem(settings.pools.length === 0 ? 'noPool' : 'noWallet')];
}

/** Why nothing is mined when the app opens. */
export function standstillAtLaunch(settings: Settings, endedUncleanly: boolean): Standstill {
  if (!isConsentGiven(settings)) return { state: 'consentMissing' };
  if (settings.stoppedByUser) return { state: 'stoppedByUser' };
  return endedUncleanly
    ? { state: 'stoppedByFault', problem: problem('uncleanExit') }
    : { state: 'notStartedYet' };
}
