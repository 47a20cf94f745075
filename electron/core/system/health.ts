import { isLoopback, isOnion } from '../../contract/host.ts';
import { remark, type HealthCommand, type HealthItem, type Remark } from '../../contract/health.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { energyCommands } from './energy.ts';
import {
  FAST_MODE_BYTES,
  giveBackHugePages,
  HUGE_PAGE_BYTES,
  hugePagesCommands,
  hugePagesNeeded,
  transparentPagesCommands,
  type HugePages,
  type PagesPrompt,
} from './memory.ts';
import type { CpuFacts } from './threads.ts';

/** All that the health page looks at, gathered by whoever runs it. Null: this machine does not report it. */
export interface HealthFacts {
  readonly cpu: CpuFacts | null;
  readonly availableBytes: number | null;
  readonly hugePages: HugePages | null;
  readonly pagesPrompt: PagesPrompt;
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
    /** The proxy that looks its name up. */
    readonly socks5?: object | undefined;
  } | null;
  /** Whether the pool's name has an address; null when it was not asked for. */
  readonly poolNameResolves: boolean | null;
  readonly wallMs: number;
  /** Whether the system's clock is kept by a time server. */
  readonly clockSynchronised: boolean | null;
  readonly batteryKnown: boolean;
  readonly idleKnown: boolean;
  readonly temperatureKnown: boolean;
  readonly wattsKnown: boolean;
  /** The processors count their energy, but only administrators may read it. */
  readonly isEnergyClosed: boolean;
  /** Whether a hypervisor is below; null where nothing tells. */
  readonly isVirtual: boolean | null;
  /** Where antivirus programs are known to remove miners: the app's folder. */
  readonly guardedFolder: string | null;
  readonly trayAvailable: boolean;
}

type Finding = Omit<HealthItem, 'id'>;

const MAX_INTERLEAVE = 4;
/** A clock that shows less than this app's release is wrong. */
const RELEASED_AT_MS = Date.UTC(2026, 10, 1);

const checks: readonly (readonly [HealthItem['id'], (facts: HealthFacts) => Finding])[] = [
  ['memory', lookAtMemory],
  ['hugePages', lookAtHugePages],
  ['transparentPages', lookAtTransparentPages],
  ['aes', lookAtAes],
  ['jit', lookAtJit],
  ['dns', lookAtName],
  ['tls', lookAtTls],
  ['clock', lookAtClock],
  ['virtualMachine', lookAtVirtualMachine],
  ['numa', lookAtNuma],
  ['temperature', lookAtTemperature],
  ['energy', lookAtEnergy],
  ['antivirus', lookAtAntivirus],
  ['battery', lookAtBattery],
  ['idle', lookAtIdle],
  ['tray', lookAtTray],
];

/** Each thing that mining depends on: in order, to be mended (and how), or not known here. */
export function checkHealth(facts: HealthFacts): HealthItem[] {
  return checks.map(([id, look]) => ({ id, ...look(facts) }));
}

const nothingToDo = { fix: null, commands: [] };
const ok = (...remarks: Remark[]): Finding => ({ status: 'ok', remarks, ...nothingToDo });
const unknown = (...remarks: Remark[]): Finding => ({ status: 'unknown', remarks, ...nothingToDo });
const warn = (
  remarks: Remark | Remark[],
  fix: Remark,
  commands: HealthCommand[] = [],
): Finding => ({ status: 'warn', remarks: [remarks].flat(), fix, commands });

function lookAtMemory({ engine, availableBytes: bytes, memoryMode }: HealthFacts): Finding {
  if (memoryMode === 'light') return ok(remark('memoryLightChosen'));
  if (engine?.mode === 'fast') return ok(remark('memoryFast'));
  if (bytes === null) return unknown(remark('memoryUnknown'));
  if (bytes >= FAST_MODE_BYTES) return ok(remark('memoryFree', { bytes }));
  const isLight = engine?.mode === 'light';
  return warn(remark(isLight ? 'memoryShortNow' : 'memoryShort', { bytes }), remark('memoryFix'));
}

function lookAtHugePages({ engine, hugePages, pagesPrompt, threads }: HealthFacts): Finding {
  const inUse =
    engine === null || engine.mode === 'none' ? [] : [remark('pagesInUse', engine.pages)];
  const giveBack =
    hugePages === null || hugePages.total === 0
      ? []
      : [giveBackHugePages(0, hugePages.lasts, pagesPrompt)];
  if (usesHugePages(engine)) {
    return { ...ok(remark('pagesGood'), ...inUse), commands: giveBack };
  }
  if (hugePages === null) return unknown(remark('pagesUnknown'), ...inUse);
  const { free, transparent } = hugePages;
  const needed = hugePagesNeeded(threads, MAX_INTERLEAVE);
  if (free >= needed) {
    return { ...ok(remark('pagesFree', { count: free }), ...inUse), commands: giveBack };
  }
  const isTransparent = transparent === 'always' || transparent === 'madvise';
  return warn(
    [
      remark('pagesShort', { free, needed, count: threads }),
      ...(isTransparent ? [remark('pagesTransparent')] : []),
      ...inUse,
    ],
    remark(isTransparent ? 'pagesFixBeside' : 'pagesFix', { bytes: needed * HUGE_PAGE_BYTES }),
    hugePagesCommands(hugePages, needed, pagesPrompt),
  );
}

