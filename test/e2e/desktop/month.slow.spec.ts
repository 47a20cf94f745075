import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { knownPools } from '../../../electron/contract/knownPools.ts';
import { compact, integer } from '../../../electron/contract/text/numbers.ts';
import { writeMonth } from '../../support/monthOfHistory.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';
import { expect, quit, startApp, test, type RunningApp } from './support/app.ts';
import { finishWizard, mineWithLittle } from './support/journey.ts';
import { ownByUser } from './support/runAs.ts';

/** Whoever connects to these names comes to a port of this computer, as in a network that lets nobody out. */
async function lead({ electron }: RunningApp, hosts: readonly string[], port: number) {
  await electron.evaluate(
    (_, way) => {
      const { Socket } = process.getBuiltinModule('node:net');
      const connect = Reflect.get(Socket.prototype, 'connect') as (...given: unknown[]) => unknown;
      Socket.prototype.connect = function (this: unknown, ...given: unknown[]) {
        const [first] = given;
        const options = (Array.isArray(first) ? first[0] : first) as { host?: string };
        if (way.hosts.includes(options.host ?? '')) {
          Object.assign(options, { host: '127.0.0.1', port: way.port });
        }
        return connect.apply(this, given);
      } as typeof Socket.prototype.connect;
    },
    { hosts, port },
  );
}

test('pools are measured before one is chosen; what mining costs is known at once, and a month later all of it is there', async ({
  home,
}) => {
  const folder = join(home, '.config', 'Ibctminer');
  mkdirSync(folder, { mode: 0o700 });
  const mined = writeMonth(folder, Date.now()).filter(({ source }) => source.kind !== 'practice');
  ownByUser(folder);
  const { key, cert } = selfSigned('portal', 'DNS:portal');
  let sent = 0;
  const portal = createServer({ key, cert }, (socket) => {
    socket.on('data', (chunk: Buffer) => (sent += chunk.length)).on('error', () => undefined);
  });
  await new Promise<void>((listening) => portal.listen(0, '127.0.0.1', listening));
  const app = await startApp(home);
  const { page } = app;
  try {
    const hosts = knownPools.map(({ host }) => host);
    await lead(app, hosts, (portal.address() as AddressInfo).port);
    await page.getByRole('checkbox', { name: 'I have read this and I agree' }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Practise without a wallet' }).click();
    await page.getByRole('button', { name: 'Measure latency' }).click();
    await expect(page.getByText('Certificate not trusted')).toHaveCount(hosts.length);
    expect(sent).toBe(0);
    await page.getByRole('radio', { name: /^Practice pool/ }).check();
    await finishWizard(page);

    await page.getByRole('button', { name: 'Edit figures' }).click();
    await page.getByLabel('Price of 1 XMR').fill('150');
    await page.getByLabel('Currency').fill('EUR');
    await page.getByLabel('Price of 1 kWh').fill('0.30');
    await page.getByLabel('Watts that mining takes').fill('100');
    await page.getByLabel('Network difficulty').fill('600 G');
    await page.getByRole('button', { name: 'Save' }).click();
    await mineWithLittle(page);
    await page.getByRole('button', { name: 'Start mining' }).click();
    const money = page.getByRole('region', { name: 'Earnings and cost' });
    // 2.4 kWh a day.
    await expect(money.getByText('€0.72', { exact: true })).toBeVisible();
    await expect(money.getByText('Mining costs more than it brings')).toBeVisible();
    await expect(money.getByText('Still needed:')).toBeHidden();

    await page.getByRole('button', { name: 'History' }).click();
    await page.locator('label', { hasText: /^Mining$/ }).click();
    await page.locator('label', { hasText: /^30 days$/ }).click();
    const hashes = mined.reduce((sum, record) => sum + record.hashes, 0);
    const accepted = mined.reduce((sum, record) => sum + record.accepted, 0);
    await expect(page.getByRole('region', { name: 'Hashrate' })).toContainText(
      compact(hashes, 'en'),
    );
    await expect(page.getByRole('region', { name: 'Shares', exact: true })).toContainText(
      integer(accepted, 'en'),
    );
    expect(app.errors).toEqual([]);
  } finally {
    expect(await quit(app)).toBe(0);
    portal.close();
  }
});
