import type { HealthItem } from '../../contract/ipc.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { hugePagesCommand, hugePagesNeeded, type HugePages } from './memory.ts';
import type { CpuFacts } from './threads.ts';

/** All that the health page looks at, gathered by whoever runs it. Null: this machine does not tell. */
export interface HealthFacts {
  readonly cpu: CpuFacts | null;
  readonly availableBytes: number | null;
  readonly hugePages: HugePages | null;
  /** Hashing threads that the settings ask for. */
  readonly threads: number;
  /** As chosen in the settings. */
  readonly memoryMode: 'auto' | 'fast' | 'light';
  readonly engine: Snapshot['engine'];
  /** The first pool of the settings; null when none is chosen. */
  readonly pool: {
    readonly kind: 'stratum' | 'daemon' | 'practice';
    readonly host: string;
    readonly tls: boolean;
  } | null;
  /** Whether the pool's name has an address; null when it was not asked for. */
  readonly poolNameResolves: boolean | null;
  readonly wallMs: number;
  /** Whether the system's clock is kept by a time server. */
  readonly clockSynchronised: boolean | null;
  readonly batteryKnown: boolean;
  readonly idleKnown: boolean;
  readonly trayAvailable: boolean;
}

type Finding = Pick<HealthItem, 'status' | 'detail'> & { readonly fix?: string };

const GIB = 2 ** 30;
const FAST_MODE_BYTES = 3 * GIB;
const MAX_INTERLEAVE = 4;
/** A clock that shows less than this app's release is wrong. */
const RELEASED_AT_MS = Date.UTC(2026, 10, 1);

const checks: readonly {
  readonly id: string;
  readonly title: string;
  readonly look: (facts: HealthFacts) => Finding;
}[] = [
  { id: 'memory', title: 'Memory', look: lookAtMemory },
  { id: 'hugePages', title: 'Huge pages', look: lookAtHugePages },
  { id: 'aes', title: 'AES instructions', look: lookAtAes },
  { id: 'jit', title: 'Generated code', look: lookAtJit },
  { id: 'dns', title: 'Name of the pool', look: lookAtName },
  { id: 'tls', title: 'Encrypted connection', look: lookAtTls },
  { id: 'clock', title: 'Clock', look: lookAtClock },
  { id: 'battery', title: 'Battery detection', look: lookAtBattery },
  { id: 'idle', title: 'Idle detection', look: lookAtIdle },
  { id: 'tray', title: 'Tray icon', look: lookAtTray },
];

/** Each thing that mining depends on: in order, to be mended (and how), or not known here. */
export function checkHealth(facts: HealthFacts): HealthItem[] {
  return checks.map(({ id, title, look }) => ({ id, title, fix: null, ...look(facts) }));
}

const ok = (detail: string): Finding => ({ status: 'ok', detail });
const warn = (detail: string, fix: string): Finding => ({ status: 'warn', detail, fix });
const unknown = (detail: string): Finding => ({ status: 'unknown', detail });

function lookAtMemory({ engine, availableBytes, memoryMode }: HealthFacts): Finding {
  if (memoryMode === 'light') return ok('Light mode was chosen in the settings; it needs 256 MiB.');
  if (engine?.mode === 'fast') return ok('Fast mode has the 2.3 GiB that it needs.');
  if (availableBytes === null) return unknown('The free memory is not known on this machine.');
  const free = `${(availableBytes / GIB).toFixed(1)} GiB are free`;
  return availableBytes >= FAST_MODE_BYTES
    ? ok(`${free}; fast mode needs about 3.`)
    : warn(
        engine?.mode === 'light'
          ? `${free}; fast mode needs about 3, so mining runs in light mode, many times slower.`
          : `${free}; fast mode needs about 3, so mining would run in light mode, many times slower.`,
        'Close other programs, then press Stop and Start.',
      );
}

