import { isFullPower as isFull } from '../../contract/power.ts';
import type { PowerSettings } from '../../contract/settings.ts';
import { adviseThreads, type CpuFacts } from '../../core/system/threads.ts';

/** Full power on this computer. */
export function isFullPower(power: PowerSettings, cpu: CpuFacts | null): boolean {
  return isFull(power, cpu && adviseThreads(cpu).full);
}

/** Hashing threads that the settings ask for: at least one, at most one a logical CPU. */
export function threadsFor(power: PowerSettings, cpu: CpuFacts): number {
  const wanted = power.profile === 'custom' ? power.threads : adviseThreads(cpu)[power.profile];
  return Math.min(wanted, cpu.cpus.length);
}
