import { lookup } from 'node:dns/promises';
import { arch, release } from 'node:os';
import { dirname } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { engineProblem } from '../../core/engine/problem.ts';
import { testEngine } from '../../core/engine/selfTest.ts';
import type { Tunings } from '../../core/engine/tunings.ts';
import type { HealthItem, SelfTest } from '../../contract/health.ts';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import type { PoolSettings, Settings } from '../../contract/settings.ts';
import type { Text } from '../../contract/text/index.ts';
import { whyLine } from '../../contract/text/why.ts';
import { usablePools } from '../../contract/usablePools.ts';
import { readClockSynchronised } from '../../core/system/timeServer.ts';
import { isEnergyClosed } from '../../core/system/energy.ts';
import { checkHealth, type HealthFacts } from '../../core/system/health.ts';
import { PAGES_HELPER, readHugePages, type PagesPrompt } from '../../core/system/memory.ts';
import { readProgramNames } from '../../core/system/programs.ts';
import { hasPrompt, isExecutable } from '../../core/system/prompt.ts';
import { healthReport } from '../../core/system/healthReport.ts';
import { systemFiles } from '../../core/system/systemFiles.ts';
import { readIsVirtual } from '../../core/system/virtualMachine.ts';
import { redact } from '../../core/wallet/redact.ts';
import type { Desktop } from './desktop.ts';
import type { MachineFacts } from './machineFacts.ts';
import { threadsFor } from './power.ts';
import { isConsentGiven } from './readiness.ts';
import { tunedReport } from './systemReport.ts';

export interface HealthParts {
  readonly clock: Clock;
  readonly text: () => Text;
  readonly version: string;
  readonly desktop: Pick<Desktop, 'settings' | 'snapshot' | 'isMining'>;
  readonly machine: Pick<MachineFacts, 'now'>;
  readonly tunings: Tunings;
}

/** Looks at everything that mining well depends on. Changes nothing. */
export class Health {
  readonly #parts: HealthParts;

  constructor(parts: HealthParts) {
    this.#parts = parts;
  }

  async items(): Promise<HealthItem[]> {
    const { clock, desktop, machine, tunings } = this.#parts;
    const { settings } = desktop;
    const cpu = tunedReport(settings.power, tunings);
    return checkHealth({
      cpu,
      availableBytes: cpu?.memory.availableBytes ?? null,
      hugePages: readHugePages(systemFiles),
      pagesPrompt: pagesPrompt(),
      threads: cpu === null ? 1 : threadsFor(settings.power, cpu),
      memoryMode: settings.power.mode,
      engine: desktop.snapshot().engine,
      pool: healthPool(settings),
      poolNameResolves: desktop.isMining ? await resolves(settings) : null,
      wallMs: clock.wallMs(),
      isVirtual: readIsVirtual(systemFiles),
      guardedFolder: process.platform === 'win32' ? dirname(process.execPath) : null,
      isEnergyClosed: isEnergyClosed(systemFiles),
      clockSynchronised: readClockSynchronised(systemFiles),
      ...machine.now,
    });
  }

  /** The same as a text for an issue, without addresses. */
  async report(): Promise<string> {
    const { text, version, desktop, tunings } = this.#parts;
    return healthReport(text(), {
      appVersion: version,
      platform: `${process.platform} ${release()} ${arch()}`,
      cpuName: tunedReport(desktop.settings.power, tunings)?.name ?? null,
      why: whyLine(text(), desktop.snapshot()),
      items: await this.items(),
      redact,
    });
  }

  /** Computes hashes that are published: only after consent, like everything that hashes. */
  async testEngine(): Promise<Result<SelfTest>> {
    if (!isConsentGiven(this.#parts.desktop.settings)) return refused(problem('consentMissing'));
    try {
      return success(await testEngine());
    } catch (error) {
      return refused(engineProblem(error));
    }
  }
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

/** Asked for only while mining is switched on: nothing may be looked up before. */
async function resolves(settings: Settings): Promise<boolean | null> {
  const pool = nextPool(settings);
  if (pool === undefined || settings.work === 'practice') return null;
  // The proxy looks it up: whoever hides behind one does not want it asked for here.
  if (pool.socks5 !== undefined) return null;
  return lookup(pool.host).then(
    () => true,
    () => false,
  );
}
