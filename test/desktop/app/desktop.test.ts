import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Desktop } from '../../../electron/desktop/app/desktop.ts';
import { TuningMeasurement } from '../../../electron/desktop/app/measuring/tuning.ts';
import { OnDemand } from '../../../electron/desktop/app/measuring/onDemand.ts';
import { LogRing } from '../../../electron/desktop/app/logRing.ts';
import { MachineUse } from '../../../electron/desktop/app/machineUse.ts';
import { MoneyFacts } from '../../../electron/core/money/moneyFacts.ts';
import { RunMarker } from '../../../electron/desktop/app/runMarker.ts';
import { painted, weeks } from '../../../electron/contract/schedule.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { HistoryStore } from '../../../electron/core/history/store.ts';
import { SettingsStore } from '../../../electron/core/settings/store.ts';
import {
  CONSENT_VERSION,
  type PoolSettings,
  type PowerSettings,
  type Settings,
} from '../../../electron/contract/settings.ts';
import type { PowerTrialState } from '../../../electron/contract/ipc.ts';
import { isFullPower } from '../../../electron/desktop/app/power.ts';
import { checkAddress } from '../../../electron/core/wallet/address.ts';
import type { WorkSpec } from '../../../electron/core/work/spec.ts';
import type { WorkSource } from '../../../electron/core/work/source.ts';
import { engineProblem } from '../../../electron/core/engine/problem.ts';

const address =
  '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';
const pool: PoolSettings = {
  id: 'a',
  name: 'A pool',
  kind: 'stratum',
  host: 'pool.example.com',
  port: 443,
  tls: { use: 'authority' },
  login: { use: 'wallet' },
  password: 'x',
};

/** A computer of 16 logical CPUs, of which 8 pay. */
const ids = Array.from({ length: 16 }, (_, id) => id);
const cpu = {
  name: 'A processor',
  features: [],
  cpus: ids.map((id) => ({ id, allowed: true })),
  recommendedCpus: ids.slice(0, 8),
};

let folder = '';
let clock = new FakeClock();
let onBattery: boolean | null = false;
let batteryPercent: number | null = 80;
let idleSeconds = 1;
let isLocked = false;
let celsius: number | null = 60;
let programs: string[] = [];
/** Addresses of the sources that were started, in order, and how many run now. */
let opened: string[] = [];
let running = 0;
/** What the window was told of trials of full power. */
let trials: PowerTrialState['state'][] = [];
let log = new LogRing(() => undefined);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-desktop-'));
  clock = new FakeClock();
  onBattery = false;
  batteryPercent = 80;
  idleSeconds = 1;
  isLocked = false;
  celsius = 60;
  programs = [];
  opened = [];
  running = 0;
  trials = [];
  log = new LogRing(() => undefined);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A pool that never answers: these tests are about what the user is obeyed in, not about hashes. */
function silentSource(payee: string): WorkSource {
  return {
    endpoint: { kind: 'stratum', host: pool.host, port: pool.port, tls: true },
    start: () => {
      opened.push(payee);
      running += 1;
    },
    submit: () => undefined,
    wake: () => undefined,
    leave: () => {
      running -= 1;
      return Promise.resolve();
    },
    stop: () => undefined,
  };
}

/** Measures until it is cancelled. */
const endless = (signal?: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal?.addEventListener('abort', () => reject(new Error('aborted'))),
  );

function endlessMeasurement(): TuningMeasurement {
  return new TuningMeasurement({
    measure: endless,
    known: () => null,
    describeError: engineProblem,
    onChange: () => undefined,
  });
}

const noSensors = { read: () => ({ watts: null, celsius: null }) };

