/**
 * Measures the desktop app as users have it: in a session with a tray, mining with every core at a pool in another process.
 * `IBCTMINER_ELECTRON=… node_modules/.bin/node scripts/measure-desktop.ts start|rest|first|visible|hidden|input…`, with DISPLAY set and the app
 * built. With IBCTMINER_PROFILES, a folder, it also writes where main process and page spend their time. Prints JSON lines; docs/desktop-performance.md holds what they said.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chooseLaunch, freshHome } from '../test/e2e/desktop/support/runAs.ts';
import { DesktopSession } from '../test/e2e/desktop/support/tray.ts';
import { address } from '../test/support/stratum/exchange.ts';
import { App } from './measure/app.ts';
import { cpuMs, memoryMiB } from './measure/processes.ts';

const WATCH_MS = 15_000;
const FIRST_MS = 30_000;
const SETTLE_MS = 4000;
/** Until the engine has its dataset and V8 has put away what the start needed. */
const STEADY_MS = 20_000;
const STARTS = 7;
const CLICKS = 60;

const session = await DesktopSession.start();
session.showPanel();
const pool = spawn(process.execPath, [resolve(import.meta.dirname, 'measure/pool.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [portLine] = (await once(pool.stdout, 'data')) as [Buffer];
const home = freshHome(chooseLaunch().userId);
const profiles = process.env['IBCTMINER_PROFILES'];
try {
  await setUp(Number(String(portLine)));
  const parts: Readonly<Record<string, () => Promise<void>>> = {
    start,
    rest,
    first,
    visible,
    hidden,
    input,
  };
  for (const part of process.argv.slice(2)) await parts[part]?.();
} finally {
  pool.kill();
  await session.end();
  rmSync(home, { recursive: true, force: true });
}

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

/** Until something in the window can be used. */
async function open(): Promise<{ app: App; usableMs: number }> {
  const atMs = Date.now();
  const app = await App.start(home, session.env);
  for (;;) {
    const usableAtMs = await app.inPage<number | undefined>(`new Promise((resolve) => {
      const look = () => document.querySelector('nav button, main input')
        ? resolve(Date.now()) : requestAnimationFrame(look);
      look();
    })`);
    if (usableAtMs !== undefined) return { app, usableMs: usableAtMs - atMs };
    await delay(20);
  }
}

/** Agrees, and chooses the pool and every core. */
async function setUp(port: number): Promise<void> {
  const { app } = await open();
  const patch = {
    wallet: { address },
    pools: [
      {
        ...{ id: 'pool', name: 'Pool', host: '127.0.0.1', port, kind: 'stratum', password: 'x' },
        ...{ tls: { use: 'none' }, login: { use: 'wallet' } },
      },
    ],
    power: { profile: 'custom', threads: 1024, mode: 'auto' },
  };
  await app.inPage('window.ibctminer.settings.giveConsent({ version: 1 })');
  await app.inPage(`window.ibctminer.settings.update(${JSON.stringify(patch)})`);
  await app.inPage('window.ibctminer.power.keepFull()');
  await app.quit();
}

async function start(): Promise<void> {
  const startsMs = [];
  for (let run = 0; run < STARTS; run += 1) {
    const { app, usableMs } = await open();
    startsMs.push(usableMs);
    await app.quit();
  }
  say({ startsMs: startsMs.sort((a, b) => a - b) });
}

async function rest(): Promise<void> {
  const { app } = await open();
  await watch('at rest, visible', app);
  await hide(app);
  await watch('at rest, hidden', app);
  await app.quit();
}

/** The first half minute after Start, in which the dataset is made. */
async function first(): Promise<void> {
  const { app } = await open();
  await delay(SETTLE_MS);
  await app.inPage('window.ibctminer.mining.start()');
  await watch('first half minute, visible', app, 0, FIRST_MS);
  await app.quit();
}

async function visible(): Promise<void> {
  const { app } = await open();
  await mine(app);
  await watch('mining, visible', app, STEADY_MS);
  await app.quit();
}

async function hidden(): Promise<void> {
  const { app } = await open();
  await mine(app);
  await hide(app);
  await watch('mining, hidden', app, STEADY_MS);
  await app.quit();
}

async function watch(
  what: string,
  app: App,
  settleMs = SETTLE_MS,
  watchMs = WATCH_MS,
): Promise<void> {
  await delay(settleMs);
  const processes = await app.processes();
  if (profiles !== undefined) await app.startProfiles();
  const before = cpuMs(processes);
  const atMs = performance.now();
  await delay(watchMs);
  const tookMs = performance.now() - atMs;
  const after = cpuMs(processes);
  if (profiles !== undefined) await app.writeProfiles(`${profiles}/${what}`);
  const percents = [...after]
    .map(([thread, ms]) => [thread, ((ms - (before.get(thread) ?? 0)) / tookMs) * 100] as const)
    .sort(([, one], [, other]) => other - one);
  say({
    what,
    state: await stateOf(app),
    cpuPercent: rounded(percents.reduce((sum, [, percent]) => sum + percent, 0)),
    memoryMiB: memoryMiB(processes),
    threads: Object.fromEntries(
      percents.filter(([, part]) => part >= 0.01).map(([name, part]) => [name, rounded(part)]),
    ),
  });
}

async function hide(app: App): Promise<void> {
  await app.evaluate('electron.BrowserWindow.getAllWindows()[0].hide()');
}

/** Until the dataset is there. */
async function mine(app: App): Promise<void> {
  await app.inPage('window.ibctminer.mining.start()');
  while ((await stateOf(app)) !== 'mining fast') await delay(1000);
}

/** With how it is hashed, while it is. */
function stateOf(app: App): Promise<string | undefined> {
  return app.inPage(`window.ibctminer.snapshot.get()
    .then(({ value: { session } }) => [session.state, session.mode].filter(Boolean).join(' '))`);
}

async function input(): Promise<void> {
  const { app } = await open();
  await delay(SETTLE_MS);
  say({ what: 'input at rest', ...(await inputDelay(app)) });
  await mine(app);
  say({ what: 'input while mining', ...(await inputDelay(app)) });
  await app.quit();
}

/** From a click on the navigation to the handler, and to the next frame, in ms. */
async function inputDelay(app: App): Promise<object> {
  await app.inPage(`void (() => {
    const isListening = window.seen !== undefined;
    window.seen = [];
    if (isListening) return;
    document.addEventListener('click', ({ timeStamp }) => {
      const handler = performance.now() - timeStamp;
      requestAnimationFrame(() => {
        setTimeout(() => window.seen.push({ handler, frame: performance.now() - timeStamp }), 0);
      });
    });
  })()`);
  for (let click = 0; click < CLICKS; click += 1) {
    await app.evaluate(`(async () => {
      const [contents] = electron.webContents.getAllWebContents();
      const { x, y } = await contents.executeJavaScript(\`(() => {
        const { left, top, width, height } = document
          .querySelectorAll('nav button')[${(click + 1) % 2}].getBoundingClientRect();
        return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
      })()\`);
      const at = { x, y, button: 'left', clickCount: 1 };
      for (const type of ['mouseMove', 'mouseDown', 'mouseUp']) contents.sendInputEvent({ type, ...at });
    })()`);
    await delay(150);
  }
  const seen = (await app.inPage<{ handler: number; frame: number }[]>('window.seen')) ?? [];
  const sorted = (times: number[]) => times.sort((a, b) => a - b);
  const handlers = sorted(seen.map(({ handler }) => handler));
  const frames = sorted(seen.map(({ frame }) => frame));
  return {
    clicks: seen.length,
    handlerMedianMs: rounded(at(handlers, 0.5)),
    frameMedianMs: rounded(at(frames, 0.5)),
    frame95Ms: rounded(at(frames, 0.95)),
    frameWorstMs: rounded(at(frames, 1)),
  };
}

function at(values: readonly number[], part: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
