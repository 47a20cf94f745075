import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  expect,
  test as base,
  _electron,
  type ElectronApplication,
  type Page,
} from '@playwright/test';
import { yieldToStages } from '../../../support/yieldToStages.ts';
import { isConfined } from './processes.ts';
import { chooseLaunch, freshHome } from './runAs.ts';

const launch = chooseLaunch();
/** Where the app sees the repository. */
export const root = launch.root;

/** The running app: its main process and its window. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly pid: number;
  /** What the page wrote to its console as errors. */
  readonly errors: readonly string[];
  /** Resolves with the exit code once the process is gone. */
  readonly ended: Promise<number | null>;
}

export interface StartOptions {
  /** Added to the environment: a desktop session's bus, say. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the built app on the profile in `home`. Fails when the window runs without the operating system's sandbox. */
export async function startApp(home: string, options: StartOptions = {}): Promise<RunningApp> {
  const electron = await _electron.launch({
    executablePath: launch.executablePath,
    args: [root],
    // Playwright switches the sandbox off unless told otherwise.
    chromiumSandbox: true,
    cwd: root,
    env: environment(home, options.env),
  });
  const child = electron.process();
  yieldToStages(child.pid);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const page = await electron.firstWindow();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.waitForLoadState();
  let pid = 0;
  let renderer: number | undefined;
  // The debugger loses an answer now and then to a main process that is busy with its start.
  await expect(async () => {
    pid = await electron.evaluate(() => process.pid);
    renderer = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents()[0]?.getOSProcessId(),
    );
  }).toPass();
  if (!isConfined(renderer ?? 0)) throw new Error('The window runs without its sandbox.');
  return { electron, page, pid, errors, ended };
}

/** Starts the app once more on the same profile; resolves with its exit code. */
export function launchAgain(home: string): Promise<number | null> {
  const child = spawn(launch.executablePath, [root], {
    cwd: root,
    env: environment(home),
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

/** A session bus only where a test gives one. */
function environment(
  home: string,
  added: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const own = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name === 'DBUS_SESSION_BUS_ADDRESS' ? [] : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(own),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    // No bus of the machine's is found by guessing.
    XDG_RUNTIME_DIR: home,
    // English, whatever the language of whoever runs the tests.
    ...{ LC_ALL: 'C.UTF-8', LANGUAGE: '' },
    ...added,
  };
}

/** Quits as the tray's Quit does, and waits until the process is gone. */
export async function quit({ electron, ended }: RunningApp): Promise<number | null> {
  await electron.evaluate(({ app }) => app.quit()).catch(() => undefined);
  return ended;
}

async function withHome(use: (home: string) => Promise<void>): Promise<void> {
  const home = freshHome(launch.userId);
  await use(home);
  rmSync(home, { recursive: true, force: true });
}

async function withApp(home: string, use: (app: RunningApp) => Promise<void>): Promise<void> {
  const app = await startApp(home);
  await use(app);
  await quit(app);
}

/** `home`: a fresh profile. `app`: the app running on it; it is gone when the test ends. */
export const test = base.extend<{ home: string; app: RunningApp }>({
  home: async ({}, use) => withHome(use),
  app: async ({ home }, use) => withApp(home, use),
});

/** For tests that leave the app as it was: one app for all of a worker's, its page loaded anew for each. */
export const testOfOneApp = base.extend<{ app: RunningApp }, { oneApp: RunningApp }>({
  oneApp: [async ({}, use) => withHome((home) => withApp(home, use)), { scope: 'worker' }],
  app: async ({ oneApp }, use) => {
    await oneApp.page.reload();
    await use(oneApp);
  },
});
export { expect };
