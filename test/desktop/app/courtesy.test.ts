import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  CONSENT_VERSION,
  defaultSettings,
  type Settings,
} from '../../../electron/contract/settings.ts';
import { weeks } from '../../../electron/contract/schedule.ts';
import type { PauseReason } from '../../../electron/contract/snapshot.ts';
import type { Engine } from '../../../electron/core/engine/engine.ts';
import { engineProblem } from '../../../electron/core/engine/problem.ts';
import { SettingsStore } from '../../../electron/core/settings/store.ts';
import { checkAddress } from '../../../electron/core/wallet/address.ts';
import type { SourceListener, WorkSource } from '../../../electron/core/work/source.ts';
import { Desktop } from '../../../electron/desktop/app/desktop.ts';
import { LogRing } from '../../../electron/desktop/app/logRing.ts';
import { TuningMeasurement } from '../../../electron/desktop/app/measuring/tuning.ts';
import { OnDemand } from '../../../electron/desktop/app/measuring/onDemand.ts';
import { MachineUse } from '../../../electron/desktop/app/machineUse.ts';
import { MoneyFacts } from '../../../electron/core/money/moneyFacts.ts';
import { RunMarker } from '../../../electron/desktop/app/runMarker.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { easyJob } from '../../support/session.ts';

type Rules = Settings['rules'];

/** How the computer is used, and what the user has last done: all that decides whether it may mine. */
interface Situation {
  isOnBattery: boolean;
  charge: number;
  isIdle: boolean;
  isLocked: boolean;
  isGameRunning: boolean;
  isFullScreen: boolean;
  isMetered: boolean;
  isHot: boolean;
  isWarm: boolean;
  watts: number | null;
  isStarted: boolean;
  own: 'user' | { readonly snoozedUntilMs: number } | null;
}

/** Longer than any rule takes to notice that it holds, or no longer does. */
const SETTLE_MS = 90_000;
const MINUTE_MS = 60_000;

/** The desktop on a clock and a computer that a test owns, with a pool that has work and an engine that only notes. */
class Run {
  readonly clock = new FakeClock();
  readonly situation: Situation = {
    ...{ isOnBattery: false, charge: 60, isIdle: false, isLocked: false, isGameRunning: false },
    ...{ isFullScreen: false, isMetered: false },
    ...{ watts: null, isWarm: false, isHot: false, isStarted: false, own: null },
  };
  readonly desktop: Desktop;
  readonly #folder = mkdtempSync(join(tmpdir(), 'ibctminer-courtesy-'));
  isHashing = false;
  /** What the engine was last told. */
  atMost: number | undefined;