function lookAtTransparentPages({ engine, hugePages, threads }: HealthFacts): Finding {
  const transparent = hugePages?.transparent ?? null;
  if (hugePages === null || transparent === null) return unknown(remark('thpUnknown'));
  if (transparent !== 'never') return ok(remark('thpOn'));
  const hasEnough = hugePages.free >= hugePagesNeeded(threads, MAX_INTERLEAVE);
  return hasEnough || usesHugePages(engine)
    ? ok(remark('thpNotNeeded'))
    : warn(remark('thpOff'), remark('thpFix'), transparentPagesCommands());
}

function usesHugePages(engine: HealthFacts['engine']): boolean {
  return engine?.pages.dataset === '2m' || engine?.pages.dataset === '1g';
}

function lookAtAes({ cpu }: HealthFacts): Finding {
  if (cpu === null) return unknown(remark('aesUnknown'));
  return cpu.features.includes('aes')
    ? ok(remark('aesFound'))
    : warn(remark('aesMissing'), remark('aesFix'));
}

function lookAtJit({ engine }: HealthFacts): Finding {
  const path = engine?.paths['program'];
  if (path === undefined) return unknown(remark('jitUnknown'));
  return path.startsWith('jit')
    ? ok(remark('jitUsed', { path }))
    : warn(remark('jitMissing'), remark('jitFix'));
}

function lookAtName({ pool, poolNameResolves }: HealthFacts): Finding {
  if (pool === null) return unknown(remark('poolNone'));
  if (pool.kind === 'practice') return ok(remark('poolPractice'));
  const { host } = pool;
  if (pool.socks5 !== undefined) return ok(remark('nameByProxy', { host }));
  if (poolNameResolves === null) return unknown(remark('nameNotAsked', { host }));
  return poolNameResolves
    ? ok(remark('nameFound', { host }))
    : warn(remark('nameNotFound', { host }), remark('nameFix'));
}

function lookAtTls({ pool }: HealthFacts): Finding {
  if (pool === null) return unknown(remark('poolNone'));
  if (pool.tls) return ok(remark('tlsUsed'));
  if (pool.kind === 'practice' || isLoopback(pool.host)) return ok(remark('tlsNotNeeded'));
  if (isOnion(pool.host)) return ok(remark('tlsByTor'));
  return pool.kind === 'daemon'
    ? warn(remark('tlsMissingToNode'), remark('tlsFixOfNode'))
    : warn(remark('tlsMissing'), remark('tlsFix'));
}

const TIMEDATECTL = 'sudo timedatectl';
const clockCommands: HealthCommand[] = [
  { use: 'lasting', command: `${TIMEDATECTL} set-ntp true` },
  { use: 'undo', command: `${TIMEDATECTL} set-ntp false` },
];

function lookAtClock({ wallMs, clockSynchronised }: HealthFacts): Finding {
  // Only Linux says whether it is, and only there these commands are.
  const commands = clockSynchronised === null ? [] : clockCommands;
  if (wallMs < RELEASED_AT_MS) return warn(remark('clockBehind'), remark('clockFix'), commands);
  if (clockSynchronised === false) return warn(remark('clockAlone'), remark('clockFix'), commands);
  return clockSynchronised === true ? ok(remark('clockKept')) : unknown(remark('clockUnknown'));
}

function lookAtVirtualMachine({ isVirtual }: HealthFacts): Finding {
  if (isVirtual === null) return unknown(remark('virtualUnknown'));
  return ok(remark(isVirtual ? 'virtualYes' : 'virtualNo'));
}

function lookAtNuma({ cpu }: HealthFacts): Finding {
  if (cpu === null) return unknown(remark('numaUnknown'));
  const nodes = new Set(cpu.cpus.map(({ numaNode }) => numaNode)).size;
  return ok(nodes > 1 ? remark('numaMany', { nodes }) : remark('numaOne'));
}

function lookAtTemperature({ temperatureKnown }: HealthFacts): Finding {
  return temperatureKnown ? ok(remark('temperatureKnown')) : unknown(remark('temperatureUnknown'));
}

function lookAtEnergy({ wattsKnown, isEnergyClosed }: HealthFacts): Finding {
  if (wattsKnown) return ok(remark('energyKnown'));
  if (!isEnergyClosed) return unknown(remark('energyUnknown'));
  return {
    ...unknown(remark('energyClosed')),
    fix: remark('energyFix'),
    commands: energyCommands(),
  };
}

function lookAtAntivirus({ guardedFolder: folder }: HealthFacts): Finding {
  return folder === null
    ? ok(remark('antivirusRare'))
    : unknown(remark('antivirusLikely', { folder }));
}

function lookAtBattery({ batteryKnown }: HealthFacts): Finding {
  return batteryKnown ? ok(remark('batteryKnown')) : unknown(remark('batteryUnknown'));
}

function lookAtIdle({ idleKnown }: HealthFacts): Finding {
  return idleKnown ? ok(remark('idleKnown')) : unknown(remark('idleUnknown'));
}

/** Of Debian and Ubuntu. */
const APT = 'sudo apt';
const TRAY_PACKAGE = 'gnome-shell-extension-appindicator';
const trayCommands: HealthCommand[] = [
  { use: 'lasting', command: `${APT} install ${TRAY_PACKAGE}` },
  { use: 'undo', command: `${APT} remove ${TRAY_PACKAGE}` },
];

function lookAtTray({ trayAvailable }: HealthFacts): Finding {
  return trayAvailable
    ? ok(remark('trayShown'))
    : warn(remark('trayMissing'), remark('trayFix'), trayCommands);
}
