import { randomBytes } from 'node:crypto';
import { LEAST_TOKEN_LENGTH } from '../../core/api/server.ts';
import type { EngineOpener } from '../../core/engine/engine.ts';
import type { Clock } from '../../core/clock.ts';
import { pausesOnBattery } from '../../core/rules/battery.ts';
import { pausesWhileInUse, type IdleClock } from '../../core/rules/idle.ts';
import { Session, type SessionEvent } from '../../core/mining/session.ts';
import { takeSnapshot } from '../../core/mining/snapshot.ts';
import type { SourceOpener } from '../../core/work/source.ts';
import type { WorkSpec } from '../../core/work/spec.ts';
import { problem } from '../../contract/problem.ts';
import type { AddressReport, SettingsPatch, PowerTrialState } from '../../contract/ipc.ts';
import { failure, refused, success, type Result } from '../../contract/result.ts';
import { CONSENT_VERSION, defaultSettings, type Settings } from '../../contract/settings.ts';
import type { Standstill } from '../../core/mining/permission.ts';
import type { PauseReason, Problem, Snapshot } from '../../contract/snapshot.ts';
import type { TuningState } from '../../contract/tuning.ts';
import { describeEvent } from './describeEvent.ts';
import { planOf } from './planOf.ts';
import type { LogRing } from './logRing.ts';
import type { Measurement } from './measurement.ts';
import { PowerTrial } from './powerTrial.ts';
import { isConsentGiven, whatIsMissing } from './readiness.ts';
import type { RunMarker } from './runMarker.ts';

/** Where the settings are kept (settings/). */
export interface SettingsKeeper {
  readonly current: Settings;
  /** Writes the whole document atomically; a problem when the disk refuses. */
  save(settings: Settings): Problem | null;
}

/** What the machine tells about its use. `isOnBattery` null: it does not tell. */
export interface MachineSenses {
  readonly isOnBattery: () => boolean | null;
  readonly idle: IdleClock;
}

export interface DesktopOptions {
  readonly clock: Clock;
  readonly keeper: SettingsKeeper;
  readonly log: LogRing;
  readonly marker: RunMarker;
  readonly senses: MachineSenses;
  readonly checkAddress: (text: string) => AddressReport;
  readonly openSource: (spec: WorkSpec) => SourceOpener;
  readonly openEngine: EngineOpener;
  readonly measurement: Measurement;
  /** The shown state changed, or a share's fate is known. */
  readonly onChange: () => void;
  readonly onSettings: (settings: Settings) => void;
  /** A trial of full power began or ended. */
  readonly onPowerTrial: (state: PowerTrialState) => void;
}

const SENSE_EVERY_MS = 2000;
const MINUTE_MS = 60_000;

/**
 * The desktop app without its window: joins settings, session and rules, and carries out what the user asks
 * for in window or tray. Nothing hashes and no pool is spoken to before consent and Start.
 */
export class Desktop {
  readonly #options: DesktopOptions;
  readonly #session: Session;
  readonly #stopSensing: () => void;
  readonly #trial: PowerTrial;

