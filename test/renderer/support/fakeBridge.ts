import type { Bridge } from '../../../renderer/bridge.ts';
import type {
  AddressAlert,
  AddressReport,
  ApiState,
  AppInfo,
  PoolMessage,
  PoolTestReport,
  PushName,
  PowerTrialState,
  PushPayload,
  SystemReport,
} from '../../../electron/contract/ipc.ts';
import type { LogEntry } from '../../../electron/contract/logLine.ts';
import { bridgeNames } from '../../../electron/contract/ipc.ts';
import { refused, type Result } from '../../../electron/contract/result.ts';
import {
  CONSENT_VERSION,
  defaultSettings,
  type Settings,
} from '../../../electron/contract/settings.ts';
import type { Problem, Snapshot } from '../../../electron/contract/snapshot.ts';
import type { TuningState } from '../../../electron/contract/tuning.ts';
import { POWER_TRIAL_MS } from '../../../electron/desktop/app/powerTrial.ts';
import { snapshotOf } from './snapshots.ts';
import { problem } from '../../../electron/contract/problem.ts';
import type { OwnFiles, UpdateReport } from '../../../electron/contract/release.ts';
import type { HealthItem } from '../../../electron/contract/health.ts';

type CallName = string;

/** What the other side of the bridge would answer; a test changes what it is about. */
export interface World {
  info: AppInfo;
  system: SystemReport;
  settings: Settings;
  snapshot: Snapshot;
  health: HealthItem[];
  logs: LogEntry[];
  powerTrial: PowerTrialState;
  addressAlert: AddressAlert;
  tuning: TuningState;
  messages: PoolMessage[];
  api: ApiState;
  updates: UpdateReport;
  ownFiles: OwnFiles;
  checkAddress: (text: string) => AddressReport;
  testPool: PoolTestReport;
  parsePool: (text: string) => Result<{ host: string; port: number; tls: boolean }>;
  /** Calls that answer with a problem instead. */
  failing: Partial<Record<CallName, Problem>>;
  /** Calls that never answer. */
  hanging: CallName[];
}

export interface FakeBridge {
  readonly bridge: Bridge;
  readonly world: World;
  /** Every call, in order. */
  readonly calls: { name: CallName; input: unknown }[];
  readonly push: <N extends PushName>(name: N, payload: PushPayload<N>) => void;
}

export const GOOD_ADDRESS =
  '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';
export const OTHER_ADDRESS =
  '888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H';

/** A sixteen-thread desktop, nothing set up yet. */
export function defaultWorld(): World {
  return {
    info: {
      version: '1.0.0',
      electron: '45.4.1',
      chrome: '150.0.7871.20',
      node: '24.21.0',
      platform: 'Linux x64',
      librarySha256: '5f'.repeat(32),
      consentVersion: CONSENT_VERSION,
      settingsFolder: '~/.config/ibctminer',
      notice: null,
    },
    system: {
      cpuModel: 'AMD Ryzen 7 5800X 8-Core Processor',
      logicalCpus: 16,
      recommendedThreads: { quiet: 2, balanced: 8, full: 16 },
      totalMemoryBytes: 32 * 2 ** 30,
      freeMemoryBytes: 21 * 2 ** 30,
      batteryKnown: true,
      idleKnown: true,
      trayAvailable: true,
    },
    settings: defaultSettings(),
    snapshot: snapshotOf('needsConsent'),
    health: [],
    logs: [],
    powerTrial: { state: 'none' },
    addressAlert: null,
    tuning: { running: null, result: null, problem: null },
    messages: [],
    api: { state: 'off' },
    updates: { host: 'ibctminer.github.io', way: 'apt', update: { state: 'off' } },
    ownFiles: { state: 'unsigned' },
    checkAddress: (text) =>
      text === GOOD_ADDRESS || text === OTHER_ADDRESS
        ? {
            valid: true,
            address: text,
            kind: text.startsWith('8') ? 'subaddress' : 'standard',
          }
        : {
            valid: false,
            problem: problem('addressChecksum'),
          },
    testPool: {
      result: 'usable',
      latencyMs: 24,
      warnings: [],
    },
    parsePool: (text) => {
      const match = /^([^:\s]+):(\d+)$/.exec(text.trim());
      return match
        ? {
            ok: true,
            value: { host: match[1] ?? '', port: Number(match[2]), tls: match[2] === '443' },
          }
        : refused(problem('poolUrlPortMissing'));
    },
    failing: {},
    hanging: [],
  };
}

