import { remark, type HealthItem } from '../../../electron/contract/health.ts';
import type { LogEntry } from '../../../electron/contract/logLine.ts';
import { problem } from '../../../electron/contract/problem.ts';
import {
  CONSENT_VERSION,
  defaultSettings,
  type PoolSettings,
} from '../../../electron/contract/settings.ts';
import type { Tuning, TuningState } from '../../../electron/contract/tuning.ts';
import {
  configured,
  defaultWorld,
  GOOD_ADDRESS,
  OTHER_ADDRESS,
  type FakeBridge,
  type World,
} from '../support/fakeBridge.ts';
import { practised, situations, snapshotOf } from '../support/snapshots.ts';

/** What a user does to get to the picture, by accessible names. */
export type Act =
  | { readonly press: string; readonly role?: 'button' | 'radio' | 'checkbox' | 'menuitem' }
  | { readonly fill: string; readonly text: string }
  | { readonly open: string }
  /** Scrolls to the section with this title. */
  | { readonly see: string };

/** One picture: the world it begins with, what is pushed afterwards, and what a user does then. */
export interface Scene {
  readonly world: () => Partial<World>;
  readonly play?: (fake: FakeBridge) => void;
  readonly acts?: readonly Act[];
  readonly noBridge?: true;
}

const node: PoolSettings = {
  id: 'n',
  name: 'My node',
  kind: 'daemon',
  host: '127.0.0.1',
  port: 18081,
  tls: { use: 'none' },
};

const curve = [
  { threads: 3, interleave: 4, hashesPerSecond: 2310 },
  { threads: 6, interleave: 4, hashesPerSecond: 4390 },
  { threads: 10, interleave: 2, hashesPerSecond: 6120 },
  { threads: 13, interleave: 1, hashesPerSecond: 7240 },
  { threads: 16, interleave: 1, hashesPerSecond: 8020 },
];

const measured: Tuning = {
  algorithm: 'rx/0',
  mode: 'fast',
  pages: '2m',
  rounding: 'auto',
  curve,
  best: { threads: 16, interleave: 1, hashesPerSecond: 8020 },
  measuredAtMs: Date.UTC(2026, 10, 26),
};

const measuring: TuningState = {
  running: { progress: 0.62, points: curve.slice(2) },
  result: null,
  problem: null,
};

/** Fifteen minutes of snapshots, so that the chart has something to draw. */
function playHistory(fake: FakeBridge): void {
  const last = fake.world.snapshot;
  const now = last.takenAtMs + SPAN_MS;
  for (let ago = 860; ago >= 0; ago -= 2) {
    const wave = 1 + Math.sin(ago / 40) * 0.02 + Math.sin(ago / 7) * 0.012;
    const rising = ago > 820 ? (860 - ago) / 40 : 1;
    fake.push('snapshot', {
      ...last,
      takenAtMs: now - ago * 1000,
      rates: { ...last.rates, h10s: (last.rates.h10s ?? 0) * wave * rising },
    });
  }
  fake.push('snapshot', { ...last, takenAtMs: now + 1 });
}

const SPAN_MS = 870_000;
/** A world that played history begins with, so that its last snapshot is of now. */
const aWhileAgo = () => Date.now() - SPAN_MS;

const dashboards = Object.fromEntries(
  situations
    .filter((situation) => situation !== 'needsConsent')
    .map((situation): [string, Scene] => {
      const hashing = situation === 'mining' || situation === 'miningSmallPages';
      return [
        `dashboard-${situation}`,
        {
          world: () => ({
            settings: configured(),
            snapshot: snapshotOf(situation, hashing ? aWhileAgo() : Date.now()),
          }),
          ...(hashing ? { play: playHistory } : {}),
        },
      ];
    }),
);

const press = (name: string, role?: 'radio' | 'checkbox' | 'menuitem'): Act =>
  role ? { press: name, role } : { press: name };

const mining = (): Partial<World> => ({ settings: configured(), snapshot: snapshotOf('mining') });
const stopped = (): Partial<World> => ({ settings: configured(), snapshot: snapshotOf('stopped') });
const consented = (): Partial<World> => ({
  settings: { ...defaultSettings(), consent: { version: CONSENT_VERSION, givenAtMs: 1 } },
});

