import type { PowerSettings } from './settings.ts';

/**
 * As loud, hot and slow as this computer gets: chosen by name or by number of threads, it is tried first. `fullThreads`: what
 * pays on this computer; null while it is not known.
 */
export function isFullPower(power: PowerSettings, fullThreads: number | null): boolean {
  if (power.profile !== 'custom') return power.profile === 'full';
  return fullThreads !== null && power.threads >= fullThreads;
}