function createDesktop(): Desktop {
  return new Desktop({
    clock,
    keeper: new SettingsStore(folder),
    log,
    marker: new RunMarker(join(folder, 'mining')),
    history: new HistoryStore(folder, (fault) => log.tell('warn', fault)),
    use: new MachineUse(
      clock,
      {
        battery: () => ({ isInUse: onBattery, percent: batteryPercent }),
        idleSeconds: () => idleSeconds,
        celsius: () => celsius,
        energy: () => [],
        powerLimitWatts: () => null,
        isLocked: () => isLocked,
        ...{ isFullScreen: () => null, isMetered: () => null },
        runningPrograms: () => programs,
      },
      noSensors,
    ),
    sensors: noSensors,
    money: new MoneyFacts(() => null),
    isFullPower: (power) => isFullPower(power, cpu),
    checkAddress,
    openSource: (work) => () => silentSource(addressOf(work)),
    openEngine: () => {
      throw new Error('No job, no engine.');
    },
    measurements: {
      tuning: endlessMeasurement(),
      pages: new OnDemand((_, signal) => endless(signal)),
      fork: new OnDemand((_, signal) => endless(signal)),
    },
    onChange: () => undefined,
    onSettings: () => undefined,
    onPowerTrial: ({ state }) => trials.push(state),
  });
}

function schedule(desktop: Desktop, change: Partial<Settings['rules']['schedule']>): void {
  const { rules } = desktop.settings;
  desktop.editor.update({ rules: { ...rules, schedule: { ...rules.schedule, ...change } } });
}

function addressOf(work: WorkSpec): string {
  const [pool] = work.kind === 'pools' ? work.pools : [];
  if (pool === undefined) return 'nobody';
  return pool.kind === 'daemon' ? pool.address : pool.login;
}

function readyDesktop(): Desktop {
  const desktop = createDesktop();
  desktop.giveConsent(CONSENT_VERSION);
  desktop.editor.update({ wallet: { address }, pools: [pool] });
  return desktop;
}

const stateOf = (desktop: Desktop) => desktop.snapshot().session;
const pausesOf = (desktop: Desktop) => {
  const state = stateOf(desktop);
  return state.state === 'paused' ? state.pauses : [];
};

describe('before consent and Start', () => {
  it('opens no source and says what is missing, one thing after the other', () => {
    const desktop = createDesktop();
    expect(desktop.start()).toMatchObject({ error: { code: 'consentMissing' } });
    desktop.giveConsent(CONSENT_VERSION);
    expect(desktop.start()).toMatchObject({ error: { code: 'noPool' } });
    desktop.editor.update({ pools: [pool] });
    expect(desktop.start()).toMatchObject({ error: { code: 'noWallet' } });
    desktop.editor.update({ wallet: { address } });
    clock.advance(60_000);
    expect(opened).toEqual([]);
    expect(desktop.start()).toMatchObject({ ok: true });
    expect(opened).toEqual([address]);
  });

  it('takes no consent to an older text', () => {
    expect(createDesktop().giveConsent(CONSENT_VERSION - 1)).toMatchObject({
      error: { code: 'oldConsent' },
    });
  });
});

describe('Quit', () => {
  it('is for good: a window that is still there while it waits starts nothing', async () => {
    const desktop = readyDesktop();
    desktop.start();
    const ended = desktop.quit();
    const quitting = { ok: false, error: { code: 'quitting' } };
    expect(desktop.start()).toMatchObject(quitting);
    await ended;
    expect(desktop.start()).toMatchObject(quitting);
    expect(desktop.measuring.beginTuning()).toMatchObject(quitting);
    expect(await desktop.measuring.comparePages()).toMatchObject(quitting);
    expect(await desktop.measuring.rehearseFork()).toMatchObject(quitting);
    expect(running).toBe(0);
  });
});

describe('Stop', () => {
  it('lasts: no rule, no time and no setting starts again', async () => {
    const desktop = readyDesktop();
    desktop.start();
    await desktop.stop();
    onBattery = true;
    clock.advance(60_000);
    onBattery = false;
    clock.advance(60_000);
    desktop.editor.update({ pools: [{ ...pool, port: 444 }] });
    desktop.resume();
    expect(stateOf(desktop).state).toBe('stopped');
    expect(running).toBe(0);
  });
});

