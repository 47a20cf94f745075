import { problem } from '../../../../electron/contract/problem.ts';
import { defaultSettings } from '../../../../electron/contract/settings.ts';
import { configured, OTHER_ADDRESS } from '../../support/realApp.ts';
import { lengthy, scheduled, started, type Scene } from './scene.ts';

export const dashboard: Readonly<Record<string, Scene>> = {
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
    await stage.look('dashboard-pause-menu');
    await stage.press('1 hour', 'menuitem');
    await stage.reach('paused');
  },
  'dashboard-pauses': async (stage) => {
    const rules = {
      ...defaultSettings().rules,
      ...{ onlyWhenIdle: true, pauseOnFullScreen: true, pauseOnMetered: true },
      ...{ listedPrograms: ['blender'], heat: { enabled: true, maxCelsius: 75 } },
    };
    const { pool, settings } = await stage.pool();
    await stage.open(configured({ pools: [settings], rules }));
    const { surroundings } = stage.app;
    const free = { ...surroundings, idleSeconds: 600 };
    const held: Readonly<Record<string, Partial<typeof surroundings>>> = {
      'in-use': { idleSeconds: 1 },
      battery: { onBattery: true },
      'full-screen': { fullScreen: true },
      metered: { metered: true },
      'listed-program': { programs: ['blender'] },
      heat: { celsius: 97 },
      'two-at-once': { onBattery: true, metered: true },
    };
    Object.assign(surroundings, free);
    await stage.press('Start mining');
    for (const [name, change] of Object.entries(held)) {
      await stage.reach('mining');
      Object.assign(surroundings, change);
      await stage.reach('paused');
      await stage.look(`dashboard-paused-${name}`);
      Object.assign(surroundings, free);
    }
    await stage.reach('mining');
    await stage.pass(1, pool);
    await stage.press('Pause');
    await stage.press('Until I resume', 'menuitem');
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
    await stage.mine(3);
    await stage.press('Show as a table');
    await stage.look('dashboard-table');
    await stage.press('Commands');
    await stage.read('Pause until I resume');
    await stage.look('commands');
    await stage.escape();
    stage.app.push('closeAsked', { trayAvailable: true, mining: true });
    await stage.read('Close Ibctminer?');
    await stage.look('dashboard-close-asked');
    await stage.press('Cancel');
    stage.app.engine().fail(problem('engineOutOfMemory'));
    await stage.reach('failed');
  },
  'dashboard-practice': (stage) => stage.open(configured({ work: 'practice', pools: [] })),
  'tour-below': async (stage) => {
    await stage.mine(2, { appearance: defaultSettings().appearance });
    await stage.look('dashboard-tour');
    for (let step = 0; step < 5; step += 1) await stage.press('Next');
  },
  'dashboard-address-changed': async (stage) => {
    await stage.open(configured());
    await stage.look('dashboard-stopped');
    stage.app.push('closeAsked', { trayAvailable: false, mining: false });
    await stage.read('Close Ibctminer?');
    await stage.look('dashboard-close-without-tray');
    await stage.press('Cancel');
    stage.app.desktop.measuring.beginTuning();
    await stage.press('Start mining');
    await stage.read('Dismiss');
    await stage.look('dashboard-start-refused');
    await stage.press('Dismiss');
    stage.app.writeSettings(configured({ wallet: { address: OTHER_ADDRESS } }));
    stage.app.advance(2000);
    await stage.read('Keep the confirmed address');
  },
};
