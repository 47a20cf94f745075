import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Desktop } from '../../../electron/desktop/app/desktop.ts';
import { Measurement } from '../../../electron/desktop/app/measurement.ts';
import { LogRing } from '../../../electron/desktop/app/logRing.ts';
import { RunMarker } from '../../../electron/desktop/app/runMarker.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { IdleClock } from '../../../electron/core/rules/idle.ts';
import { SettingsStore } from '../../../electron/core/settings/store.ts';
import { CONSENT_VERSION, type PoolSettings } from '../../../electron/contract/settings.ts';
import { checkAddress } from '../../../electron/core/wallet/address.ts';
import type { WorkSpec } from '../../../electron/core/work/spec.ts';
import type { WorkSource } from '../../../electron/core/work/source.ts';

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

let folder = '';
let clock = new FakeClock();
let onBattery: boolean | null = false;
let idleSeconds = 1;
/** Addresses of the sources that were started, in order, and how many run now. */
let opened: string[] = [];
let running = 0;
/** What the window was told of trials of full power. */
let trials: (number | null)[] = [];
let log = new LogRing(() => undefined);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-desktop-'));
  clock = new FakeClock();
  onBattery = false;
  idleSeconds = 1;
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
function endlessMeasurement(): Measurement {
  return new Measurement({
    measure: (signal) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('aborted'))),
      ),
    known: () => null,
    describeError: (error) => ({ code: 'engine', message: String(error) }),
    onChange: () => undefined,
  });
}

function createDesktop(): Desktop {
  return new Desktop({
    clock,
    keeper: new SettingsStore(folder),
    log,
    marker: new RunMarker(join(folder, 'mining')),
    senses: { isOnBattery: () => onBattery, idle: new IdleClock(() => idleSeconds) },
    checkAddress,
    openSource: (work) => () => silentSource(addressOf(work)),
    openEngine: () => {
      throw new Error('No job, no engine.');
    },
    measurement: endlessMeasurement(),
    onChange: () => undefined,
    onSettings: () => undefined,
    onPowerTrial: ({ remainingMs }) => trials.push(remainingMs),
  });
}

function addressOf(work: WorkSpec): string {
  const [pool] = work.kind === 'pools' ? work.pools : [];
  if (pool === undefined) return 'nobody';
  return pool.kind === 'daemon' ? pool.address : pool.login;
}

function readyDesktop(): Desktop {
  const desktop = createDesktop();
  desktop.giveConsent(CONSENT_VERSION);
  desktop.update({ wallet: { address }, pools: [pool] });
  return desktop;
}

const stateOf = (desktop: Desktop) => desktop.snapshot().session;

