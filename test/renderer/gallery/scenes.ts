import { problem } from '../../../electron/contract/problem.ts';
import { defaultSettings, type Settings } from '../../../electron/contract/settings.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';
import { writeMonth } from '../../support/monthOfHistory.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { configured, consented, GOOD_ADDRESS, OTHER_ADDRESS, poolAt } from '../support/realApp.ts';
import type { Measured } from '../support/pacedMeasurement.ts';
import type { Stage } from './stage.ts';

/** What happens until the picture is taken. */
export type Scene = (stage: Stage) => Promise<unknown>;

const backup = poolAt(443, {
  ...{ id: 'two', name: 'Backup one', host: 'pool.example.org' },
  tls: { use: 'authority' },
});
const lengthy = poolAt(65_535, {
  name: 'The pool that my neighbour’s cousin recommended last winter (Frankfurt)',
  host: `${'a-very-long-name.'.repeat(8)}pool.example.org`,
});

const curve = [
  { threads: 1, interleave: 4, hashesPerSecond: 4390 },
  { threads: 2, interleave: 2, hashesPerSecond: 8020 },
];
const measured: Measured = {
  ...{ algorithm: 'rx/0', mode: 'fast', pages: '2m', rounding: 'auto', prefetch: 'auto', curve },
  best: { threads: 2, interleave: 2, hashesPerSecond: 8020 },
};

async function atPool(stage: Stage): Promise<void> {
  await stage.openWithKnownPools(consented());
  await stage.fill('Monero wallet address', GOOD_ADDRESS);
  await stage.press('Continue');
}

async function atPower(stage: Stage): Promise<void> {
  await atPool(stage);
  await stage.press('SupportXMR', 'radio');
  await stage.press('Continue');
}

async function atOtherPool(stage: Stage, address: string): Promise<void> {
  await atPool(stage);
  await stage.press('Another pool', 'radio');
  await stage.fill('Pool address', address);
}

/** Started, and waiting for this state. */
async function started(stage: Stage, state: Parameters<Stage['reach']>[0], pools = [poolAt(9)]) {
  await stage.open(configured({ pools }));
  await stage.press('Start mining');
  await stage.reach(state);
}

const app: Readonly<Record<string, Scene>> = {
  'app-loading': (stage) => stage.open(undefined, ({ hanging }) => hanging.add('app.info')),
  'app-failed': (stage) => stage.open(undefined, ({ broken }) => broken.add('app.info')),
  'app-no-bridge': (stage) => stage.openOutside(),
};

const wizard: Readonly<Record<string, Scene>> = {
  'wizard-consent': (stage) => stage.open(),
  'wizard-consent-changed': (stage) =>
    stage.open(configured({ consent: { version: 0, givenAtMs: 1 } })),
  'wizard-damaged-settings': (stage) => stage.open('{ "version": 2,'),
  'wizard-wallet': (stage) => stage.open(consented()),
  'wizard-wallet-good': async (stage) => {
    await stage.open(consented());
    await stage.fill('Monero wallet address', `monero:${GOOD_ADDRESS}?tx_amount=1`);
    await stage.read(/Only the address was taken/);
  },
  'wizard-wallet-wrong': async (stage) => {
    await stage.open(consented());
    await stage.fill('Monero wallet address', `${GOOD_ADDRESS.slice(0, -1)}B`);
    await stage.read(/character is wrong/);
  },
  'wizard-wallet-no-picture': async (stage) => {
    await stage.open(consented(), ({ picture, folder }) => (picture.file = folder));
    await stage.press('Read a QR code from a picture');
    await stage.read(/could not be read/);
  },
  'wizard-pool': atPool,
  'wizard-pool-measured': async (stage) => {
    await atPool(stage);
    await stage.press('Measure latency');
    await stage.read(/Nearest/);
  },
  'wizard-pool-tested': async (stage) => {
    const { settings } = await stage.pool();
    await atOtherPool(stage, `127.0.0.1:${settings.port}`);
    await stage.press('Test connection');
    await stage.read('Works');
  },
  'wizard-pool-refused': async (stage) => {
    const { pool, settings } = await stage.pool();
    pool.refusal = 'Invalid address used for login';
    await atOtherPool(stage, `127.0.0.1:${settings.port}`);
    await stage.press('Test connection');
    await stage.read('Does not work');
  },
  'wizard-pool-certificate': async (stage) => {
    const { key, cert } = selfSigned('localhost', 'IP:127.0.0.1');
    const pool = await FriendlyPool.listen({ tls: { key, cert } });
    await atOtherPool(stage, `127.0.0.1:${pool.port}`);
    await stage.press('Test connection');
    await stage.read('Trust this certificate');
    await pool.close();
  },
  'wizard-pool-without-tls': async (stage) => {
    await atOtherPool(stage, 'pool.example.org:3333');
    await stage.press('Continue');
    await stage.read('Connect without encryption');
  },
  'wizard-practice-only': async (stage) => {
    await stage.open(consented());
    await stage.press('Practise without a wallet');
  },
  'wizard-power': atPower,
  'wizard-review': async (stage) => {
    await atPower(stage);
    await stage.press('Continue');
  },
};

