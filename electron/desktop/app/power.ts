import type { PowerSettings } from '../../contract/settings.ts';
import { adviseThreads, type CpuFacts } from '../../core/system/threads.ts';

/** Power profiles as they are offered by name; `custom` is set by number of threads. */
export const POWER_PROFILES = [
  { id: 'quiet', label: 'Quiet' },
  { id: 'balanced', label: 'Balanced' },
  { id: 'full', label: 'Full' },
] as const;

/** Hashing threads that the settings ask for: at least one, at most one a logical CPU. */
export function threadsFor(power: PowerSettings, cpu: CpuFacts): number {
  const wanted = power.profile === 'custom' ? power.threads : adviseThreads(cpu)[power.profile];
  return Math.min(wanted, cpu.cpus.length);
}
