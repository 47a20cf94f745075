/**
 * Measures the desktop app as users have it in front of them: start-up, memory, CPU and input delay, at rest and
 * while every core hashes on the practice pool. `node_modules/.bin/node scripts/measure-desktop.ts ELECTRON`, with
 * DISPLAY set and the app built. Prints one JSON object; docs/desktop-performance.md holds what it printed.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

const root = resolve(import.meta.dirname, '..');
const executablePath = process.argv[2] ?? '';
const CLOCK_TICKS_PER_SECOND = 100;
const WATCH_MS = 15_000;
const STARTS = 5;
const CLICKS = 60;

interface Started {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly startMs: number;
}

async function start(home: string): Promise<Started> {
  const startedAtMs = performance.now();
  const app = await _electron.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox', root] : [root],
    cwd: root,
    env: { ...(process.env as Record<string, string>), HOME: home, XDG_CONFIG_HOME: home },
  });
  const page = await app.firstWindow();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  return { app, page, startMs: performance.now() - startedAtMs };
}

/** Main, GPU, network and renderer processes. */
async function processes(app: ElectronApplication): Promise<number[]> {
  return app.evaluate(({ app: main }) => main.getAppMetrics().map(({ pid }) => pid));
}

/** MiB of memory, shared pages counted in parts (proportional set size). */
function memoryMiB(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) =>
    Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0),
  );
  return Math.round(kilobytes.reduce((sum, size) => sum + size, 0) / 1024);
}

/** CPU seconds used by all threads that are not the engine's own. */
function appCpuSeconds(pids: readonly number[]): number {
  const ticks = pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((task) => {
      const [, name = '', fields = ''] =
        /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8')) ?? [];
      if (name.startsWith('ibct-')) return 0;
      const values = fields.split(' ');
      return Number(values[11]) + Number(values[12]);
    }),
  );
  return ticks.reduce((sum, value) => sum + value, 0) / CLOCK_TICKS_PER_SECOND;
}

async function appCpuPercent(app: ElectronApplication): Promise<number> {
  const pids = await processes(app);
  const before = appCpuSeconds(pids);
  await delay(WATCH_MS);
  return round(((appCpuSeconds(pids) - before) / (WATCH_MS / 1000)) * 100);
}

/** From a click on the navigation to the handler, and to the next frame, in ms. */
async function inputDelay(page: Page): Promise<Record<string, number>> {
  await page.evaluate(() => {
    const seen: { handler: number; frame: number }[] = [];
    Reflect.set(window, 'seen', seen);
    document.addEventListener('click', ({ timeStamp }) => {
      const handler = performance.now() - timeStamp;
      requestAnimationFrame(() => {
        setTimeout(() => seen.push({ handler, frame: performance.now() - timeStamp }), 0);
      });
    });
  });
  for (let click = 0; click < CLICKS; click += 1) {
    const screen = click % 2 === 0 ? 'Shares' : 'Dashboard';
    await page
      .getByRole('link', { name: screen })
      .or(page.getByRole('button', { name: screen }))
      .first()
      .click();
    await delay(150);
  }
  const seen = await page.evaluate(
    () => Reflect.get(window, 'seen') as { handler: number; frame: number }[],
  );
  const handlers = seen.map(({ handler }) => handler).sort((a, b) => a - b);
  const frames = seen.map(({ frame }) => frame).sort((a, b) => a - b);
  return {
    clicks: seen.length,
    handlerMedianMs: round(at(handlers, 0.5)),
    frameMedianMs: round(at(frames, 0.5)),
    frame95Ms: round(at(frames, 0.95)),
    frameWorstMs: round(at(frames, 1)),
  };
}

function at(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

async function mineWithEveryCore(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.ibctminer?.settings.giveConsent({ version: 1 });
    await window.ibctminer?.settings.update({
      work: 'practice',
      power: { profile: 'custom', threads: 1024, mode: 'auto' },
    });
    await window.ibctminer?.mining.start();
  });
  await page.waitForFunction(
    async () => {
      const result = await window.ibctminer?.snapshot.get();
      return result?.ok === true && result.value.session.state === 'mining';
    },
    undefined,
    { timeout: 180_000, polling: 1000 },
  );
}

const home = mkdtempSync(join(tmpdir(), 'ibctminer-measure-'));
const startsMs: number[] = [];
for (let run = 0; run < STARTS; run += 1) {
  const { app, startMs } = await start(home);
  startsMs.push(Math.round(startMs));
  await app.close();
}
const { app, page } = await start(home);
await delay(3000);
const idle = {
  memoryMiB: memoryMiB(await processes(app)),
  appCpuPercent: await appCpuPercent(app),
};
await mineWithEveryCore(page);
await delay(5000);
const mining = {
  appCpuPercent: await appCpuPercent(app),
  memoryMiB: memoryMiB(await processes(app)),
  input: await inputDelay(page),
};
await page.evaluate(() => window.ibctminer?.mining.stop());
await delay(3000);
const stopped = { input: await inputDelay(page) };
await app.close();
rmSync(home, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify({ startsMs, idle, mining, stopped })}\n`);
