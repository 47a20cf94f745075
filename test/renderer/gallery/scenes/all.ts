import { dashboard } from './dashboard.ts';
import { earnings } from './earnings.ts';
import { firstSteps } from './firstSteps.ts';
import { health } from './health.ts';
import { history } from './history.ts';
import { logsAndAbout } from './logsAndAbout.ts';
import { pools } from './pools.ts';
import type { Scene } from './scene.ts';
import { settings } from './settings.ts';

const scenes: Readonly<Record<string, Scene>> = {
  ...{ ...firstSteps, ...dashboard, ...earnings, ...history, ...pools },
  ...{ ...settings, ...health, ...logsAndAbout },
};

/** The screens with the most on them, for every change to pass. */
const QUICK: ReadonlySet<string> = new Set([
  ...['wizard-pool', 'dashboard-mining', 'history-figures', 'pools', 'settings', 'health'],
]);

/** With those, each screen, section, step and dialog once; what else there is shows them in another state. */
const REST: readonly string[] = [
  ...['app-failed', 'wizard-consent', 'wizard-wallet-good', 'wizard-power', 'wizard-review'],
  ...['dashboard-long-texts', 'dashboard-tour', 'dashboard-close-asked', 'commands', 'money-edit'],
  ...['history-table', 'pools-edit', 'pools-add-known', 'pools-account', 'health-command'],
  ...['settings-wallet', 'settings-full-power', 'settings-measured', 'settings-appearance'],
  ...['settings-notifications', 'settings-opening', 'settings-connections', 'settings-reset'],
  ...['settings-schedule', 'logs', 'about', 'about-connections', 'about-uninstall'],
];
export const screens: ReadonlySet<string> = new Set([...QUICK, ...REST]);

export const quickScenes = Object.entries(scenes).filter(([name]) => QUICK.has(name));
export const otherScenes = Object.entries(scenes).filter(([name]) => !QUICK.has(name));