describe('the mark of a run', () => {
  const isThere = () => existsSync(join(folder, 'mining'));

  it('is there while mining is switched on, also when Start follows Stop at once', async () => {
    const desktop = readyDesktop();
    desktop.start();
    expect(isThere()).toBe(true);
    const stopped = desktop.stop();
    desktop.start();
    await stopped;
    expect(isThere()).toBe(true);
    await desktop.stop();
    expect(isThere()).toBe(false);
  });
});

describe('the history', () => {
  const kept = () =>
    [...new HistoryStore(folder, () => undefined).read(0, Date.UTC(9999, 0, 1))].flat();

  it('gets every minute for which mining was switched on, up to Quit, and no other', async () => {
    const desktop = readyDesktop();
    clock.advance(3 * 60_000);
    desktop.start();
    clock.advance(90_000);
    desktop.pause(null);
    clock.advance(40_000);
    await desktop.quit();
    expect(kept().map(({ stateMs }) => stateMs)).toEqual([
      { connecting: 60_000 },
      { connecting: 30_000, paused: 30_000 },
      { paused: 10_000 },
    ]);
  });

  it('gets the last minute when the system ends the session', () => {
    const desktop = readyDesktop();
    desktop.start();
    clock.advance(5000);
    desktop.noteCleanEnd();
    expect(kept()).toMatchObject([{ stateMs: { connecting: 5000 } }]);
  });
});

describe('Pause', () => {
  it('returns by itself after the minutes it was given', () => {
    const desktop = readyDesktop();
    desktop.start();
    desktop.pause(15);
    expect(stateOf(desktop)).toMatchObject({ state: 'paused', pauses: [{ reason: 'snooze' }] });
    clock.advance(14 * 60_000);
    expect(stateOf(desktop).state).toBe('paused');
    clock.advance(2 * 60_000);
    expect(stateOf(desktop).state).toBe('connecting');
  });

  it('ends when it was said to, though the computer slept meanwhile', () => {
    const desktop = readyDesktop();
    desktop.start();
    desktop.pause(60);
    clock.sleep(59 * 60_000);
    clock.advance(30_000);
    const [pause] = pausesOf(desktop);
    expect(pause?.end?.remainingMs).toBe(30_000);
    clock.advance(31_000);
    expect(stateOf(desktop).state).toBe('connecting');
  });

  it('takes the place of another pause of the user', () => {
    const desktop = readyDesktop();
    desktop.start();
    desktop.pause(60);
    desktop.pause(null);
    expect(pausesOf(desktop)).toEqual([{ reason: 'user' }]);
    desktop.pause(15);
    expect(pausesOf(desktop)).toMatchObject([{ reason: 'snooze' }]);
  });

  it('without minutes lasts until Resume', () => {
    const desktop = readyDesktop();
    desktop.start();
    desktop.pause(null);
    clock.advance(24 * 3_600_000);
    expect(stateOf(desktop)).toMatchObject({ state: 'paused', pauses: [{ reason: 'user' }] });
    desktop.resume();
    expect(stateOf(desktop).state).toBe('connecting');
  });
});