describe('before consent and Start', () => {
  it('opens no source and says what is missing, one thing after the other', () => {
    const desktop = createDesktop();
    expect(desktop.start()).toMatchObject({ error: { code: 'needsConsent' } });
    desktop.giveConsent(CONSENT_VERSION);
    expect(desktop.start()).toMatchObject({ error: { code: 'noPool' } });
    desktop.update({ pools: [pool] });
    expect(desktop.start()).toMatchObject({ error: { code: 'noWallet' } });
    desktop.update({ wallet: { address } });
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

describe('Stop', () => {
  it('lasts: no rule, no time and no setting starts again', async () => {
    const desktop = readyDesktop();
    desktop.start();
    await desktop.stop();
    onBattery = true;
    clock.advance(60_000);
    onBattery = false;
    clock.advance(60_000);
    desktop.update({ pools: [{ ...pool, port: 444 }] });
    desktop.resume();
    expect(stateOf(desktop).state).toBe('stopped');
    expect(running).toBe(0);
  });
});

describe('Pause', () => {
  it('returns by itself after the minutes it was given', () => {
    const desktop = readyDesktop();
    desktop.start();
    desktop.pause(15);
    expect(stateOf(desktop)).toMatchObject({ state: 'paused', reasons: ['snooze'] });
    clock.advance(14 * 60_000);
    expect(stateOf(desktop).state).toBe('paused');
    clock.advance(2 * 60_000);
    expect(stateOf(desktop).state).toBe('connecting');
  });

  it('without minutes lasts until Resume', () => {
    const desktop = readyDesktop();
    desktop.start();
    desktop.pause(null);
    clock.advance(24 * 3_600_000);
    expect(stateOf(desktop)).toMatchObject({ state: 'paused', reasons: ['user'] });
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
    expect(stateOf(desktop)).toMatchObject({ state: 'paused', reasons: ['battery'] });
    onBattery = false;
    clock.advance(2000);
    expect(stateOf(desktop).state).toBe('connecting');
  });

  it('hold from the first moment', () => {
    onBattery = true;
    const desktop = readyDesktop();
    desktop.start();
    expect(stateOf(desktop)).toMatchObject({ state: 'paused', reasons: ['battery'] });
  });

  it('mine only when idle, if asked to', () => {
    const desktop = readyDesktop();
    desktop.update({ rules: { ...desktop.settings.rules, onlyWhenIdle: true } });
    desktop.start();
    expect(stateOf(desktop)).toMatchObject({ state: 'paused', reasons: ['inUse'] });
    idleSeconds = 120;
    clock.advance(2000);
    expect(stateOf(desktop).state).toBe('connecting');
  });
});

describe('settings', () => {
  it('a changed address takes effect at once, on a new connection', async () => {
    const desktop = readyDesktop();
    desktop.start();
    const other =
      '888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H';
    expect(desktop.update({ wallet: { address: other } })).toMatchObject({ ok: true });
    expect(opened).toEqual([address, other]);
    await vi.waitFor(() => expect(running).toBe(1));
  });

  it('an address with a wrong character is refused and changes nothing', () => {
    const desktop = readyDesktop();
    const wrong = `${address.slice(0, -1)}B`;
    expect(desktop.update({ wallet: { address: wrong } })).toMatchObject({
      error: { code: 'badAddress' },
    });
    expect(desktop.settings.wallet?.address).toBe(address);
  });

  it('mining ends when its last pool is taken away, and says why', async () => {
    const desktop = readyDesktop();
    desktop.start();
    desktop.update({ pools: [] });
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
    first.update({ rules: { ...first.settings.rules, startAtLaunch: true } });
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

  it('starts nothing by itself after an unclean one, and says so; the user still can', async () => {
    const desktop = await launchWithRule(() => Promise.resolve());
    expect(stateOf(desktop)).toMatchObject({ problem: { code: 'uncleanExit' } });
    expect(log.entries.at(-1)?.text).toContain('did not end properly');
    expect(desktop.start()).toMatchObject({ ok: true });
  });
});

describe('measuring this computer', () => {
  it('needs consent, and no mining beside it', async () => {
    const desktop = createDesktop();
    expect(desktop.beginTuning()).toMatchObject({ error: { code: 'needsConsent' } });
    desktop.giveConsent(CONSENT_VERSION);
    desktop.update({ wallet: { address }, pools: [pool] });
    desktop.start();
    expect(desktop.beginTuning()).toMatchObject({ error: { code: 'mining' } });
    await desktop.stop();
    expect(desktop.beginTuning()).toMatchObject({ ok: true });
    expect(desktop.tuning.running).not.toBeNull();
    expect(desktop.start()).toMatchObject({ error: { code: 'measuring' } });
    expect(running).toBe(0);
    await desktop.cancelTuning();
    expect(desktop.start()).toMatchObject({ ok: true });
    await desktop.quit();
  });

  it('ends with the app', async () => {
    const desktop = readyDesktop();
    desktop.beginTuning();
    await desktop.quit();
    expect(desktop.tuning.running).toBeNull();
  });
});

describe('full power', () => {
  const savedProfile = () => new SettingsStore(folder).current.power.profile;

  it('is tried for 30 s without being written down, and taken back with no window to ask', () => {
    const desktop = readyDesktop();
    desktop.tryFullPower();
    expect(desktop.power.profile).toBe('full');
    expect(savedProfile()).toBe('balanced');
    clock.advance(29_000);
    expect(desktop.powerTrial.remainingMs).toBe(1000);
    clock.advance(1000);
    expect(desktop.power.profile).toBe('balanced');
    expect(trials).toEqual([30_000, null]);
    clock.advance(60_000);
    expect(trials).toHaveLength(2);
  });

  it('is written down when it is kept, and stays', () => {
    const desktop = readyDesktop();
    desktop.tryFullPower();
    expect(desktop.keepFullPower().ok).toBe(true);
    clock.advance(60_000);
    expect(savedProfile()).toBe('full');
    expect(desktop.power.profile).toBe('full');
    expect(trials).toEqual([30_000, null]);
  });

  it('cannot be kept once it was taken back', () => {
    const desktop = readyDesktop();
    desktop.tryFullPower();
    desktop.revertFullPower();
    expect(desktop.power.profile).toBe('balanced');
    expect(desktop.keepFullPower()).toMatchObject({ error: { code: 'noTrial' } });
    expect(savedProfile()).toBe('balanced');
  });

  it('gives way to another choice, which its end does not touch', () => {
    const desktop = readyDesktop();
    desktop.tryFullPower();
    desktop.update({ power: { ...desktop.settings.power, profile: 'quiet' } });
    clock.advance(60_000);
    expect(desktop.power.profile).toBe('quiet');
    expect(trials).toEqual([30_000, null]);
  });

  it('goes on while something else is changed', () => {
    const desktop = readyDesktop();
    desktop.tryFullPower();
    desktop.update({ appearance: { theme: 'dark' } });
    expect(desktop.power.profile).toBe('full');
    expect(savedProfile()).toBe('balanced');
  });
});

describe('the HTTP API', () => {
  it('is off, and gets a token of its own when it is first switched on, which it keeps', () => {
    const desktop = readyDesktop();
    expect(desktop.settings.api).toEqual({ enabled: false, port: 8484, token: '' });
    desktop.update({ api: { ...desktop.settings.api, enabled: true } });
    const { token } = desktop.settings.api;
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    desktop.update({ api: { ...desktop.settings.api, port: 9000 } });
    expect(desktop.settings.api.token).toBe(token);
  });
});