const dashboard: Readonly<Record<string, Scene>> = {
  'dashboard-stopped': (stage) => stage.open(configured()),
  'dashboard-connecting': async (stage) => started(stage, 'connecting', [await stage.silentPool()]),
  'dashboard-preparing': async (stage) =>
    started(stage, 'preparing', [(await stage.pool()).settings]),
  'dashboard-mining': (stage) => stage.mine(4),
  'dashboard-light': async (stage) => {
    const pages = { dataset: 'none', cache: '4k', scratchpads: '4k' } as const;
    const { pool, settings } = await stage.pool();
    await stage.open(
      configured({ pools: [settings], power: { profile: 'balanced', mode: 'light' } }),
      (opened) => (opened.pace.pages = pages),
    );
    await stage.press('Start mining');
    await stage.reach('mining');
    await stage.pass(1, pool);
  },
  'dashboard-paused': async (stage) => {
    await stage.mine(1);
    await stage.press('Pause');
    await stage.press('1 hour', 'menuitem');
    await stage.reach('paused');
  },
  'dashboard-paused-by-rule': async (stage) => {
    await stage.mine(1);
    stage.app.surroundings.onBattery = true;
    await stage.reach('paused');
  },
  'dashboard-outside-schedule': async (stage) => {
    await stage.open(scheduled('000000000000000000000011'));
    await stage.press('Start mining');
    await stage.reach('paused');
  },
  'dashboard-waiting': (stage) => started(stage, 'waiting'),
  'dashboard-long-texts': (stage) => started(stage, 'waiting', [lengthy]),
  'dashboard-pool-down': async (stage) => {
    const pool = await stage.mine(1);
    pool.drop();
    await stage.reach('waiting');
  },
  'dashboard-login-refused': async (stage) => {
    const { pool, settings } = await stage.pool();
    pool.refusal = 'Invalid address used for login';
    await started(stage, 'failed', [settings]);
  },
  'dashboard-engine-missing': async (stage) => {
    const { settings } = await stage.pool();
    await stage.open(configured({ pools: [settings] }), ({ surroundings }) => {
      surroundings.engineFault = 'libraryMissing';
    });
    await stage.press('Start mining');
    await stage.reach('failed');
  },
  'dashboard-failed': async (stage) => {
    await stage.mine(1);
    stage.app.engine().fail(problem('engineOutOfMemory'));
    await stage.reach('failed');
  },
  'dashboard-practice': (stage) => stage.open(configured({ work: 'practice', pools: [] })),
  'dashboard-tour': (stage) => stage.mine(2, { appearance: defaultSettings().appearance }),
  'tour-below': async (stage) => {
    await stage.mine(1, { appearance: defaultSettings().appearance });
    for (let step = 0; step < 5; step += 1) await stage.press('Next');
  },
  'dashboard-pause-menu': async (stage) => {
    await stage.mine(1);
    await stage.press('Pause');
  },
  'dashboard-table': async (stage) => {
    await stage.mine(3);
    await stage.press('Show as a table');
  },
  'dashboard-close-asked': async (stage) => {
    await stage.mine(1);
    stage.app.push('closeAsked', { trayAvailable: true, mining: true });
    await stage.read('Close Ibctminer?');
  },
  commands: async (stage) => {
    await stage.mine(1);
    await stage.press('Commands');
    await stage.read('Pause until I resume');
  },
  'dashboard-close-without-tray': async (stage) => {
    await stage.open(configured());
    stage.app.push('closeAsked', { trayAvailable: false, mining: false });
    await stage.read('Close Ibctminer?');
  },
  'dashboard-start-refused': async (stage) => {
    await stage.open(configured());
    stage.app.desktop.measuring.beginTuning();
    await stage.press('Start mining');
    await stage.read('Dismiss');
  },
  'dashboard-address-changed': async (stage) => {
    await stage.open(configured());
    stage.app.writeSettings(configured({ wallet: { address: OTHER_ADDRESS } }));
    stage.app.advance(2000);
    await stage.read('Keep the confirmed address');
  },
};

/** A scene of a screen, from the app as it is before somebody goes there. */
const on =
  (screen: string, before: Scene, then: Scene = () => Promise.resolve()): Scene =>
  async (stage) => {
    await before(stage);
    await stage.press(screen);
    await then(stage);
  };
