import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { cpuReport, type CpuReport } from '../../core/engine/library.ts';
import type { Tunings } from '../../core/engine/tunings.ts';
import { adviseThreads, withMeasured } from '../../core/system/threads.ts';
import type { SystemReport } from '../../contract/ipc.ts';
import type { MachineUse } from './machineUse.ts';
import type { PowerSettings } from '../../contract/settings.ts';

/** What only the shell can tell about this computer and its desktop, and what changes while the app runs. */
export type ShellFacts = Pick<SystemReport, keyof MachineUse['known'] | 'trayAvailable'>;

/** What this computer offers. Without an engine the system itself tells less of it. */
export function systemReport(
  facts: ShellFacts,
  power: PowerSettings,
  tunings: Tunings,
): SystemReport {
  const cpu = tunedReport(power, tunings);
  if (cpu !== null) {
    return {
      cpuModel: cpu.name,
      logicalCpus: cpu.cpus.length,
      recommendedThreads: adviseThreads(cpu),
      totalMemoryBytes: cpu.memory.totalBytes,
      freeMemoryBytes: cpu.memory.availableBytes,
      ...facts,
    };
  }
  const ids = Array.from({ length: availableParallelism() }, (_, id) => id);
  const name = cpus()[0]?.model ?? '';
  return {
    cpuModel: name,
    logicalCpus: ids.length,
    recommendedThreads: adviseThreads({ name, features: [], cpus: [], recommendedCpus: ids }),
    totalMemoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    ...facts,
  };
}

/** The threads that pay are those that were measured to, where they were. Null when the engine cannot be loaded. */
export function tunedReport({ mode }: PowerSettings, tunings: Tunings): CpuReport | null {
  try {
    return withMeasured(cpuReport(), tunings.bestThreads(mode));
  } catch {
    // The session says why as soon as the engine is needed, and the health page at once.
    return null;
  }
}
