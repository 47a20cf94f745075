import { mining, on, stopped, type Scene } from './scene.ts';

export const logsAndAbout: Readonly<Record<string, Scene>> = {
  'about-connections': on('Logs', mining, async (stage) => {
    await stage.look('logs');
    await stage.press('About');
    await stage.see('Connections');
  }),
  'about-uninstall': on('History', stopped, async (stage) => {
    await stage.read('No history yet');
    await stage.look('history-empty');
    await stage.press('Logs');
    await stage.look('logs-empty');
    await stage.press('About');
    await stage.look('about');
    await stage.press('Uninstall…');
  }),
  /** What is read hangs at first, then cannot be. */
  'history-failed': async (stage) => {
    await stopped(stage);
    const { hanging, broken } = stage.app;
    for (const [screen, call] of [
      ['Health', 'health.run'],
      ['History', 'history.overview'],
    ] as const) {
      hanging.add(call);
      await stage.press(screen);
      await stage.look(`${screen.toLowerCase()}-loading`);
      await stage.press('Dashboard');
      hanging.delete(call);
      broken.add(call);
      await stage.press(screen);
      await stage.read(/broken by a test/);
      await stage.look(`${screen.toLowerCase()}-failed`);
    }
    hanging.add('health.rehearseFork');
    await stage.press('Health');
    await stage.press('Rehearse the fork');
    await stage.read('Rehearsing…');
    await stage.see('The next fork of Monero');
    await stage.look('health-fork-running');
    await stage.press('History');
    await stage.read(/broken by a test/);
  },
};