  constructor() {
    const { clock, situation } = this;
    const log = new LogRing(() => undefined);
    const sensors = { read: () => ({ watts: situation.watts, celsius: null }) };
    this.desktop = new Desktop({
      clock,
      keeper: new SettingsStore(this.#folder),
      log,
      marker: new RunMarker(join(this.#folder, 'mining')),
      history: { append: () => undefined },
      use: new MachineUse(
        clock,
        {
          battery: () => ({ isInUse: situation.isOnBattery, percent: situation.charge }),
          idleSeconds: () => (situation.isIdle ? 3600 : 1),
          energy: () => [],
          powerLimitWatts: () => null,
          celsius: () => (situation.isHot ? 95 : situation.isWarm ? 83 : 40),
          isLocked: () => situation.isLocked,
          isFullScreen: () => situation.isFullScreen,
          isMetered: () => situation.isMetered,
          runningPrograms: () => (situation.isGameRunning ? ['bash', 'game'] : ['bash']),
        },
        sensors,
      ),
      sensors,
      money: new MoneyFacts(() => null),
      isFullPower: () => false,
      checkAddress,
      openSource: () => (listener) => busySource(listener),
      openEngine: () => this.#engine(),
      measurements: {
        pages: new OnDemand(() => Promise.reject(new Error('not measured'))),
        fork: new OnDemand(() => Promise.reject(new Error('not rehearsed'))),
        tuning: new TuningMeasurement({
          ...{ measure: () => Promise.reject(new Error('not here')), known: () => null },
          ...{ describeError: engineProblem, onChange: () => undefined },
        }),
      },
      ...{ onChange: () => undefined, onSettings: () => undefined },
      onPowerTrial: () => undefined,
    });
    this.desktop.giveConsent(CONSENT_VERSION);
    this.desktop.editor.update({ work: 'practice' });
  }

  #engine(): Engine {
    this.isHashing = true;
    const note = (isHashing: boolean) => () => {
      this.isHashing = isHashing;
      return Promise.resolve();
    };
    return {
      cpus: [0, 1, 2, 3],
      learning: null,
      follow: ({ held }) => void (this.atMost = held?.atMost),
      setJob: () => undefined,
      ...{ pause: () => void note(false)(), resume: () => void note(true)(), stop: note(false) },
    };
  }

  /** Which rules forbid mining now, and the user's own pause, worked out from nothing but the situation. */
  get reasons(): PauseReason[] {
    const { clock, situation } = this;
    const { rules } = this.desktop.settings;
    const { isOnBattery, charge, isIdle, isLocked, isGameRunning, isHot, own } = situation;
    const local = new Date(clock.wallMs());
    const hour = rules.schedule.week[(local.getDay() + 6) % 7]?.[local.getHours()];
    const isBelow = rules.batteryBelowPercent === 100 || charge < rules.batteryBelowPercent;
    const isSnoozed = own !== null && own !== 'user' && own.snoozedUntilMs > clock.throughSleepMs();
    const held: readonly (readonly [PauseReason, boolean])[] = [
      ['user', own === 'user'],
      ['snooze', isSnoozed],
      ['battery', rules.pauseOnBattery && isOnBattery && isBelow],
      ['inUse', rules.onlyWhenIdle && !isIdle && !isLocked],
      ['listedProcess', rules.listedPrograms.includes('game') && isGameRunning],
      ['fullScreen', rules.pauseOnFullScreen && situation.isFullScreen],
      ['metered', rules.pauseOnMetered && situation.isMetered],
      ['heat', rules.heat.enabled && isHot],
      ['schedule', rules.schedule.enabled && hour === '0'],
    ];
    return held.filter(([, holds]) => holds).map(([reason]) => reason);
  }

  check(): void {
    const { session } = this.desktop.snapshot();
    expect(this.desktop.isHashing).toBe(this.isHashing);
    if (!this.situation.isStarted) {
      expect(session.state).toBe('stopped');
      expect(this.isHashing).toBe(false);
      return;
    }
    const { reasons } = this;
    const pauses = session.state === 'paused' ? session.pauses : [];
    // Each reason once, and no other.
    expect(pauses.map(({ reason }) => reason).sort()).toEqual([...reasons].sort());
    expect(this.isHashing).toBe(reasons.length === 0);
    const nowMs = this.clock.wallMs();
    for (const { reason, end } of pauses) {
      if (reason === 'snooze' && typeof this.situation.own === 'object') {
        const leftMs = (this.situation.own?.snoozedUntilMs ?? 0) - this.clock.throughSleepMs();
        expect(end).toEqual({ remainingMs: leftMs, atMs: nowMs + leftMs });
      } else if (reason === 'schedule') expect(end?.atMs).toBeGreaterThan(nowMs);
      else expect(end).toBeUndefined();
    }
  }

  async end(): Promise<void> {
    await this.desktop.quit();
    expect(this.isHashing).toBe(false);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function busySource(listener: SourceListener): WorkSource {
  const endpoint = { kind: 'practice', host: 'here', port: 0, tls: false } as const;
  return {
    endpoint,
    start: () => {
      for (const event of [
        { type: 'connecting', endpoint },
        { type: 'connected', endpoint },
        { type: 'loggedIn' },
        { type: 'job', job: easyJob(1) },
      ] as const)
        listener(event);
    },
    ...{ submit: () => undefined, wake: () => undefined, stop: () => undefined },
    leave: () => Promise.resolve(),
  };
}

interface Event {
  readonly name: string;
  readonly happen: (run: Run) => void | Promise<void>;
}

const situationEvents: fc.Arbitrary<Event> = fc
  .record({
    fact: fc.constantFrom(
      ...(['isOnBattery', 'isIdle', 'isLocked', 'isGameRunning', 'isHot'] as const),
      ...(['isFullScreen', 'isMetered'] as const),
    ),
    holds: fc.boolean(),
  })
  .map(({ fact, holds }) => ({
    name: `${fact}: ${String(holds)}`,
    happen: ({ situation }) => void (situation[fact] = holds),
  }));

const chargeEvents: fc.Arbitrary<Event> = fc.integer({ min: 1, max: 100 }).map((charge) => ({
  name: `charge ${String(charge)}`,
  happen: ({ situation }) => void (situation.charge = charge),
}));

const ruleEvents: fc.Arbitrary<Event> = fc
  .oneof(
    fc.record<Partial<Rules>>({ pauseOnBattery: fc.boolean() }),
    fc.record<Partial<Rules>>({ batteryBelowPercent: fc.constantFrom(100, 50) }),
    fc.record<Partial<Rules>>({ onlyWhenIdle: fc.boolean() }),
    fc.record<Partial<Rules>>({
      heat: fc.record({ enabled: fc.boolean(), maxCelsius: fc.constant(80) }),
    }),
    fc.record<Partial<Rules>>({ pauseOnFullScreen: fc.boolean() }),
    fc.record<Partial<Rules>>({ pauseOnMetered: fc.boolean() }),
    fc.record<Partial<Rules>>({ listedPrograms: fc.constantFrom([], ['game']) }),
    fc.record<Partial<Rules>>({
      schedule: fc.record({
        enabled: fc.boolean(),
        week: fc.constantFrom(weeks.nights, weeks.weekends, weeks.nightsAndWeekends),
        cheapest: fc.constant({ enabled: false, hours: 3 }),
      }),
    }),
  )
  .map((change) => ({
    name: JSON.stringify(change),
    happen: ({ desktop }) =>
      void desktop.editor.update({ rules: { ...desktop.settings.rules, ...change } }),
  }));

const timeEvents: fc.Arbitrary<Event> = fc
  .record({
    kind: fc.constantFrom('pass', 'sleep', 'set'),
    minutes: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 3000 })),
  })
  .map(({ kind, minutes }) => ({
    name: `${kind} ${String(minutes)} min`,
    happen: ({ clock, desktop }) => {
      if (kind === 'pass') clock.advance(Math.min(minutes, 300) * MINUTE_MS);
      else if (kind === 'set') clock.setWallBy((minutes - 1500) * MINUTE_MS);
      else {
        clock.sleep(minutes * MINUTE_MS);
        // Some systems tell it twice.
        desktop.wake();
        desktop.wake();
      }
    },
  }));

const userEvents = fc.constantFrom<Event>(
  {
    name: 'start',
    happen: ({ desktop, situation }) => {
      desktop.start();
      Object.assign(situation, { isStarted: true, own: null });
    },
  },
  {
    name: 'stop',
    happen: async ({ desktop, situation }) => {
      await desktop.stop();
      situation.isStarted = false;
    },
  },
  ...[15, 60, null].map((minutes) => ({
    name: `pause ${String(minutes)}`,
    happen: ({ desktop, situation, clock }: Run) => {
      desktop.pause(minutes);
      if (!situation.isStarted) return;
      situation.own =
        minutes === null
          ? 'user'
          : { snoozedUntilMs: clock.throughSleepMs() + minutes * MINUTE_MS };
    },
  })),
  {
    name: 'resume',
    happen: ({ desktop, situation }) => {
      desktop.resume();
      situation.own = null;
    },
  },
);

const anyEvent = fc.oneof(
  { weight: 3, arbitrary: userEvents },
  { weight: 2, arbitrary: situationEvents },
  { weight: 1, arbitrary: chargeEvents },
  { weight: 2, arbitrary: ruleEvents },
  { weight: 2, arbitrary: timeEvents },
);

it('Stop, pauses and rules never contradict each other, in whatever order things happen', async () => {
  expect(defaultSettings().rules.pauseOnBattery).toBe(true);
  await fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { minLength: 5, maxLength: 40 }), async (events) => {
      const run = new Run();
      const names: string[] = [];
      try {
        for (const { name, happen } of events) {
          names.push(name);
          await happen(run);
          // Stop, and a pause of the user, are not waited for.
          if (/^(stop|pause)/.test(name)) expect(run.isHashing).toBe(false);
          run.clock.advance(SETTLE_MS);
          run.check();
        }
      } catch (error) {
        throw new Error(names.join(', '), { cause: error });
      } finally {
        await run.end();
      }
    }),
    { numRuns: 25 },
  );
});

