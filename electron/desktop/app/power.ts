import type { Settings } from '../../contract/settings.ts';
import { adviseThreads, type CpuFacts } from '../../core/system/threads.ts';

/** Power profiles as they are offered by name; `custom` is set by number of threads. */
export const POWER_PROFILES = [
  { id: 'quiet', label: 'Quiet' },
  { id: 'balanced', label: 'Balanced' },
  { id: 'full', label: 'Full' },
] as const;

/** Hashing threads that the settings ask for: at least one, at most one a logical CPU. */
export function threadsFor({ profile, threads }: Settings['power'], cpu: CpuFacts): number {
  const advice = adviseThreads(cpu);
  const wanted = profile === 'custom' ? (threads ?? advice.balanced) : advice[profile];
  return Math.min(Math.max(1, wanted), cpu.cpus.length);
}
