import { defaultSettings, type PoolSettings } from '../../../electron/shared/settings.ts';
import type { Screen } from '../../../renderer/store/appStore.ts';
import { configured, type FakeBridge, type World } from '../support/fakeBridge.ts';
import { practised, situations, snapshotOf } from '../support/snapshots.ts';

/** One picture: the world it begins with, what is pushed afterwards, and what a user would press to get there. */
export interface Scene {
  readonly world: () => Partial<World>;
  readonly play?: (fake: FakeBridge) => void;
  /** Accessible names of buttons to press, in order. */
  readonly press?: readonly string[];
  readonly screen?: Screen;
  readonly noBridge?: true;
}

const practice: PoolSettings = {
  id: 'p',
  name: 'Practice pool',
  kind: 'practice',
  host: '127.0.0.1',
  port: 0,
  tls: false,
  password: 'x',
};

/** Fifteen minutes of snapshots, so that the chart has something to draw. */
function playHistory(fake: FakeBridge): void {
  const now = Date.now();
  const last = fake.world.snapshot;
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

const dashboards = Object.fromEntries(
  situations
    .filter((situation) => situation !== 'needsConsent')
    .map((situation): [string, Scene] => {
      const hashing = situation === 'mining' || situation === 'miningSmallPages';
      return [
        `dashboard-${situation}`,
        {
          world: () => ({ settings: configured(), snapshot: snapshotOf(situation) }),
          ...(hashing ? { play: playHistory } : {}),
        },
      ];
    }),
);

export const scenes: Readonly<Record<string, Scene>> = {
  ...dashboards,
  'dashboard-practice': {
    world: () => ({
      settings: configured({ pools: [practice], wallet: null }),
      snapshot: practised(snapshotOf('mining')),
    }),
    play: playHistory,
  },
  'dashboard-close-asked': {
    world: () => ({ settings: configured(), snapshot: snapshotOf('mining') }),
    play: (fake) => fake.push('closeAsked', { trayAvailable: true, mining: true }),
  },
  'wizard-consent': { world: () => ({ settings: defaultSettings() }) },
  'wizard-wallet': {
    world: () => ({
      settings: { ...defaultSettings(), consent: { version: 1, givenAtMs: 1 } },
    }),
  },
  'app-loading': { world: () => ({ hanging: ['app.info'] }) },
  'app-failed': {
    world: () => ({
      failing: {
        'app.info': { code: 'x', message: 'The settings folder cannot be read. Check its owner.' },
      },
    }),
  },
  'app-no-bridge': { world: () => ({}), noBridge: true },
};
