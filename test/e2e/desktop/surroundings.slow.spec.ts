import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { TEST_ADDRESS } from '../../support/monerod.ts';
import { freePort } from '../../support/ports.ts';
import { expect, startApp, test, type RunningApp } from './support/app.ts';
import { Display } from '../../support/display.ts';
import {
  enterWallet,
  finishWizard,
  mineWithLittle,
  setUp,
  snapshotOf,
  state,
} from './support/journey.ts';
import { TestPool } from './support/pool.ts';
import { family, hashingThreads, stillRunning } from './support/processes.ts';
import { DesktopSession } from './support/tray.ts';

/** What the computer around the app does: it sleeps, moves to another network, and ends the session. */

let desktop: DesktopSession;
let display: Display;
let pool: TestPool;
test.beforeEach(async () => {
  [desktop, display, pool] = await Promise.all([
    DesktopSession.start(),
    Display.start(),
    TestPool.start(),
  ]);
  await desktop.startLogind();
});
test.afterEach(async () => {
  await Promise.all([desktop.end(), display.kill()]);
  pool.close();
});

async function expectEnded(app: RunningApp, end: () => unknown): Promise<void> {
  const pids = family(app.pid);
  const atMs = performance.now();
  await end();
  expect(await app.ended).toBe(0);
  expect(performance.now() - atMs).toBeLessThan(10_000);
  await expect.poll(() => stillRunning(pids)).toEqual([]);
}

async function expectMinesByItself({ page, pid }: RunningApp): Promise<void> {
  await expect.poll(() => state(page)).not.toBe('stopped');
  expect((await snapshotOf(page)).session).not.toHaveProperty('problem');
  await expect.poll(() => hashingThreads(pid)).toBeGreaterThan(0);
}

async function changeRules(page: Page, changed: object): Promise<void> {
  await page.evaluate(async (rules) => {
    const settings = await window.ibctminer?.settings.get();
    if (settings?.ok !== true) throw new Error('no settings');
    await window.ibctminer?.settings.update({ rules: { ...settings.value.rules, ...rules } });
  }, changed);
}

test('the computer sleeps, moves, and ends the session, and none of it is a crash', async ({
  home,
}) => {
  const marker = join(home, '.config/Ibctminer/mining');
  const env = { ...desktop.env, ...display.env };
  const first = await startApp(home, { env });

  await test.step('“only when idle” can be chosen once the idle clock has moved', async () => {
    await enterWallet(first.page, TEST_ADDRESS);
    await first.page.getByRole('radio', { name: /^Another pool/ }).check();
    await first.page.getByLabel(/^Pool address/).fill(`127.0.0.1:${pool.port}`);
    await finishWizard(first.page);
    await mineWithLittle(first.page);
    await first.page.getByRole('button', { name: 'Settings' }).click();
    await first.page.getByRole('button', { name: 'Rules' }).click();
    const rule = first.page.getByRole('switch', { name: 'Mine only when the computer is idle' });
    await rule.click();
    await expect(rule).toBeChecked();
    await changeRules(first.page, { onlyWhenIdle: false, startAtLaunch: true });
  });

  await test.step('the display server dies while mining', async () => {
    await first.page.getByRole('button', { name: 'Start mining' }).click();
    await expect.poll(() => hashingThreads(first.pid)).toBeGreaterThan(0);
    const pids = family(first.pid);
    expect(existsSync(marker)).toBe(true);
    await display.kill();
    await first.ended;
    await expect.poll(() => stillRunning(pids)).toEqual([]);
    expect(existsSync(marker)).toBe(true);
  });

  const second = await startApp(home, { env: desktop.env });
  await expectMinesByItself(second);

  await test.step('it connects anew at once when the computer wakes', async () => {
    const before = pool.logins.length;
    await desktop.prepareFor('Sleep', true);
    await desktop.prepareFor('Sleep', false);
    await expect.poll(() => pool.logins.length).toBeGreaterThan(before);
  });

  await test.step('it connects anew at once when the network is another', async () => {
    const before = pool.logins.length;
    await second.electron.evaluate(() => {
      const os = process.getBuiltinModule('node:os');
      os.networkInterfaces = () => ({
        new: [
          {
            ...{ address: '192.0.2.7', cidr: '192.0.2.7/24', netmask: '255.255.255.0' },
            ...{ family: 'IPv4', internal: false, mac: '00:00:00:00:00:00' },
          },
        ],
      });
      process.getBuiltinModule('node:module').syncBuiltinESMExports();
    });
    await expect.poll(() => pool.logins.length).toBeGreaterThan(before);
  });

  await test.step('the computer is shut down while mining', async () => {
    await expectEnded(second, () => desktop.prepareFor('Shutdown', true));
    expect(existsSync(marker)).toBe(false);
  });

  const third = await startApp(home, { env: desktop.env });
  await expectMinesByItself(third);

  await test.step('the session hangs up while no name server answers', async () => {
    const silent = createSocket('udp4').bind(0, '127.0.0.1');
    const asked = once(silent, 'message');
    await once(silent, 'listening');
    await third.electron.evaluate((_electron, port) => {
      const { Resolver } = process.getBuiltinModule('node:dns').promises;
      const resolve4 = Reflect.get(Resolver.prototype, 'resolve4');
      Resolver.prototype.resolve4 = function (this: typeof Resolver.prototype, host: string) {
        this.setServers([`127.0.0.1:${port}`]);
        return Reflect.apply(resolve4, this, [host]) as Promise<never>;
      };
    }, silent.address().port);
    await third.page.evaluate(async () => {
      const settings = await window.ibctminer?.settings.get();
      const first = settings?.ok === true ? settings.value.pools[0] : undefined;
      if (first === undefined) throw new Error('no pool was saved');
      await window.ibctminer?.settings.update({
        pools: [{ ...first, host: 'pool.example.com' }],
      });
    });
    await asked;
    await expectEnded(third, () => process.kill(third.pid, 'SIGHUP'));
    expect(existsSync(marker)).toBe(false);
    silent.close();
  });
});

test('without its engine the app says so, and all that helps is in reach', async ({ home }) => {
  const app = await startApp(home, {
    env: { ...display.env, RANDOMX_NATIVE_LIBRARY: join(home, 'none.so') },
  });
  const { page } = app;
  await setUp(page);
  await page.getByRole('button', { name: 'Start mining' }).click();
  await expect.poll(() => state(page)).toBe('failed');
  await expect(page.getByTestId('why')).toContainText('The mining engine is missing');
  for (const name of ['Settings', 'Logs', 'Health']) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  }
  await expect(page.getByText(/The mining engine could not be loaded, so the CPU/)).toBeVisible();

  await page.evaluate(
    (port) => window.ibctminer?.settings.update({ api: { enabled: true, port, token: '' } }),
    await freePort(),
  );
  const api = await page.evaluate(() => window.ibctminer?.api.state());
  expect(api).toMatchObject({ value: { state: 'failed', problem: { code: 'engineMissing' } } });
  expect(app.errors).toEqual([]);
  await expectEnded(app, () => process.kill(app.pid, 'SIGTERM'));
});
