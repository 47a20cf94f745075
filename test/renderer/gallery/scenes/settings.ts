import { problem } from '../../../../electron/contract/problem.ts';
import type { UpdateReport } from '../../../../electron/contract/release.ts';
import { success } from '../../../../electron/contract/result.ts';
import { defaultSettings } from '../../../../electron/contract/settings.ts';
import { configured, OTHER_ADDRESS } from '../../support/realApp.ts';
import type { Measured } from '../../support/pacedMeasurement.ts';
import type { Stage } from '../stage.ts';
import {
  agoMs,
  inSettings,
  mining,
  on,
  scheduled,
  stopped,
  typedMoney,
  type Scene,
} from './scene.ts';

const curve = [
  { threads: 1, interleave: 4, hashesPerSecond: 4390 },
  { threads: 2, interleave: 2, hashesPerSecond: 8020 },
];

const measured: Measured = {
  ...{ algorithm: 'rx/0', mode: 'fast', pages: '2m', rounding: 'auto', prefetch: 'auto', curve },
  best: { threads: 2, interleave: 2, hashesPerSecond: 8020 },
};

async function newAddress(stage: Stage): Promise<void> {
  await stage.press('Change address');
  await stage.fill('New wallet address', OTHER_ADDRESS);
  await stage.read(/valid Monero subaddress/);
}

async function tryFullPower(stage: Stage): Promise<void> {
  await stage.press('Full power', 'radio');
  await stage.press('Try full power');
  await stage.read('Keep full power');
}

/** What can be known of newer versions. */
const versions: Readonly<Record<string, Omit<UpdateReport, 'host'>>> = {
  newest: { way: 'replace', update: known(null), file: { state: 'none' } },
  stale: { way: 'apt', update: known('1.1.0', 45), file: { state: 'none' } },
  unavailable: {
    way: 'page',
    update: { state: 'unavailable', problem: problem('releaseKeyNone') },
    file: { state: 'none' },
  },
  failed: {
    way: 'apt',
    update: {
      state: 'failed',
      problem: problem('releaseServer', { host: 'releases.example.org', reason: 'ECONNREFUSED' }),
    },
    file: { state: 'none' },
  },
  offered: {
    way: 'replace',
    update: known('1.1.0'),
    file: { state: 'offered', totalBytes: 8_400_000 },
  },
  installer: { way: 'open', update: known('1.1.0'), file: { state: 'ready' } },
  running: {
    way: 'replace',
    update: known('1.1.0'),
    file: { state: 'running', bytes: 3_100_000, totalBytes: 8_400_000 },
  },
};

function known(newer: string | null, staleDays: number | null = null) {
  return { state: 'known' as const, newer, lookedAtMs: agoMs, staleDays };
}

export const settings: Readonly<Record<string, Scene>> = {
  settings: inSettings('Rules', mining),
  'settings-search-nothing': on('Settings', stopped, async (stage) => {
    await stage.fill('Search settings', 'light');
    await stage.look('settings-search');
    await stage.fill('Search settings', 'a-word-that-is-nowhere-in-all-of-these-settings');
  }),
  'settings-connections': inSettings('Connections', (stage) =>
    stage.open(configured({ api: { enabled: true, port: 8484, token: 'f'.repeat(32) } })),
  ),
  'settings-custom-idle': inSettings('Power', (stage) =>
    stage.open(
      configured({
        power: { profile: 'custom', threads: 1, mode: 'fast' },
        rules: { ...defaultSettings().rules, onlyWhenIdle: true },
      }),
    ),
  ),
  'settings-nothing-available': inSettings('Rules', (stage) =>
    stage.open(configured({ wallet: null, work: 'practice', pools: [] }), ({ surroundings }) =>
      Object.assign(surroundings, {
        onBattery: null,
        fullScreen: null,
        metered: null,
        idleSeconds: 0,
        trayAvailable: false,
      }),
    ),
  ),
  'settings-rules': inSettings(
    'Rules',
    (stage) => {
      const listedPrograms = ['blender', 'steam', 'a-program-with-a-very-long-name-that-wraps'];
      const heat = { enabled: true, maxCelsius: 75 };
      const rules = { ...defaultSettings().rules, onlyWhenIdle: true, listedPrograms, heat };
      return stage.open(configured({ rules: { ...rules, batteryBelowPercent: 50 } }));
    },
    (stage) => stage.see('Rules'),
  ),
  'settings-schedule': inSettings(
    'Rules',
    (stage) => stage.open(scheduled('000000011111000000000011')),
    (stage) => stage.see('Schedule'),
  ),
  'settings-schedule-cheapest': inSettings(
    'Rules',
    (stage) => {
      const { schedule } = defaultSettings().rules;
      const windows = [{ from: 22, to: 6, perKwh: 0.18 }];
      return stage.open(
        configured({
          money: { ...typedMoney, tariffPerKwh: { value: 0.3, windows, atMs: agoMs } },
          rules: {
            ...defaultSettings().rules,
            schedule: { ...schedule, cheapest: { enabled: true, hours: 3 } },
          },
        }),
      );
    },
    (stage) => stage.see('Schedule'),
  ),
  'settings-full-power-trial': inSettings('Power', mining, tryFullPower),
  'settings-newer-here': inSettings(
    'Connections',
    (stage) => stage.openWithNewer(),
    async (stage) => {
      await stage.press('Download (8.4 MB)');
      await stage.read(/whole and genuine/);
      await stage.see('New versions');
    },
  ),
  'settings-versions': inSettings(
    'Connections',
    (stage) => stage.openWithNewer(),
    async (stage) => {
      for (const [name, report] of Object.entries(versions)) {
        stage.app.answers.set(
          'release.updates',
          success({ host: 'releases.example.org', ...report }),
        );
        await stage.press('Power');
        await stage.press('Connections');
        await stage.see('New versions');
        await stage.look(`settings-versions-${name}`);
      }
    },
  ),
  'settings-newer-changed': inSettings(
    'Connections',
    (stage) => stage.openWithNewer(Buffer.alloc(8_400_000, 1)),
    async (stage) => {
      await stage.press('Download (8.4 MB)');
      await stage.read(/it was deleted/);
      await stage.see('New versions');
    },
  ),
  'settings-reset': on('Settings', stopped, async (stage) => {
    await stage.press('Wallet');
    await newAddress(stage);
    await stage.look('settings-wallet');
    await stage.press('Continue');
    await stage.look('settings-wallet-confirm');
    await stage.press('Back');
    await stage.press('Cancel');
    await stage.press('Power');
    await stage.press('Full power', 'radio');
    await stage.look('settings-full-power');
    await stage.press('Cancel');
    await stage.press('Memory and tuning');
    await stage.press('Measure');
    await stage.read('Cancel');
    for (const point of curve) stage.app.measurement.find(0.62, point);
    await stage.see('Performance tuning');
    await stage.look('settings-measuring');
    stage.app.measurement.finish(measured);
    await stage.read(/Fastest/);
    await stage.look('settings-measured');
    for (const section of ['Appearance', 'Notifications', 'Opening and closing']) {
      await stage.press(section);
      await stage.look(`settings-${section.split(' ')[0]?.toLowerCase() ?? ''}`);
    }
    await stage.press('Reset');
    await stage.press('Reset everything');
  }),
};