describe('rules', () => {
  it('pause on battery and go on with mains power', () => {
    const desktop = readyDesktop();
    desktop.start();
    onBattery = true;
    clock.advance(2000);
    expect(stateOf(desktop)).toMatchObject({ state: 'paused', pauses: [{ reason: 'battery' }] });
    onBattery = false;
    clock.advance(2000);
    expect(stateOf(desktop).state).toBe('connecting');
  });

  it('hold from the first moment', () => {
    onBattery = true;
    const desktop = readyDesktop();
    desktop.start();
    expect(stateOf(desktop)).toMatchObject({ state: 'paused', pauses: [{ reason: 'battery' }] });
  });

  it('wait for the hours of the schedule and say when those begin', () => {
    const desktop = readyDesktop();
    const now = new Date(clock.wallMs());
    const at = { day: (now.getDay() + 6) % 7, hour: now.getHours() };
    const week = painted(weeks.always, at, at, false);
    schedule(desktop, { enabled: true, week });
    desktop.start();
    const atMs = new Date(now).setMinutes(60, 0, 0);
    const end = { atMs, remainingMs: atMs - clock.wallMs() };
    expect(stateOf(desktop)).toEqual({ state: 'paused', pauses: [{ reason: 'schedule', end }] });
    clock.advance(end.remainingMs);
    expect(stateOf(desktop).state).toBe('connecting');
    // Somebody sets the clock back.
    clock.setWallBy(-3_600_000);
    clock.advance(2000);
    expect(stateOf(desktop)).toMatchObject({ pauses: [{ reason: 'schedule' }] });
  });

  it('wait for the cheapest hours of the tariff, and for none where every hour costs the same', () => {
    const desktop = readyDesktop();
    const hour = new Date(clock.wallMs()).getHours();
    const cheap = { from: (hour + 2) % 24, to: (hour + 4) % 24, perKwh: 0.1 };
    const tariffPerKwh = { value: 0.3, windows: [cheap], atMs: 1 };
    const money = { ...desktop.settings.money, tariffPerKwh };
    schedule(desktop, { cheapest: { enabled: true, hours: 2 } });
    desktop.start();
    expect(stateOf(desktop).state).toBe('connecting');
    desktop.editor.update({ money });
    const atMs = new Date(clock.wallMs()).setMinutes(120, 0, 0);
    const end = { atMs, remainingMs: atMs - clock.wallMs() };
    expect(stateOf(desktop)).toEqual({ state: 'paused', pauses: [{ reason: 'schedule', end }] });
    clock.advance(end.remainingMs);
    expect(stateOf(desktop).state).toBe('connecting');
    desktop.editor.update({ money: { ...money, tariffPerKwh: null } });
    clock.advance(3 * 3_600_000);
    expect(stateOf(desktop).state).toBe('connecting');
  });

  it('are asked again when the computer wakes up, before anything is hashed', () => {
    const desktop = readyDesktop();
    const later = new Date(clock.wallMs() + 2 * 3_600_000);
    const at = { day: (later.getDay() + 6) % 7, hour: later.getHours() };
    const week = painted(weeks.always, at, at, false);
    schedule(desktop, { enabled: true, week });
    desktop.start();
    clock.sleep(2 * 3_600_000);
    desktop.wake();
    expect(stateOf(desktop)).toMatchObject({ pauses: [{ reason: 'schedule' }] });
  });

  it('mine only when idle, if asked to', () => {
    const desktop = readyDesktop();
    desktop.editor.update({ rules: { ...desktop.settings.rules, onlyWhenIdle: true } });
    desktop.start();
    expect(stateOf(desktop)).toMatchObject({ state: 'paused', pauses: [{ reason: 'inUse' }] });
    idleSeconds = 120;
    clock.advance(2000);
    expect(stateOf(desktop).state).toBe('connecting');
    idleSeconds = 1;
    clock.advance(2000);
    expect(pausesOf(desktop)).toEqual([{ reason: 'inUse' }]);
    isLocked = true;
    clock.advance(2000);
    expect(stateOf(desktop).state).toBe('connecting');
  });

  it('pause on battery below a charge only, if asked to', () => {
    const desktop = readyDesktop();
    desktop.editor.update({ rules: { ...desktop.settings.rules, batteryBelowPercent: 50 } });
    desktop.start();
    onBattery = true;
    batteryPercent = 50;
    clock.advance(2000);
    expect(stateOf(desktop).state).toBe('connecting');
    batteryPercent = 49;
    clock.advance(2000);
    expect(pausesOf(desktop)).toEqual([{ reason: 'battery' }]);
  });

  it('pause while the CPU is far too hot, if asked to', () => {
    const desktop = readyDesktop();
    desktop.editor.update({
      rules: { ...desktop.settings.rules, heat: { enabled: true, maxCelsius: 70 } },
    });
    desktop.start();
    celsius = 82;
    clock.advance(20_000);
    expect(pausesOf(desktop)).toEqual([{ reason: 'heat' }]);
    celsius = 50;
    clock.advance(120_000);
    expect(stateOf(desktop).state).toBe('connecting');
  });

  it('pause while a listed program runs, and for a moment after it', () => {
    const desktop = readyDesktop();
    desktop.editor.update({ rules: { ...desktop.settings.rules, listedPrograms: ['Blender'] } });
    desktop.start();
    programs = ['bash', 'blender'];
    clock.advance(6000);
    expect(pausesOf(desktop)).toEqual([{ reason: 'listedProcess' }]);
    programs = ['bash'];
    clock.advance(8000);
    expect(pausesOf(desktop)).toEqual([{ reason: 'listedProcess' }]);
    clock.advance(12_000);
    expect(stateOf(desktop).state).toBe('connecting');
  });
});