/** A bridge without an app behind it: answers from `world`, remembers calls, pushes what a test says. */
export function fakeBridge(change: Partial<World> = {}): FakeBridge {
  const world: World = { ...defaultWorld(), ...change };
  const calls: FakeBridge['calls'] = [];
  const listeners = new Map<PushName, Set<(payload: never) => void>>();

  function pushed<N extends PushName>(name: N, payload: PushPayload<N>): void {
    listeners.get(name)?.forEach((listener) => listener(payload as never));
  }

  function tellTrial(state: PowerTrialState): undefined {
    world.powerTrial = state;
    pushed('powerTrial', world.powerTrial);
  }

  function tellTuning(running: TuningState['running']): undefined {
    world.tuning = { ...world.tuning, running };
    pushed('tuning', world.tuning);
  }

  function save(settings: Settings): Settings {
    world.settings = settings;
    return settings;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const answers: Record<CallName, (input: any) => unknown> = {
    'app.info': () => world.info,
    'snapshot.get': () => world.snapshot,
    'mining.start': () => undefined,
    'mining.stop': () => undefined,
    'mining.pause': () => undefined,
    'mining.resume': () => undefined,
    'settings.get': () => world.settings,
    'settings.giveConsent': ({ version }: { version: number }) =>
      save({ ...world.settings, consent: { version, givenAtMs: 1 } }),
    'settings.update': (patch: Partial<Settings>) => {
      const { power, ...others } = patch;
      const isTried = power?.profile === 'full' && world.settings.power.profile !== 'full';
      if (isTried) tellTrial({ state: 'running', power, remainingMs: POWER_TRIAL_MS });
      return save({ ...world.settings, ...definedOnly(isTried ? others : patch) });
    },
    'settings.addressAlert': () => world.addressAlert,
    'settings.reset': () => save(defaultSettings()),
    'power.trial': () => world.powerTrial,
    'power.keepFull': () => {
      save({ ...world.settings, power: { mode: world.settings.power.mode, profile: 'full' } });
      tellTrial({ state: 'none' });
      pushed('settings', world.settings);
    },
    'power.revertFull': () => tellTrial({ state: 'none' }),
    'tuning.get': () => world.tuning,
    'tuning.begin': () => tellTuning({ progress: 0, points: [] }),
    'tuning.cancel': () => tellTuning(null),
    'wallet.check': ({ text }: { text: string }) => world.checkAddress(text),
    'pool.parse': ({ text }: { text: string }) => world.parsePool(text),
    'pool.test': () => world.testPool,
    'system.report': () => world.system,
    'health.run': () => world.health,
    'health.report': () => 'Ibctminer 1.0.0 on Linux x64',
    'logs.get': () => world.logs,
    'inspector.get': () => world.messages,
    'api.state': () => world.api,
    'release.updates': () => world.updates,
    'release.lookNow': () => world.updates,
    'release.compareOwnFiles': () => world.ownFiles,
    'clipboard.write': () => undefined,
    'link.open': () => undefined,
    'window.closeChoice': () => undefined,
  };

  function answer(name: CallName, input: unknown): Promise<Result<unknown>> {
    calls.push({ name, input });
    if (world.hanging.includes(name)) return new Promise(() => undefined);
    const problem = world.failing[name];
    if (problem) return Promise.resolve({ ok: false, error: problem });
    const value = (answers[name] as (input: unknown) => unknown)(input);
    return Promise.resolve(isResult(value) ? value : { ok: true, value });
  }

  const on = (name: PushName) => (listener: (payload: never) => void) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  };

  const bridge = {
    ...Object.fromEntries(
      Object.entries(bridgeNames.calls).map(([group, named]) => [
        group,
        Object.fromEntries(
          Object.entries(named).map(([name, channel]) => [
            name,
            (input: unknown) => answer(channel, input),
          ]),
        ),
      ]),
    ),
    on: Object.fromEntries((bridgeNames.pushes as PushName[]).map((name) => [name, on(name)])),
  } as unknown as Bridge;

  return {
    bridge,
    world,
    calls,
    push: pushed,
  };
}

function definedOnly<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, part]) => part !== undefined),
  ) as Partial<T>;
}

function isResult(value: unknown): value is Result<unknown> {
  return typeof value === 'object' && value !== null && 'ok' in value;
}

/** Settings after the wizard, for tests that begin on the dashboard. */
export function configured(change: Partial<Settings> = {}): Settings {
  return {
    ...defaultSettings(),
    consent: { version: CONSENT_VERSION, givenAtMs: 1 },
    wallet: { address: GOOD_ADDRESS },
    pools: [
      {
        id: 'one',
        name: 'SupportXMR',
        kind: 'stratum',
        host: 'pool.supportxmr.com',
        port: 443,
        tls: { use: 'authority' },
        login: { use: 'wallet' },
        password: 'x',
      },
    ],
    ...change,
  };
}
