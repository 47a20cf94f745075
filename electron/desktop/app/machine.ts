import { lookup } from 'node:dns/promises';
import { arch, release } from 'node:os';
import { cpuReport, type CpuReport } from '../../core/engine/library.ts';
import type { Tunings } from '../../core/engine/tunings.ts';
import type { HealthItem, SystemReport } from '../../contract/ipc.ts';
import type { Settings } from '../../contract/settings.ts';
import { createText } from '../../contract/text/index.ts';
import { whyLine } from '../../contract/text/why.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { readClockSynchronised } from '../../core/system/timeServer.ts';
import { checkHealth, type HealthFacts } from '../../core/system/health.ts';
import { readHugePages } from '../../core/system/memory.ts';
import { healthReport } from '../../core/system/report.ts';
import { systemFiles } from '../../core/system/systemFiles.ts';
import { adviseThreads, withMeasured } from '../../core/system/threads.ts';
import { redact } from '../../core/wallet/redact.ts';
import { threadsFor } from './power.ts';

/** What only the shell can tell about this computer and its desktop. */
export type ShellFacts = Pick<HealthFacts, 'batteryKnown' | 'idleKnown' | 'trayAvailable'>;

/** What the health page looks at besides the machine. */
export interface Situation {
  readonly settings: Settings;
  readonly snapshot: Snapshot;
  /** Mining is switched on: only then may a name be looked up. */
  readonly isOn: boolean;
  readonly shell: ShellFacts;
  readonly tunings: Tunings;
}

/** Throws RandomxError when the engine cannot be loaded. */
export function systemReport(
  { batteryKnown, idleKnown }: ShellFacts,
  power: Settings['power'],
  tunings: Tunings,
): SystemReport {
  const cpu = tunedReport(power, tunings);
  return {
    cpuModel: cpu.name,
    logicalCpus: cpu.cpus.length,
    recommendedThreads: adviseThreads(cpu),
    totalMemoryBytes: cpu.memory.totalBytes,
    freeMemoryBytes: cpu.memory.availableBytes,
    batteryKnown,
    idleKnown,
  };
}

/** The threads that pay are those that were measured to, where they were. */
function tunedReport({ mode }: Settings['power'], tunings: Tunings): CpuReport {
  return withMeasured(cpuReport(), tunings.bestThreads(mode));
}

/** Looks at everything that mining well depends on. Changes nothing. */
export async function runHealth(situation: Situation): Promise<HealthItem[]> {
  const { settings, snapshot, shell, tunings } = situation;
  const cpu = reportOrNull(settings.power, tunings);
  return checkHealth({
    cpu,
    availableBytes: cpu?.memory.availableBytes ?? null,
    hugePages: readHugePages(systemFiles),
    threads: cpu === null ? 1 : threadsFor(settings.power, cpu),
    engine: snapshot.engine,
    pool: healthPool(settings),
    poolNameResolves: await resolves(situation),
    nowMs: Date.now(),
    clockSynchronised: readClockSynchronised(systemFiles),
    ...shell,
  });
}

/** The same as a text for an issue, without addresses. */
export async function reportHealth(situation: Situation, appVersion: string): Promise<string> {
  return healthReport({
    appVersion,
    platform: `${process.platform} ${release()} ${arch()}`,
    cpuName: reportOrNull(situation.settings.power, situation.tunings)?.name ?? 'unknown',
    why: whyLine(createText('en'), situation.snapshot),
    items: await runHealth(situation),
    redact,
  });
}

/** Null when the engine cannot be loaded; the session says why as soon as it is needed. */
function reportOrNull(power: Settings['power'], tunings: Tunings): CpuReport | null {
  try {
    return tunedReport(power, tunings);
  } catch {
    return null;
  }
}

function healthPool({ work, pools: [first] }: Settings): HealthFacts['pool'] {
  if (work === 'practice') return { kind: 'practice', host: '', tls: false };
  return first === undefined ? null : { ...first, tls: first.tls.use !== 'none' };
}

async function resolves({ settings, isOn }: Situation): Promise<boolean | null> {
  const pool = settings.pools[0];
  if (!isOn || pool === undefined || settings.work === 'practice') return null;
  return lookup(pool.host).then(
    () => true,
    () => false,
  );
}