describe('settings', () => {
  it('a changed address takes effect at once, on a new connection', async () => {
    const desktop = readyDesktop();
    desktop.start();
    const other =
      '888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H';
    expect(desktop.editor.update({ wallet: { address: other } })).toMatchObject({ ok: true });
    expect(opened).toEqual([address, other]);
    await vi.waitFor(() => expect(running).toBe(1));
  });

  it('an address with a wrong character is refused and changes nothing', () => {
    const desktop = readyDesktop();
    const wrong = `${address.slice(0, -1)}B`;
    expect(desktop.editor.update({ wallet: { address: wrong } })).toMatchObject({
      error: { code: 'addressWrongCharacter' },
    });
    expect(desktop.settings.wallet?.address).toBe(address);
  });

  it('mining ends when its last pool is taken away, and says why', async () => {
    const desktop = readyDesktop();
    desktop.start();
    desktop.editor.update({ pools: [] });
    expect(stateOf(desktop)).toMatchObject({ state: 'failed', problem: { code: 'noPool' } });
    await vi.waitFor(() => expect(running).toBe(0));
  });

  it('reset keeps the consent and nothing else', async () => {
    const desktop = readyDesktop();
    desktop.start();
    await desktop.reset();
    expect(desktop.settings).toMatchObject({ wallet: null, pools: [] });
    expect(desktop.settings.consent?.version).toBe(CONSENT_VERSION);
    expect(running).toBe(0);
  });
});

describe('start at launch', () => {
  function launchWithRule(endFirst: (desktop: Desktop) => Promise<void>): Promise<Desktop> {
    const first = readyDesktop();
    first.editor.update({ rules: { ...first.settings.rules, startAtLaunch: true } });
    first.start();
    return endFirst(first).then(() => {
      const second = createDesktop();
      second.startAtLaunch();
      return second;
    });
  }

  it('obeys the setting after a clean end', async () => {
    const desktop = await launchWithRule((first) => first.quit());
    expect(stateOf(desktop).state).toBe('connecting');
  });

  it('starts nothing by itself after the user’s Stop, until he has pressed Start again', async () => {
    const desktop = await launchWithRule(async (first) => {
      await first.stop();
      await first.quit();
    });
    expect(stateOf(desktop)).toEqual({ state: 'stopped', because: 'stoppedByUser' });
    expect(log.entries.at(-1)).toMatchObject({ key: 'notStartedAfterStop' });
    desktop.start();
    await desktop.quit();
    const next = createDesktop();
    next.startAtLaunch();
    expect(stateOf(next).state).toBe('connecting');
  });

  it('starts nothing by itself after an unclean one, and says so; the user still can', async () => {
    const desktop = await launchWithRule(() => Promise.resolve());
    expect(stateOf(desktop)).toMatchObject({ problem: { code: 'uncleanExit' } });
    expect(log.entries.at(-1)).toMatchObject({ key: 'notStartedAfterCrash' });
    expect(desktop.start()).toMatchObject({ ok: true });
  });
});

