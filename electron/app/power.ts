import type { Settings } from '../shared/settings.ts';

/** Power profiles as they are offered by name; `custom` is set by number of threads. */
export const POWER_PROFILES = [
  { id: 'quiet', label: 'Quiet' },
  { id: 'balanced', label: 'Balanced' },
  { id: 'full', label: 'Full' },
] as const;

/** Hashing threads of each profile. */
export interface ThreadAdvice {
  readonly quiet: number;
  readonly balanced: number;
  readonly full: number;
}

/** Full: all that pay (2 MiB of last level cache each). Balanced: at most half of the machine. Quiet: a quarter. */
export function adviseThreads(recommended: number, logicalCpus: number): ThreadAdvice {
  const atMost = (part: number) =>
    Math.max(1, Math.min(recommended, Math.floor(logicalCpus * part)));
  return { quiet: atMost(0.25), balanced: atMost(0.5), full: Math.max(1, recommended) };
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
