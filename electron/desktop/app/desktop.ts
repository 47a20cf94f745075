import type { LogLine, StateLine } from '../../contract/logLine.ts';
import type { Clock } from '../../core/clock.ts';
import type { EngineOpener } from '../../core/engine/engine.ts';
import { HistoryRecorder, type HistoryKeeper } from '../../core/history/recorder.ts';
import { Session, type SessionEvent } from '../../core/mining/session.ts';
import { logLineOf } from '../../core/mining/logLine.ts';
import { takeSnapshot } from '../../core/mining/snapshot.ts';
import type { AddressAlert } from '../../core/settings/store.ts';
import type { SourceOpener } from '../../core/work/source.ts';
import type { WorkSpec } from '../../core/work/spec.ts';
import type { AddressReport, PowerTrialState, SettingsPatch } from '../../contract/ipc.ts';
import { problem, type Problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import {
  CONSENT_VERSION,
  defaultSettings,
  type PowerSettings,
  type Settings,
} from '../../contract/settings.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import type { TuningState } from '../../contract/tuning.ts';
import { withApiToken } from './apiToken.ts';
import type { LogRing } from './logRing.ts';
import type { Measurement } from './measurement.ts';
import { planOf } from './planOf.ts';
import { PowerTrial } from './powerTrial.ts';
import { isConsentGiven, standstillAtLaunch, whatIsMissing } from './readiness.ts';
import { heldBy, type MachineUse } from './rules.ts';
import type { RunMarker } from './runMarker.ts';

/** Where the settings are kept (core/settings/store.ts). */
export interface SettingsKeeper {
  readonly current: Settings;
  readonly addressAlert: AddressAlert | null;
  /** Writes the whole document; a problem when the disk refuses. */
  save(settings: Settings): Problem | null;
  confirmAddress(address: string | null): void;
  /** True when somebody else has changed anything. */
  takeOutsideChanges(): boolean;
}

export interface DesktopOptions {
  readonly clock: Clock;
  readonly keeper: SettingsKeeper;
  readonly log: LogRing;
  readonly marker: RunMarker;
  /** Takes what was mined, minute by minute (core/history/store.ts). */
  readonly history: HistoryKeeper;
  readonly use: MachineUse;
  readonly checkAddress: (text: string) => AddressReport;
  readonly isFullPower: (power: PowerSettings) => boolean;
  readonly openSource: (spec: WorkSpec) => SourceOpener;
  readonly openEngine: EngineOpener;
  readonly measurement: Measurement;
  /** The shown state changed, or a share's fate is known. */
  readonly onChange: () => void;
  /** They, or the alert about their address, changed. */
  readonly onSettings: (settings: Settings) => void;
  /** A trial of full power began or ended. */
  readonly onPowerTrial: (state: PowerTrialState) => void;
}

const LOOK_EVERY_MS = 2000;
const MINUTE_MS = 60_000;

/**
 * The desktop app without its window: joins settings, session and rules, and carries out what the user asks
 * for in window or tray. Nothing hashes and no pool is spoken to before consent and Start.
 */
export class Desktop {
  readonly #options: DesktopOptions;
  readonly #session: Session;
  readonly #recorder: HistoryRecorder;
  readonly #stopLooking: () => void;
  readonly #trial: PowerTrial;
  #isOver = false;

  constructor(options: DesktopOptions) {
    this.#options = options;
    this.#trial = new PowerTrial({
      clock: options.clock,
      isFullPower: options.isFullPower,
      onChange: options.onPowerTrial,
      onExpired: () => {
        options.log.add({ level: 'info', key: 'fullPowerNotKept', values: {} });
        this.#apply();
      },
    });
    this.#session = new Session({
      clock: options.clock,
      listener: (event) => this.#onEvent(event),
      openSource: options.openSource,
      openEngine: options.openEngine,
      onLeft: (link) => this.#recorder.take(link),
      standstill: standstillAtLaunch(this.settings, options.marker.wasLeftBehind),
    });
    this.#recorder = new HistoryRecorder(options.clock, this.#session, options.history);
    this.#apply();
    this.#stopLooking = options.clock.every(LOOK_EVERY_MS, () => this.#look());
  }

  get settings(): Settings {
    return this.#options.keeper.current;
  }

  get addressAlert(): AddressAlert | null {
    return this.#options.keeper.addressAlert;
  }

  /** What the engine is to use: the settings' power, or the full power that is tried. */
  get power(): PowerSettings {
    return this.#trial.power ?? this.settings.power;
  }

  get powerTrial(): PowerTrialState {
    return this.#trial.state;
  }

  get isMining(): boolean {
    const { state } = this.#session.state;
    return state !== 'stopped' && state !== 'needsConsent' && state !== 'failed';
  }

  /** Worth waiting for before the app ends. */
  get isBlockUnderWay(): boolean {
    return this.#session.isBlockUnderWay;
  }

  snapshot(): Snapshot {
    return takeSnapshot(this.#session);
  }

  get tuning(): TuningState {
    return this.#options.measurement.state();
  }

  /* Mining */

  /** At launch: only when the user asked for it; never after his Stop, and never after an unclean exit. */
  startAtLaunch(): void {
    const { log, marker } = this.#options;
    if (!this.settings.rules.startAtLaunch) return;
    if (this.settings.stoppedByUser) {
      log.add({ level: 'info', key: 'notStartedAfterStop', values: {} });
    } else if (marker.wasLeftBehind) {
      log.add({ level: 'warn', key: 'notStartedAfterCrash', values: {} });
    } else this.#start('automatic');
  }

  /** Ends the lasting of an earlier Stop. */
  start(): Result<undefined> {
    const started = this.#start('user');
    if (started.ok) this.#remember({ stoppedByUser: false });
    return started;
  }

  #start(by: 'user' | 'automatic'): Result<undefined> {
    const [missing] = this.#session.missing;
    if (missing !== undefined) return refused(missing);
    // The window may still be there while a node takes the last block.
    if (this.#isOver) return refused(problem('notStarted'));
    if (this.#options.measurement.isRunning) return refused(problem('measuring'));
    this.#tell(this.#options.marker.set());
    this.#applyRules();
    if (!this.#session.start(by)) {
      this.#tell(this.#options.marker.clear());
      return refused(problem('notStarted'));
    }
    this.#trial.run();
    return success(undefined);
  }

  /** The user's Stop: at once, until the next Start, over a restart too. Resolves when no thread is left. */
  async stop(): Promise<void> {
    if (this.isMining) this.#remember({ stoppedByUser: true });
    await this.#end();
  }

  /** Something went wrong inside the app. Resolves when no thread is left. */
  async fail(reason: string): Promise<void> {
    this.#options.log.add({ level: 'error', key: 'stoppedByFault', values: { reason } });
    await this.#session.fail(problem('internal', { reason }), 'openLogs');
    this.#tell(this.#options.marker.clear());
  }

  async #end(): Promise<void> {
    await this.#session.stop();
    this.#tell(this.#options.marker.clear());
  }

  /** `minutes` null: until resumed. */
  pause(minutes: number | null): void {
    if (!this.isMining) return;
    if (minutes === null) this.#session.pause('user');
    else this.#session.pause('snooze', minutes * MINUTE_MS);
  }

  resume(): void {
    this.#session.resume('user');
    this.#session.resume('snooze');
  }

  /** The computer was asleep, or its network changed: connections are made anew at once. */
  wake(): void {
    this.#session.wake();
  }

  /** Ends everything for good, and is no Stop; resolves when no thread, socket or timer is left. */
  async quit(): Promise<void> {
    this.#isOver = true;
    this.#stopLooking();
    this.#trial.end();
    await this.cancelTuning();
    await this.#end();
    this.#recorder.end();
  }

  /** The system ends the session: no crash, whatever happens next. */
  noteCleanEnd(): void {
    this.#recorder.flush();
    this.#tell(this.#options.marker.clear());
  }

  /* Measuring */

  /** Hashes for about a minute to find what this computer is fastest with; nothing is sent. */
  beginTuning(): Result<undefined> {
    if (!isConsentGiven(this.settings)) return refused(problem('consentMissing'));
    if (this.isMining) return refused(problem('miningNow'));
    this.#options.measurement.begin();
    return success(undefined);
  }

  /** Resolves when no thread of the measurement is left. */
  cancelTuning(): Promise<void> {
    return this.#options.measurement.cancel();
  }

  /* Settings */

  giveConsent(version: number): Result<Settings> {
    if (version !== CONSENT_VERSION) return refused(problem('oldConsent'));
    const consent = { version, givenAtMs: this.#options.clock.wallMs() };
    const saved = this.#save({ ...this.settings, consent });
    if (saved.ok) this.#session.giveConsent();
    return saved;
  }

  /** A full power is not written down: it is tried, and written by `keepFullPower`. */
  update(patch: SettingsPatch): Result<Settings> {
    if (patch.wallet) {
      const report = this.#options.checkAddress(patch.wallet.address);
      if (!report.valid) return refused(report.problem);
      patch = { ...patch, wallet: { ...patch.wallet, address: report.address } };
    }
    const { power, ...others } = patch;
    const isTried = power !== undefined && this.#trial.isNeeded(power, this.settings.power);
    const written = definedOnly(isTried ? others : patch);
    const saved = this.#save(withApiToken({ ...this.settings, ...written }));
    if (!saved.ok) return saved;
    if (isTried) this.#trial.use(power, this.isMining);
    else if (power !== undefined) this.#trial.end();
    if (patch.wallet !== undefined) this.#confirmAddress();
    this.#apply();
    return success(this.settings);
  }

  /** Writes down the full power that is being tried. On a problem the trial goes on, and ends by itself. */
  keepFullPower(): Result<undefined> {
    const { power } = this.#trial;
    if (power === null) return refused(problem('noTrial'));
    const saved = this.#save({ ...this.settings, power });
    if (!saved.ok) return saved;
    this.#trial.end();
    this.#apply();
    return success(undefined);
  }

  revertFullPower(): void {
    this.#trial.end();
    this.#apply();
  }

  /** Everything but the consent goes back to what a fresh profile starts with. */
  async reset(): Promise<Result<Settings>> {
    await this.cancelTuning();
    await this.#end();
    this.#trial.end();
    const saved = this.#save({ ...defaultSettings(), consent: this.settings.consent });
    if (saved.ok) this.#confirmAddress();
    this.#apply();
    return saved;
  }

  #save(settings: Settings): Result<Settings> {
    const fault = this.#options.keeper.save(settings);
    if (fault !== null) {
      this.#tell(fault);
      return refused(fault);
    }
    this.#options.onSettings(this.settings);
    return success(this.settings);
  }

  /** Saved if the disk lets us, and obeyed anyhow. */
  #remember(part: Pick<Settings, 'stoppedByUser'>): void {
    if (part.stoppedByUser !== this.settings.stoppedByUser)
      this.#save({ ...this.settings, ...part });
  }

  #confirmAddress(): void {
    this.#options.keeper.confirmAddress(this.settings.wallet?.address ?? null);
    this.#options.onSettings(this.settings);
  }

  /* What is to be mined, and whether it may */

  #apply(): void {
    this.#applyRules();
    const plan = planOf({ ...this.settings, power: this.power });
    this.#session.follow(plan, whatIsMissing(this.settings));
    // A plan that is not running yet changes no state, and is shown all the same.
    this.#options.onChange();
  }

  #applyRules(): void {
    for (const [reason, holds] of heldBy(this.settings.rules, this.#options.use)) {
      if (holds) this.#session.pause(reason);
      else this.#session.resume(reason);
    }
  }

  /** What changes without telling. */
  #look(): void {
    if (this.#options.keeper.takeOutsideChanges()) {
      if (this.addressAlert !== null) this.#tell(problem('addressReplaced'));
      this.#options.onSettings(this.settings);
      this.#apply();
    } else this.#applyRules();
  }

  #onEvent(event: SessionEvent): void {
    this.#recorder.observe();
    const line = entryOf(event);
    if (line !== null) this.#options.log.add(line);
    this.#options.onChange();
  }

  #tell(fault: Problem | null): void {
    if (fault !== null) this.#options.log.tell('error', fault);
  }
}

/** What the log keeps of an event. */
function entryOf(event: SessionEvent): LogLine | StateLine | null {
  if (event.type !== 'state') return logLineOf(event);
  const { state, practice } = event;
  return { level: state.state === 'failed' ? 'error' : 'info', state, practice };
}

/** A key that is present but undefined must not erase a setting. */
function definedOnly(patch: SettingsPatch): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
