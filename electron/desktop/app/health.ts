import { lookup } from 'node:dns/promises';
import { arch, release } from 'node:os';
import { dirname } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import type { Tunings } from '../../core/engine/tunings.ts';
import type { HealthItem } from '../../contract/health.ts';
import type { PoolSettings, Settings } from '../../contract/settings.ts';
import type { Text } from '../../contract/text/index.ts';
import { whyLine } from '../../contract/text/why.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { usablePools } from '../../contract/usablePools.ts';
import { readClockSynchronised } from '../../core/system/timeServer.ts';
import { isEnergyClosed } from '../../core/system/energy.ts';
import { checkHealth, type HealthFacts } from '../../core/system/health.ts';
import { PAGES_HELPER, readHugePages, type PagesPrompt } from '../../core/system/memory.ts';
import { readProgramNames } from '../../core/system/programs.ts';
import { hasPrompt, isExecutable } from '../../core/system/prompt.ts';
import { healthReport } from '../../core/system/report.ts';
import { systemFiles } from '../../core/system/systemFiles.ts';
import { readIsVirtual } from '../../core/system/virtualMachine.ts';
import { redact } from '../../core/wallet/redact.ts';
import { threadsFor } from './power.ts';
import { tunedReport, type ShellFacts } from './systemReport.ts';

/** What the health page looks at besides the machine. */
export interface Situation {
  readonly settings: Settings;
  readonly snapshot: Snapshot;
  /** Mining is switched on: only then may a name be looked up. */
  readonly isOn: boolean;
  readonly shell: ShellFacts;
  readonly tunings: Tunings;
}

/** Looks at everything that mining well depends on. Changes nothing. */
export async function runHealth(situation: Situation): Promise<HealthItem[]> {
  const { settings, snapshot, shell, tunings } = situation;
  const cpu = tunedReport(settings.power, tunings);
  return checkHealth({
    cpu,
    availableBytes: cpu?.memory.availableBytes ?? null,
    hugePages: readHugePages(systemFiles),
    pagesPrompt: pagesPrompt(),
    threads: cpu === null ? 1 : threadsFor(settings.power, cpu),
    memoryMode: settings.power.mode,
    engine: snapshot.engine,
    pool: healthPool(settings),
    poolNameResolves: await resolves(situation),
    wallMs: systemClock.wallMs(),
    isVirtual: readIsVirtual(systemFiles),
    guardedFolder: process.platform === 'win32' ? dirname(process.execPath) : null,
    isEnergyClosed: isEnergyClosed(systemFiles),
    clockSynchronised: readClockSynchronised(systemFiles),
    ...shell,
  });
}

/** The same as a text for an issue, without addresses. */
export async function reportHealth(
  text: Text,
  situation: Situation,
  appVersion: string,
): Promise<string> {
  return healthReport(text, {
    appVersion,
    platform: `${process.platform} ${release()} ${arch()}`,
    cpuName: tunedReport(situation.settings.power, situation.tunings)?.name ?? null,
    why: whyLine(text, situation.snapshot),
    items: await runHealth(situation),
    redact,
  });
}

/** Who would set huge pages aside at a click, and give them back. */
export function pagesPrompt(): PagesPrompt {
  const { platform, env } = process;
  const userId = process.getuid?.() ?? null;
  const programs = readProgramNames(systemFiles);
  if (!hasPrompt({ platform, env, userId, programs, isExecutable })) return 'none';
  return isExecutable(PAGES_HELPER) ? 'helper' : 'sysctl';
}

function healthPool(settings: Settings): HealthFacts['pool'] {
  if (settings.work === 'practice') return { kind: 'practice', host: '', tls: false };
  const pool = nextPool(settings);
  return pool === undefined ? null : { ...pool, tls: pool.tls.use !== 'none' };
}

/** Where Start connects to; where it would, once there is an address to pay to. */
function nextPool(settings: Settings): PoolSettings | undefined {
  return usablePools(settings)[0] ?? settings.pools[0];
}

async function resolves({ settings, isOn }: Situation): Promise<boolean | null> {
  const pool = nextPool(settings);
  if (!isOn || pool === undefined || settings.work === 'practice') return null;
  // The proxy looks it up: whoever hides behind one does not want it asked for here.
  if (pool.socks5 !== undefined) return null;
  return lookup(pool.host).then(
    () => true,
    () => false,
  );
}
