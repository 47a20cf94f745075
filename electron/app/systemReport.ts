import { readFileSync } from 'node:fs';
import { arch, release } from 'node:os';
import { cpuReport, libraryHash } from 'randomx-native-prebuilt';
import { redact } from '../wallet/redact.ts';
import type { AppInfo, HealthItem, SystemReport } from '../shared/ipc.ts';
import { adviseThreads } from './power.ts';

/** What only the shell can tell about the machine. */
export interface ShellFacts {
  readonly batteryKnown: boolean;
  readonly idleKnown: boolean;
  readonly trayAvailable: boolean;
}

const MEBIBYTE = 1024 * 1024;
/** Dataset, cache and a scratchpad for each thread, with something left for everything else. */
const FAST_MODE_BYTES = 3 * 1024 * MEBIBYTE;
const HUGE_PAGE_BYTES = 2 * MEBIBYTE;

/** Throws RandomxError when the engine cannot be loaded. */
export function systemReport({ batteryKnown, idleKnown }: ShellFacts): SystemReport {
  const { name, cpus, recommendedCpus, memory } = cpuReport();
  return {
    cpuModel: name,
    logicalCpus: cpus.length,
    recommendedThreads: adviseThreads(recommendedCpus.length, cpus.length),
    totalMemoryBytes: memory.totalBytes,
    freeMemoryBytes: memory.availableBytes,
    batteryKnown,
    idleKnown,
  };
}

/** Everything that mining well depends on, each with what to do about it. Changes nothing. */
export function runHealth(facts: ShellFacts): HealthItem[] {
  return [...engineItems(), ...shellItems(facts)];
}

/** The same as a text for an issue, without addresses. */
export function reportHealth(info: AppInfo, facts: ShellFacts): string {
  const lines = runHealth(facts).map(
    ({ title, status, detail }) => `[${status}] ${title}: ${detail}`,
  );
  const app = `Ibctminer ${info.version}, Electron ${info.electron}, ${process.platform} ${release()} ${arch()}`;
  return redact([app, `Engine ${info.librarySha256 ?? 'not loaded'}`, ...lines].join('\n'));
}

function engineItems(): HealthItem[] {
  try {
    const { features, memory, name } = cpuReport();
    const freeMiB = Math.round(memory.availableBytes / MEBIBYTE);
    const hasMemory = memory.availableBytes >= FAST_MODE_BYTES;
    return [
      item('engine', 'Mining engine', 'ok', `Loaded, SHA-256 ${libraryHash().slice(0, 16)}…`),
      features.includes('aes')
        ? item('aes', 'AES instructions', 'ok', `${name} has them.`)
        : item('aes', 'AES instructions', 'warn', `${name} does not have them: hashing is slow.`),
      item(
        'memory',
        'Free memory',
        hasMemory ? 'ok' : 'warn',
        hasMemory ? `${freeMiB} MiB: enough for fast mode.` : `${freeMiB} MiB: light mode only.`,
        hasMemory ? null : 'Close other programs until 3 GiB are free, or mine in light mode.',
      ),
      hugePages(memory.huge2mFreeBytes),
    ];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [item('engine', 'Mining engine', 'warn', reason, 'Install Ibctminer again.')];
  }
}

function hugePages(freeBytes: number): HealthItem {
  const wantedPages = 1280;
  const isEnough = freeBytes >= wantedPages * HUGE_PAGE_BYTES;
  const transparent = transparentHugePages();
  if (isEnough)
    return item('hugePages', 'Huge pages', 'ok', 'Enough are reserved for the dataset.');
  return item(
    'hugePages',
    'Huge pages',
    transparent ? 'ok' : 'warn',
    transparent
      ? 'None are reserved; the system gives transparent ones when asked.'
      : 'Not enough are reserved: hashing is slower.',
    process.platform === 'linux' ? `sudo sysctl -w vm.nr_hugepages=${wantedPages}` : null,
  );
}

function transparentHugePages(): boolean {
  try {
    const setting = readFileSync('/sys/kernel/mm/transparent_hugepage/enabled', 'utf8');
    return !setting.includes('[never]');
  } catch {
    return false;
  }
}

function shellItems({ trayAvailable, batteryKnown, idleKnown }: ShellFacts): HealthItem[] {
  return [
    trayAvailable
      ? item('tray', 'Tray icon', 'ok', 'This desktop shows tray icons.')
      : item(
          'tray',
          'Tray icon',
          'warn',
          'This desktop shows no tray icons: the window is never hidden.',
          process.platform === 'linux' ? 'On GNOME, enable the AppIndicator extension.' : null,
        ),
    batteryKnown
      ? item('battery', 'Battery detection', 'ok', 'The rule "pause on battery" works here.')
      : item('battery', 'Battery detection', 'unknown', 'No battery has been seen.'),
    idleKnown
      ? item('idle', 'Idle detection', 'ok', 'The rule "mine only when idle" works here.')
      : item(
          'idle',
          'Idle detection',
          'unknown',
          'The system has not told any idle time yet; the rule is not applied until it does.',
        ),
  ];
}

function item(
  id: string,
  title: string,
  status: HealthItem['status'],
  detail: string,
  fix: string | null = null,
): HealthItem {
  return { id, title, status, detail, fix };
}