describe('measuring this computer', () => {
  it('needs consent, and no mining beside it', async () => {
    const desktop = createDesktop();
    expect(desktop.measuring.beginTuning()).toMatchObject({ error: { code: 'consentMissing' } });
    desktop.giveConsent(CONSENT_VERSION);
    desktop.editor.update({ wallet: { address }, pools: [pool] });
    desktop.start();
    expect(desktop.measuring.beginTuning()).toMatchObject({ error: { code: 'miningNow' } });
    await desktop.stop();
    expect(desktop.measuring.beginTuning()).toMatchObject({ ok: true });
    expect(desktop.measuring.tuning.running).not.toBeNull();
    expect(desktop.start()).toMatchObject({ error: { code: 'measuring' } });
    expect(running).toBe(0);
    await desktop.measuring.cancel();
    expect(desktop.start()).toMatchObject({ ok: true });
    await desktop.quit();
  });

  it.each([
    ['compares pages', (desktop: Desktop) => desktop.measuring.comparePages()],
    ['rehearses a fork', (desktop: Desktop) => desktop.measuring.rehearseFork()],
  ])('%s alone: with no mining and no other measurement beside it', async (_, run) => {
    const desktop = createDesktop();
    expect(await run(desktop)).toMatchObject({ error: { code: 'consentMissing' } });
    desktop.giveConsent(CONSENT_VERSION);
    desktop.editor.update({ wallet: { address }, pools: [pool] });
    desktop.start();
    expect(await run(desktop)).toMatchObject({ error: { code: 'miningNow' } });
    await desktop.stop();
    const measured = run(desktop);
    expect(await desktop.measuring.comparePages()).toMatchObject({ error: { code: 'measuring' } });
    expect(await desktop.measuring.rehearseFork()).toMatchObject({ error: { code: 'measuring' } });
    expect(desktop.measuring.beginTuning()).toMatchObject({ error: { code: 'measuring' } });
    expect(desktop.start()).toMatchObject({ error: { code: 'measuring' } });
    await desktop.measuring.cancel();
    expect(await measured).toMatchObject({ error: { code: 'comparingEnded' } });
    expect(desktop.start()).toMatchObject({ ok: true });
    await desktop.quit();
  });

  it('ends with the app', async () => {
    const desktop = readyDesktop();
    desktop.measuring.beginTuning();
    await desktop.quit();
    expect(desktop.measuring.tuning.running).toBeNull();
  });
});