function lookAtHugePages({ engine, hugePages, threads }: HealthFacts): Finding {
  const got =
    engine === null || engine.mode === 'none'
      ? ''
      : ` Dataset: ${engine.pages.dataset}, cache: ${engine.pages.cache}, scratchpads: ${engine.pages.scratchpads}.`;
  if (engine?.pages.dataset === '2m' || engine?.pages.dataset === '1g') {
    return ok(`The engine has huge pages.${got}`);
  }
  if (hugePages === null) return unknown(`Huge pages cannot be looked at on this machine.${got}`);
  const needed = hugePagesNeeded(threads, MAX_INTERLEAVE);
  if (hugePages.free >= needed) return ok(`${hugePages.free} huge pages of 2 MiB are free.${got}`);
  const transparent =
    hugePages.transparent === 'always' || hugePages.transparent === 'madvise'
      ? ' Transparent huge pages are used instead, which come close.'
      : '';
  return warn(
    `${hugePages.free} huge pages of 2 MiB are free; ${needed} are needed (hashing threads: ${threads}).${transparent}${got}`,
    `Run this in a terminal, then press Stop and Start: ${hugePagesCommand(hugePages, needed)}`,
  );
}

function lookAtAes({ cpu }: HealthFacts): Finding {
  if (cpu === null) return unknown('The engine could not be loaded, so the CPU is not known.');
  return cpu.features.includes('aes')
    ? ok('The CPU has AES instructions.')
    : warn(
        'The CPU shows no AES instructions; mining is much slower without them.',
        'If this is a virtual machine, give it the CPU type “host”. Otherwise the CPU is too old.',
      );
}

function lookAtJit({ engine }: HealthFacts): Finding {
  const path = engine?.paths['program'];
  if (path === undefined) return unknown('Shown once mining has been started.');
  return path.startsWith('jit')
    ? ok(`Programs run as generated machine code (${path}).`)
    : warn(
        'Programs are interpreted, which is many times slower: this system forbids generated code, or the CPU is not supported.',
        'Allow this app to run generated code in your security software.',
      );
}

function lookAtName({ pool, poolNameResolves }: HealthFacts): Finding {
  if (pool === null) return unknown('No pool is chosen yet.');
  if (pool.kind === 'practice') return ok('The practice pool is inside this app.');
  if (poolNameResolves === null) return unknown(`${pool.host} was not looked up.`);
  return poolNameResolves
    ? ok(`${pool.host} has an address.`)
    : warn(
        `${pool.host} could not be looked up.`,
        'Check the spelling of the pool’s name and the internet connection.',
      );
}

function lookAtTls({ pool }: HealthFacts): Finding {
  if (pool === null) return unknown('No pool is chosen yet.');
  if (pool.kind === 'practice') return ok('The practice pool never leaves this computer.');
  if (pool.tls) return ok('The connection is encrypted.');
  if (isLoopback(pool.host)) return ok('The connection never leaves this computer.');
  return pool.kind === 'daemon'
    ? warn(
        'The connection to the node is not encrypted: whoever is in between can redirect the reward.',
        'Reach the node by TLS, or run it on this computer.',
      )
    : warn(
        'The connection is not encrypted: whoever is in between can read your address and redirect your shares.',
        'Choose the pool’s TLS port, if it has one.',
      );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function lookAtClock({ wallMs, clockSynchronised }: HealthFacts): Finding {
  const fix = 'Set the clock; on most Linux systems: sudo timedatectl set-ntp true';
  if (wallMs < RELEASED_AT_MS) return warn('The clock is years or months behind.', fix);
  if (clockSynchronised === false) return warn('No time server keeps the clock.', fix);
  return clockSynchronised === true
    ? ok('The clock is kept by a time server.')
    : unknown('The clock looks plausible; whether a time server keeps it is not known here.');
}

function lookAtBattery({ batteryKnown }: HealthFacts): Finding {
  return batteryKnown
    ? ok('Battery and mains can be told apart, so “pause on battery” works.')
    : unknown('No battery was found; “pause on battery” has no effect.');
}

function lookAtIdle({ idleKnown }: HealthFacts): Finding {
  return idleKnown
    ? ok('It can be told whether the computer is in use.')
    : unknown('This desktop does not tell whether the computer is in use.');
}

function lookAtTray({ trayAvailable }: HealthFacts): Finding {
  return trayAvailable
    ? ok('The desktop shows tray icons.')
    : warn(
        'The desktop shows no tray icons, so the window stays open while mining.',
        'On GNOME, install the extension “AppIndicator and KStatusNotifierItem Support”.',
      );
}