  constructor(options: DesktopOptions) {
    this.#options = options;
    this.#trial = new PowerTrial(options.clock, () => this.#onTrialExpired());
    this.#session = new Session({
      clock: options.clock,
      listener: (event) => this.#onEvent(event),
      openSource: options.openSource,
      openEngine: options.openEngine,
      standstill: this.#standstill(),
    });
    this.#follow();
    this.#stopSensing = options.clock.every(SENSE_EVERY_MS, () => this.#applyRules());
  }

  get settings(): Settings {
    return this.#options.keeper.current;
  }

  /** What the engine is to use: the settings' power, or full power while that is tried. */
  get power(): Settings['power'] {
    const { power } = this.settings;
    return this.#trial.remainingMs === null ? power : { ...power, profile: 'full' };
  }

  get powerTrial(): PowerTrialState {
    return { remainingMs: this.#trial.remainingMs };
  }

  get isMining(): boolean {
    const { state } = this.#session.state;
    return state !== 'stopped' && state !== 'needsConsent' && state !== 'failed';
  }

  snapshot(): Snapshot {
    return takeSnapshot(this.#session);
  }

  get tuning(): TuningState {
    return this.#options.measurement.state();
  }

  /* Mining */

  /** At launch: only when the user asked for it, and never after an unclean exit. */
  startAtLaunch(): void {
    const { log, marker } = this.#options;
    if (!this.settings.rules.startAtLaunch) return;
    if (marker.wasLeftBehind) {
      log.add('warn', 'Not started by itself: Ibctminer did not end properly last time.');
      return;
    }
    this.#start('automatic');
  }

  start(): Result<undefined> {
    return this.#start('user');
  }

  #start(by: 'user' | 'automatic'): Result<undefined> {
    const missing = whatIsMissing(this.settings);
    if (missing !== null) return refused(missing);
    if (this.#options.measurement.isRunning) {
      return failure(
        'measuring',
        'This computer is being measured: wait for it to end, or cancel it in the settings.',
      );
    }
    this.#options.marker.set();
    this.#applyRules();
    if (!this.#session.start(by)) {
      this.#options.marker.clear();
      return failure('notStarted', 'Mining could not be started; press Start again.');
    }
    return success(undefined);
  }

  /** Takes effect at once and lasts until the next Start. Resolves when no thread is left. */
  async stop(): Promise<void> {
    await this.#session.stop();
    this.#options.marker.clear();
  }

  /** `minutes` null: until resumed. */
  pause(minutes: number | null): void {
    if (!this.isMining) return;
    const session = this.#session;
    if (minutes === null) session.pause('user');
    else session.pause('snooze', minutes * MINUTE_MS);
  }

  resume(): void {
    this.#session.resume('user');
    this.#session.resume('snooze');
  }

  /** Ends everything for good; resolves when no thread, socket or timer is left. */
  async quit(): Promise<void> {
    this.#stopSensing();
    this.#trial.end();
    await this.cancelTuning();
    await this.stop();
  }

  /** The system ends the session: no crash, whatever happens next. */
  noteCleanEnd(): void {
    this.#options.marker.clear();
  }

  /* Measuring */

  /** Hashes for about a minute to find what this computer is fastest with; nothing is sent. */
  beginTuning(): Result<undefined> {
    if (!isConsentGiven(this.settings)) {
      return failure('needsConsent', 'Agree to mine on this computer first.');
    }
    if (this.isMining) {
      return failure('mining', 'Stop mining first: what else hashes would spoil the figures.');
    }
    this.#options.measurement.begin();
    return success(undefined);
  }

  /** Resolves when no thread of the measurement is left. */
  cancelTuning(): Promise<void> {
    return this.#options.measurement.cancel();
  }

  /* Settings */

  giveConsent(version: number): Result<Settings> {
    if (version !== CONSENT_VERSION) {
      return failure('oldConsent', 'The text has changed: read it again before you agree.');
    }
    const consent = { version, givenAtMs: this.#options.clock.wallMs() };
    const saved = this.#save({ ...this.settings, consent });
    if (saved.ok) this.#session.giveConsent();
    return saved;
  }

  update(patch: SettingsPatch): Result<Settings> {
    if (patch.wallet) {
      const report = this.#options.checkAddress(patch.wallet.address);
      if (!report.valid) return failure('badAddress', report.message);
      const address = report.address ?? patch.wallet.address;
      patch = { ...patch, wallet: { ...patch.wallet, address } };
    }
    const saved = this.#save(withApiToken({ ...this.settings, ...definedOnly(patch) }));
    if (!saved.ok) return saved;
    // Whoever chooses a power has decided: the trial's end must not look as if it took that back.
    if (patch.power !== undefined) this.#endTrial();
    this.#apply();
    return saved;
  }

  /** Uses full power for a while, without writing it down. */
  tryFullPower(): void {
    if (this.power.profile === 'full') return;
    this.#trial.begin();
    this.#options.onPowerTrial(this.powerTrial);
    this.#apply();
  }

  /** Writes down the full power that is being tried. On a problem the trial goes on, and ends by itself. */
  keepFullPower(): Result<undefined> {
    if (this.#trial.remainingMs === null) {
      return failure('noTrial', 'Full power was already taken back: try it again to keep it.');
    }
    const saved = this.update({ power: this.power });
    return saved.ok ? success(undefined) : saved;
  }

  revertFullPower(): void {
    if (this.#endTrial()) this.#apply();
  }

  /** Everything but the consent goes back to what a fresh profile starts with. */
  async reset(): Promise<Result<Settings>> {
    await this.cancelTuning();
    await this.stop();
    this.#endTrial();
    const saved = this.#save({ ...defaultSettings(), consent: this.settings.consent });
    this.#follow();
    return saved;
  }

  #save(settings: Settings): Result<Settings> {
    const problem = this.#options.keeper.save(settings);
    if (problem !== null) {
      this.#options.log.add('error', problem.message);
      return refused(problem);
    }
    this.#options.onSettings(this.settings);
    return success(this.settings);
  }

  #onTrialExpired(): void {
    this.#options.log.add('info', 'Full power was not kept: back to the earlier setting.');
    this.#options.onPowerTrial(this.powerTrial);
    this.#apply();
  }

  /** False when none was under way. */
  #endTrial(): boolean {
    if (this.#trial.remainingMs === null) return false;
    this.#trial.end();
    this.#options.onPowerTrial(this.powerTrial);
    return true;
  }

  /** Makes changed settings take effect on mining that is switched on. */
  #apply(): void {
    this.#applyRules();
    this.#follow();
  }

  #follow(): void {
    const plan = planOf({ ...this.settings, power: this.power });
    const consent = { version: CONSENT_VERSION, givenAtMs: 0 };
    const missing = whatIsMissing({ ...this.settings, consent });
    this.#session.follow(plan, missing === null ? [] : [missing]);
  }

  /** Why nothing is mined when the app opens. */
  #standstill(): Standstill {
    if (!isConsentGiven(this.settings)) return { state: 'consentMissing' };
    return this.#options.marker.wasLeftBehind
      ? { state: 'stoppedByFault', problem: problem('uncleanExit') }
      : { state: 'notStartedYet' };
  }

  /* Rules */

  #applyRules(): void {
    const { rules } = this.settings;
    const { senses } = this.#options;
    this.#hold('battery', pausesOnBattery(rules.pauseOnBattery, senses.isOnBattery()));
    this.#hold(
      'inUse',
      pausesWhileInUse(rules.onlyWhenIdle, senses.idle.seconds(), rules.idleAfterSeconds),
    );
  }

  #hold(reason: PauseReason, holds: boolean): void {
    if (holds) this.#session.pause(reason);
    else this.#session.resume(reason);
  }

  #onEvent(event: SessionEvent): void {
    const line = describeEvent(event);
    if (line !== null) this.#options.log.add(line.level, line.text);
    this.#options.onChange();
  }
}

/** The API is never open to whoever guesses: it gets a token as soon as it is switched on. */
function withApiToken(settings: Settings): Settings {
  const { api } = settings;
  if (!api.enabled || api.token.length >= LEAST_TOKEN_LENGTH) return settings;
  return { ...settings, api: { ...api, token: randomBytes(16).toString('hex') } };
}

/** A key that is present but undefined must not erase a setting. */
function definedOnly(patch: SettingsPatch): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