const toPool: readonly Act[] = [
  { fill: 'Monero wallet address', text: GOOD_ADDRESS },
  press('Continue'),
];
const toPower: readonly Act[] = [...toPool, press('SupportXMR', 'radio'), press('Continue')];

const health: HealthItem[] = [
  {
    id: 'memory',
    status: 'ok',
    remarks: [remark('memoryFree', { bytes: 21 * 2 ** 30 })],
    fix: null,
  },
  {
    id: 'hugePages',
    status: 'warn',
    remarks: [
      remark('pagesShort', { count: 8, needed: 1200, free: 0 }),
      remark('pagesTransparent'),
      remark('pagesInUse', { dataset: 'thp', cache: 'thp', scratchpads: '4k' }),
    ],
    fix: remark('pagesFix', { command: 'sudo sysctl -w vm.nr_hugepages=1200' }),
  },
  { id: 'aes', status: 'ok', remarks: [remark('aesFound')], fix: null },
  { id: 'idle', status: 'unknown', remarks: [remark('idleUnknown')], fix: null },
];

const logs: LogEntry[] = Array.from({ length: 40 }, (_, index) => {
  const timeMs = Date.now() - (40 - index) * 41_000;
  if (index === 12) {
    const why = problem('internal', { reason: 'connection reset' });
    return { timeMs, level: 'error', key: 'problem', values: { problem: why } };
  }
  if (index === 13) {
    const values = { place: 'pool.supportxmr.com:443' };
    return { timeMs, level: 'warn', key: 'connectedEncrypted', values };
  }
  return {
    timeMs,
    level: 'info',
    key: 'shareAccepted',
    values: { difficulty: 120_001, ms: 22 + (index % 7) },
  };
});

const wizardScenes: Record<string, Scene> = {
  'wizard-consent': { world: () => ({ settings: defaultSettings() }) },
  'wizard-consent-changed': {
    world: () => ({ settings: configured({ consent: { version: 0, givenAtMs: 1 } }) }),
  },
  'wizard-wallet': { world: consented },
  'wizard-wallet-good': { world: consented, acts: toPool.slice(0, 1) },
  'wizard-wallet-wrong': {
    world: consented,
    acts: [{ fill: 'Monero wallet address', text: `${GOOD_ADDRESS.slice(0, -1)}B` }],
  },
  'wizard-pool': { world: consented, acts: toPool },
  'wizard-pool-tested': {
    world: consented,
    acts: [...toPool, press('SupportXMR', 'radio'), press('Test connection')],
  },
  'wizard-pool-without-tls': {
    world: consented,
    acts: [
      ...toPool,
      press('Another pool', 'radio'),
      { fill: 'Pool address', text: 'pool.example.org:3333' },
      press('Continue'),
    ],
  },
  'wizard-pool-certificate': {
    world: () => ({
      ...consented(),
      testPool: {
        result: 'notUsable',
        problem: problem('certificateNotTrusted', {
          why: problem('certificateSelfSigned'),
          fingerprint: 'a1'.repeat(32),
        }),
        remedy: { use: 'pinned', fingerprint: 'a1'.repeat(32) },
      },
    }),
    acts: [...toPool, press('HashVault', 'radio'), press('Test connection')],
  },
  'wizard-practice-only': { world: consented, acts: [press('Practise without a wallet')] },
  'wizard-power': { world: consented, acts: toPower },
  'wizard-review': { world: consented, acts: [...toPower, press('Continue')] },
};