it('a warm CPU gets fewer threads and goes on, and the snapshot says how many', async () => {
  const run = new Run();
  const { rules } = run.desktop.settings;
  run.desktop.editor.update({ rules: { ...rules, heat: { enabled: true, maxCelsius: 80 } } });
  run.desktop.start();
  run.situation.isWarm = true;
  run.clock.advance(SETTLE_MS);
  expect(run.atMost).toBe(3);
  expect(run.desktop.snapshot().threadsHeld).toEqual({ atMost: 3, by: 'heat' });
  expect(run.isHashing).toBe(true);
  run.desktop.editor.update({ rules: { ...rules, heat: { enabled: false, maxCelsius: 80 } } });
  expect(run.atMost).toBeUndefined();
  await run.end();
});

it('watts above the limit get fewer threads, never none, and the stricter of two rules is told', async () => {
  const run = new Run();
  const { rules } = run.desktop.settings;
  run.desktop.editor.update({ rules: { ...rules, watts: { enabled: true, maxWatts: 45 } } });
  run.desktop.start();
  run.situation.watts = 60;
  run.clock.advance(SETTLE_MS);
  expect(run.desktop.snapshot().threadsHeld).toEqual({ atMost: 3, by: 'watts' });
  expect(run.isHashing).toBe(true);
  run.desktop.editor.update({ rules: { ...rules, watts: { enabled: false, maxWatts: 45 } } });
  expect(run.atMost).toBeUndefined();
  await run.end();
});