/** A scene of a section of Settings. */
const inSettings = (section: string, before: Scene, then?: Scene): Scene =>
  on('Settings', before, async (stage) => {
    await stage.press(section);
    await then?.(stage);
  });
const mining: Scene = (stage) => stage.mine(1);
const stopped: Scene = (stage) => stage.open(configured());
const twoPools: Scene = (stage) => stage.open(configured({ pools: [poolAt(9), backup] }));

/** Mining at these hours of every day. */
function scheduled(day: string) {
  const schedule = {
    ...defaultSettings().rules.schedule,
    enabled: true,
    week: Array.from({ length: 7 }, () => day),
  };
  return configured({ rules: { ...defaultSettings().rules, schedule } });
}

const aMonthLater: Scene = (stage) =>
  stage.open(configured(), ({ folder, clock }) => {
    clock.setWallBy(21.4 * 3_600_000);
    writeMonth(folder, clock.wallMs());
  });

async function showSpan(stage: Stage, span: string): Promise<void> {
  await stage.choose(span);
  await stage.rest();
}

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

const agoMs = Date.UTC(2025, 11, 24, 12);
/** What somebody typed some days before. */
const typedMoney = {
  ...defaultSettings().money,
  ...{ currency: 'EUR', pricePerXmr: { value: 152, atMs: agoMs } },
  wattsAtWall: { value: 62, atMs: agoMs },
  network: { difficulty: 6.12e11, rewardXmr: 0.6, atMs: agoMs },
};
const money = (tariff: number): Partial<Settings> => ({
  money: { ...typedMoney, tariffPerKwh: { value: tariff, windows: [], atMs: agoMs } },
});
const seeMoney: Scene = (stage) => stage.see('Earnings and cost');

const earnings: Readonly<Record<string, Scene>> = {
  'money-empty': async (stage) => {
    await stage.open(configured());
    await seeMoney(stage);
  },
  'money-costs-more': async (stage) => {
    await stage.mine(2, money(0.32));
    await seeMoney(stage);
  },
  'money-brings': async (stage) => {
    await stage.mine(2, money(0.04));
    await seeMoney(stage);
  },
  'money-without-prices': async (stage) => {
    await stage.mine(2, { money: { ...defaultSettings().money, network: typedMoney.network } });
    await seeMoney(stage);
  },
  'money-account': async (stage) => {
    await stage.mineAtKnownPool({ ...money(0.04), askedPools: ['supportxmr'] });
    await stage.read('Paid so far');
    await stage.see('What SupportXMR says');
  },
  'money-edit': async (stage) => {
    await stage.open(configured(money(0.32)));
    await stage.press('Edit figures');
  },
};

