import type { Settings } from '../shared/settings.ts';

/** Power profiles as they are offered by name; `custom` is set by number of threads. */
export const POWER_PROFILES = [
  { id: 'quiet', label: 'Quiet' },
  { id: 'balanced', label: 'Balanced' },
  { id: 'full', label: 'Full' },
] as const;

export interface ThreadAdvice {
  readonly quiet: number;
  readonly balanced: number;
  readonly full: number;
}

/** Hashing threads that the settings ask for: at least one, at most one a logical CPU. */
export function threadsFor(
  power: Settings['power'],
  advice: ThreadAdvice,
  logicalCpus: number,
): number {
  const wanted =
    power.profile === 'custom' ? (power.threads ?? advice.balanced) : advice[power.profile];
  return Math.min(Math.max(1, wanted), logicalCpus);
}