const screenScenes: Record<string, Scene> = {
  'dashboard-practice': {
    world: () => ({
      settings: configured({ work: 'practice', pools: [], wallet: null }),
      snapshot: practised(snapshotOf('mining', aWhileAgo())),
    }),
    play: playHistory,
  },
  'dashboard-pause-menu': { world: mining, acts: [press('Pause')] },
  'dashboard-table': {
    world: () => ({ settings: configured(), snapshot: snapshotOf('mining', aWhileAgo()) }),
    play: playHistory,
    acts: [{ open: 'Show as a table' }],
  },
  'dashboard-close-asked': {
    world: mining,
    play: (fake) => fake.push('closeAsked', { trayAvailable: true, mining: true }),
  },
  'dashboard-close-without-tray': {
    world: stopped,
    play: (fake) => fake.push('closeAsked', { trayAvailable: false, mining: false }),
  },
  'dashboard-problem': {
    world: () => ({
      ...stopped(),
      failing: {
        'mining.start': problem('engineMissing'),
      },
    }),
    acts: [press('Start mining')],
  },
  'dashboard-damaged-settings': {
    world: () => ({
      ...stopped(),
      info: {
        ...defaultWorld().info,
        notice: problem('settingsSetAside', {
          fault: problem('notJson', { line: 3, column: 17 }),
          aside: 'settings.json.damaged',
        }),
      },
    }),
  },
  'dashboard-address-changed': {
    world: stopped,
    play: (fake) => fake.push('settings', configured({ wallet: { address: OTHER_ADDRESS } })),
  },
  shares: { world: mining, acts: [press('Shares')] },
  'shares-empty': { world: stopped, acts: [press('Shares')] },
  'shares-waiting': {
    world: () => ({ settings: configured(), snapshot: snapshotOf('miningSmallPages') }),
    acts: [press('Shares')],
  },
  pools: {
    world: () => ({
      ...mining(),
      settings: configured({ pools: [...configured().pools, node] }),
    }),
    acts: [press('Pools')],
  },
  'pools-add': { world: mining, acts: [press('Pools'), press('Add a pool')] },
  'pools-edit': {
    world: mining,
    acts: [press('Pools'), press('Edit SupportXMR'), { open: 'More options' }],
  },
  'pools-remove': {
    world: () => ({
      ...mining(),
      settings: configured({ pools: [...configured().pools, node] }),
    }),
    acts: [press('Pools'), press('Remove SupportXMR')],
  },
  settings: { world: mining, acts: [press('Settings')] },
  'settings-measuring': {
    world: () => ({ ...stopped(), tuning: measuring }),
    acts: [press('Settings'), { see: 'Performance tuning' }],
  },
  'settings-measured': {
    world: () => ({ ...stopped(), tuning: { running: null, result: measured, problem: null } }),
    acts: [press('Settings'), { see: 'Performance tuning' }],
  },
  'settings-custom-idle': {
    world: () => ({
      ...mining(),
      settings: configured({
        power: { profile: 'custom', threads: 5, mode: 'fast' },
        rules: { ...defaultSettings().rules, onlyWhenIdle: true },
      }),
    }),
    acts: [press('Settings')],
  },
  'settings-nothing-available': {
    world: () => ({
      ...stopped(),
      settings: configured({ wallet: null, work: 'practice', pools: [] }),
      system: {
        ...defaultWorld().system,
        trayAvailable: false,
        batteryKnown: false,
        idleKnown: false,
      },
    }),
    acts: [press('Settings')],
  },
  'settings-wallet': {
    world: mining,
    acts: [
      press('Settings'),
      press('Change address'),
      { fill: 'New wallet address', text: OTHER_ADDRESS },
    ],
  },
  'settings-wallet-confirm': {
    world: mining,
    acts: [
      press('Settings'),
      press('Change address'),
      { fill: 'New wallet address', text: OTHER_ADDRESS },
      press('Continue'),
    ],
  },
  'settings-full-power': {
    world: mining,
    acts: [press('Settings'), press('Full power', 'radio')],
  },
  'settings-full-power-trial': {
    world: mining,
    acts: [press('Settings'), press('Full power', 'radio'), press('Try full power')],
  },
  'settings-reset': { world: mining, acts: [press('Settings'), press('Reset everything')] },
  logs: { world: () => ({ ...mining(), logs }), acts: [press('Logs')] },
  'logs-empty': { world: stopped, acts: [press('Logs')] },
  health: { world: () => ({ ...mining(), health }), acts: [press('Health')] },
  'health-running': {
    world: () => ({ ...mining(), hanging: ['health.run'] }),
    acts: [press('Health')],
  },
  'health-failed': {
    world: () => ({
      ...mining(),
      failing: { 'health.run': problem('internal', { reason: 'interrupted' }) },
    }),
    acts: [press('Health')],
  },
  about: { world: mining, acts: [press('About')] },
};

export const scenes: Readonly<Record<string, Scene>> = {
  'app-loading': { world: () => ({ hanging: ['app.info'] }) },
  'app-failed': {
    world: () => ({
      failing: {
        'app.info': problem('internal', { reason: 'EACCES' }),
      },
    }),
  },
  'app-no-bridge': { world: () => ({}), noBridge: true },
  ...wizardScenes,
  ...dashboards,
  ...screenScenes,
};
