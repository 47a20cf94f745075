import type { PowerSettings } from '../../contract/settings.ts';
import { adviseThreads, type CpuFacts } from '../../core/system/threads.ts';

/** As loud, hot and slow as this computer gets: chosen by name or by number of threads, it is tried first. */
export function isFullPower(power: PowerSettings, cpu: CpuFacts | null): boolean {
  if (power.profile !== 'custom') return power.profile === 'full';
  return cpu !== null && threadsFor(power, cpu) >= adviseThreads(cpu).full;
}

/** Hashing threads that the settings ask for: at least one, at most one a logical CPU. */
export function threadsFor(power: PowerSettings, cpu: CpuFacts): number {
  const wanted = power.profile === 'custom' ? power.threads : adviseThreads(cpu)[power.profile];
  return Math.min(wanted, cpu.cpus.length);
}