describe('full power', () => {
  const saved = () => new SettingsStore(folder).current.power;
  const full = { profile: 'full', mode: 'auto' } as const;

  it.each<[string, PowerSettings]>([
    ['by name', full],
    ['by as many threads', { profile: 'custom', threads: 8, mode: 'auto' }],
    ['by more threads than pay', { profile: 'custom', threads: 16, mode: 'auto' }],
  ])(
    'chosen %s is tried for 30 s of mining, and taken back with no window to ask',
    (_way, power) => {
      const desktop = readyDesktop();
      desktop.start();
      desktop.editor.update({
        power,
        appearance: { theme: 'dark', language: 'system', tour: true },
      });
      expect(desktop.editor.power).toEqual(power);
      expect(saved().profile).toBe('balanced');
      expect(desktop.settings.appearance.theme).toBe('dark');
      clock.advance(29_000);
      expect(desktop.editor.trial.state).toEqual({ state: 'running', power, remainingMs: 1000 });
      clock.advance(1000);
      expect(desktop.editor.power.profile).toBe('balanced');
      expect(trials).toEqual(['running', 'none']);
      clock.advance(60_000);
      expect(trials).toHaveLength(2);
    },
  );

  it('chosen before Start is tried from Start on', () => {
    const desktop = readyDesktop();
    desktop.editor.update({ power: full });
    clock.advance(60_000);
    expect(desktop.editor.trial.state).toEqual({ state: 'waiting', power: full });
    desktop.start();
    clock.advance(29_000);
    expect(desktop.editor.power).toEqual(full);
    clock.advance(1000);
    expect(desktop.editor.power.profile).toBe('balanced');
    expect(trials).toEqual(['waiting', 'running', 'none']);
  });

  it('is written down when it is kept, and stays; its memory mode is then free to change', () => {
    const desktop = readyDesktop();
    desktop.editor.update({ power: full });
    expect(desktop.editor.keepFullPower().ok).toBe(true);
    clock.advance(60_000);
    expect(saved()).toEqual(full);
    expect(desktop.editor.power).toEqual(full);
    desktop.editor.update({ power: { profile: 'full', mode: 'light' } });
    expect(saved()).toEqual({ profile: 'full', mode: 'light' });
    expect(trials).toEqual(['waiting', 'none']);
  });

  it('cannot be kept once it was taken back', () => {
    const desktop = readyDesktop();
    desktop.editor.update({ power: full });
    desktop.editor.trial.end();
    expect(desktop.editor.power.profile).toBe('balanced');
    expect(desktop.editor.keepFullPower()).toMatchObject({ error: { code: 'noTrial' } });
    expect(saved().profile).toBe('balanced');
  });

  it('gives way to another choice, which its end does not touch', () => {
    const desktop = readyDesktop();
    desktop.start();
    desktop.editor.update({ power: full });
    desktop.editor.update({ power: { profile: 'custom', threads: 7, mode: 'auto' } });
    clock.advance(60_000);
    expect(saved()).toEqual({ profile: 'custom', threads: 7, mode: 'auto' });
    expect(trials).toEqual(['running', 'none']);
  });

  it('gets no more time by being chosen again', () => {
    const desktop = readyDesktop();
    desktop.start();
    desktop.editor.update({ power: full });
    clock.advance(20_000);
    desktop.editor.update({ power: { profile: 'full', mode: 'light' } });
    clock.advance(10_000);
    expect(desktop.editor.power.profile).toBe('balanced');
  });
});

describe('changes of the settings by somebody else', () => {
  const other =
    '888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H';
  const write = (change: Partial<Settings>) =>
    writeFileSync(
      join(folder, 'settings.json'),
      JSON.stringify({ ...new SettingsStore(folder).current, ...change }, null, 1),
    );

  it('take effect on mining within seconds', () => {
    const desktop = readyDesktop();
    desktop.start();
    write({ pools: [{ ...pool, host: 'other.example.com' }] });
    clock.advance(2000);
    expect(desktop.settings.pools[0]?.host).toBe('other.example.com');
    expect(opened).toHaveLength(2);
  });

  it('to the address are told, and never mined for until the user confirms them', () => {
    const desktop = readyDesktop();
    desktop.start();
    write({ wallet: { address: other } });
    clock.advance(2000);
    expect(desktop.editor.addressAlert).toEqual({ confirmed: address, found: other });
    expect(JSON.stringify(log.entries)).toContain('addressReplaced');
    expect(opened).toEqual([address]);
    desktop.editor.update({ wallet: { address: other } });
    expect(desktop.editor.addressAlert).toBeNull();
    expect(opened).toEqual([address, other]);
    expect(createDesktop().editor.addressAlert).toBeNull();
  });

  it('to the address while the app is closed are told at the next launch', async () => {
    await readyDesktop().quit();
    write({ wallet: { address: other } });
    const desktop = createDesktop();
    expect(desktop.editor.addressAlert).toEqual({ confirmed: address, found: other });
    desktop.start();
    expect(opened).toEqual([address]);
  });
});

describe('the HTTP API', () => {
  it('is off, and gets a token of its own when it is first switched on, which it keeps', () => {
    const desktop = readyDesktop();
    expect(desktop.settings.api).toEqual({ enabled: false, port: 8484, token: '' });
    desktop.editor.update({ api: { ...desktop.settings.api, enabled: true } });
    const { token } = desktop.settings.api;
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    desktop.editor.update({ api: { ...desktop.settings.api, port: 9000 } });
    expect(desktop.settings.api.token).toBe(token);
  });
});