const screens: Readonly<Record<string, Scene>> = {
  'history-month': on('History', aMonthLater, async (stage) => {
    await showSpan(stage, '30 days');
    await stage.key('slider', 'ArrowLeft', 8);
  }),
  'history-figures': on('History', aMonthLater, (stage) => stage.see('Where the time went')),
  'history-below': on('History', aMonthLater, (stage) => stage.see('All time')),
  'history-mining': on(
    'History',
    async (stage) => {
      await stage.mine(6);
      await stage.reach('mining');
    },
    async (stage) => {
      await showSpan(stage, '15 min');
      await stage.unfold('Show as a table');
    },
  ),
  'history-shares': on('History', mining, (stage) => stage.see('Newest shares')),
  'history-empty': on('History', stopped, (stage) => stage.read('No history yet')),
  'history-disk-full': on(
    'History',
    async (stage) => {
      await aMonthLater(stage);
      stage.app.fillDisk();
      await stage.press('Start mining');
      await stage.reach('waiting');
      stage.app.advance(130_000);
    },
    (stage) => stage.read(/could not be saved/),
  ),
  'history-loading': on('History', (stage) =>
    stage.open(configured(), ({ hanging }) => hanging.add('history.overview')),
  ),
  'history-failed': on('History', (stage) =>
    stage.open(configured(), ({ broken }) => broken.add('history.overview')),
  ),
  pools: on('Pools', twoPools),
  'health-pages-gain': on(
    'Health',
    (stage) =>
      stage.open(configured(), undefined, {
        comparePages: ({ cpus }) =>
          Promise.resolve({
            ok: true,
            value: {
              ...{ pages: '2m', threads: cpus.length },
              ...{ hugeHashesPerSecond: 8020, smallHashesPerSecond: 5460 },
            },
          }),
      }),
    async (stage) => {
      await stage.press('Measure the gain');
      await stage.read(/mining is 47% faster/);
      await stage.see('What huge pages bring here');
    },
  ),
  'pools-backup-in-use': on('Pools', async (stage) => {
    const { settings } = await stage.pool();
    await started(stage, 'mining', [
      poolAt(9),
      { ...settings, id: 'two', name: 'Backup one' },
      { ...backup, id: 'three' },
    ]);
  }),
  'pools-account-off': on('Pools', (stage) => stage.mineAtKnownPool()),
  'pools-account': on(
    'Pools',
    (stage) => stage.mineAtKnownPool({ askedPools: ['supportxmr'] }),
    async (stage) => {
      await stage.read('Paid so far');
      await stage.press('How this is compared');
      await stage.read('Chance allows');
    },
  ),
  'pools-long-texts': on('Pools', (stage) => stage.open(configured({ pools: [lengthy, backup] }))),
  'pools-empty': on('Pools', (stage) => stage.open(configured({ work: 'practice', pools: [] }))),
  'pools-add': on('Pools', twoPools, (stage) => stage.press('Add a pool')),
  'pools-add-known': on(
    'Pools',
    (stage) => stage.openWithKnownPools(configured({ pools: [poolAt(9), backup] })),
    async (stage) => {
      await stage.press('Add a pool');
      await stage.press('Known pool', 'radio');
      await stage.press('Measure latency');
      await stage.read(/Nearest/);
      await stage.press('xmrpool.eu', 'radio');
      await stage.see('About xmrpool.eu');
    },
  ),
  'pools-edit': on('Pools', twoPools, async (stage) => {
    await stage.press('Edit First pool');
    await stage.unfold('More options');
  }),
  'pools-remove': on('Pools', twoPools, (stage) => stage.press('Remove First pool')),
  settings: inSettings('Rules', mining),
  'settings-search': on('Settings', stopped, (stage) => stage.fill('Search settings', 'light')),
  'settings-search-nothing': on('Settings', stopped, (stage) =>
    stage.fill('Search settings', 'a-word-that-is-nowhere-in-all-of-these-settings'),
  ),
  'settings-appearance': inSettings('Appearance', stopped),
  'settings-notifications': inSettings('Notifications', stopped),
  'settings-connections': inSettings('Connections', (stage) =>
    stage.open(configured({ api: { enabled: true, port: 8484, token: 'f'.repeat(32) } })),
  ),
  'settings-measuring': inSettings('Memory and tuning', stopped, async (stage) => {
    await stage.press('Measure');
    await stage.read('Cancel');
    for (const point of curve) stage.app.measurement.find(0.62, point);
    await stage.see('Performance tuning');
  }),
  'settings-measured': inSettings('Memory and tuning', stopped, async (stage) => {
    await stage.press('Measure');
    await stage.read('Cancel');
    stage.app.measurement.finish(measured);
    await stage.read(/Fastest/);
    await stage.see('Performance tuning');
  }),
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
  'settings-wallet': inSettings('Wallet', stopped, newAddress),
  'settings-wallet-confirm': inSettings('Wallet', stopped, async (stage) => {
    await newAddress(stage);
    await stage.press('Continue');
  }),
  'settings-full-power': inSettings('Power', stopped, (stage) =>
    stage.press('Full power', 'radio'),
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
  'settings-newer-changed': inSettings(
    'Connections',
    (stage) => stage.openWithNewer(Buffer.alloc(8_400_000, 1)),
    async (stage) => {
      await stage.press('Download (8.4 MB)');
      await stage.read(/it was deleted/);
      await stage.see('New versions');
    },
  ),
  'settings-reset': inSettings('Reset', stopped, (stage) => stage.press('Reset everything')),
  logs: on('Logs', mining),
  'logs-empty': on('Logs', stopped),
  health: on('Health', mining, (stage) => stage.read(/attention\.|Everything is fine/)),
  'health-to-mend': on(
    'Health',
    (stage) => stage.open(configured(), ({ surroundings }) => (surroundings.trayAvailable = false)),
    (stage) => stage.read(/gnome-shell/),
  ),
  'health-running': on('Health', (stage) =>
    stage.open(configured(), ({ hanging }) => hanging.add('health.run')),
  ),
  'health-failed': on('Health', (stage) =>
    stage.open(configured(), ({ broken }) => broken.add('health.run')),
  ),
  about: on('About', stopped),
  'about-connections': on('About', mining, (stage) => stage.see('Connections')),
  'about-uninstall': on('About', stopped, (stage) => stage.press('Uninstall…')),
};

const scenes: Readonly<Record<string, Scene>> = {
  ...{ ...app, ...wizard, ...dashboard },
  ...{ ...earnings, ...screens },
};

/** The screens with the most on them, for every change to pass. */
const QUICK: ReadonlySet<string> = new Set([
  ...['wizard-pool', 'dashboard-mining', 'history-figures', 'pools', 'settings', 'health'],
]);

export const quickScenes = Object.entries(scenes).filter(([name]) => QUICK.has(name));
export const otherScenes = Object.entries(scenes).filter(([name]) => !QUICK.has(name));
