import { isDeepStrictEqual } from 'node:util';
import type { KeptForkRehearsal, PagesGain } from '../../contract/health.ts';
import type { HistoryRecord } from '../../contract/history.ts';
import type { EngineOpener } from '../../core/engine/engine.ts';
import { HistoryRecorder, type HistoryKeeper } from '../../core/history/recorder.ts';
import type { MoneyFacts } from '../../core/money/facts.ts';
import { Session, type SessionEvent } from '../../core/mining/session.ts';
import { LogLines } from '../../core/mining/logLine.ts';
import { takeSnapshot } from '../../core/mining/snapshot.ts';
import type { AddressAlert } from '../../core/settings/store.ts';
import { allowedHours } from '../../core/rules/schedule.ts';
import type { Sensors } from '../../core/system/sensors.ts';
import type { SourceOpener } from '../../core/work/source.ts';
import type { WorkSpec } from '../../core/work/spec.ts';
import type { PowerTrialState, SettingsPatch } from '../../contract/ipc.ts';
import { problem, type Problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import type { PowerSettings, Settings } from '../../contract/settings.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import type { TuningState } from '../../contract/tuning.ts';
import type { Measurement } from './measurement.ts';
import type { OnDemand } from './onDemand.ts';
import { planOf } from './planOf.ts';
import { isConsentGiven, standstillAtLaunch, whatIsMissing } from './readiness.ts';
import type { MachineUse } from './machineUse.ts';
import type { RunMarker } from './runMarker.ts';
import { SettingsEditor, type SettingsEditorParts } from './settingsEditor.ts';

export interface DesktopOptions extends Omit<SettingsEditorParts, 'onFullPowerNotKept'> {
  readonly marker: RunMarker;
  /** Takes what was mined, minute by minute (core/history/store.ts). */
  readonly history: HistoryKeeper;
  readonly use: MachineUse;
  readonly sensors: Pick<Sensors, 'read'>;
  readonly money: MoneyFacts;
  readonly openSource: (spec: WorkSpec) => SourceOpener;
  readonly openEngine: EngineOpener;
  readonly measurement: Measurement;
  readonly pagesGain: OnDemand<PagesGain>;
  readonly forkRehearsal: OnDemand<KeptForkRehearsal>;
  /** The shown state changed, or a share's fate is known. */
  readonly onChange: () => void;
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
  readonly #editor: SettingsEditor;
  readonly #lines = new LogLines();
  #isOver = false;

  constructor(options: DesktopOptions) {
    this.#options = options;
    this.#editor = new SettingsEditor({ ...options, onFullPowerNotKept: () => this.#apply() });
    this.#session = new Session({
      clock: options.clock,
      listener: (event) => this.#onEvent(event),
      openSource: options.openSource,
      openEngine: options.openEngine,
      onLeft: (link) => this.#recorder.take(link),
      standstill: standstillAtLaunch(this.settings, options.marker.wasLeftBehind),
    });
    this.#recorder = new HistoryRecorder(options, this.#session);
    this.#apply();
    this.#stopLooking = options.clock.every(LOOK_EVERY_MS, () => this.#look());
  }

  get settings(): Settings {
    return this.#editor.current;
  }

  get addressAlert(): AddressAlert | null {
    return this.#editor.addressAlert;
  }

  /** What the engine is to use: the settings' power, or the full power that is tried. */
  get power(): PowerSettings {
    return this.#editor.power;
  }

  get powerTrial(): PowerTrialState {
    return this.#editor.trial.state;
  }

  get isMining(): boolean {
    const { state } = this.#session.state;
    return state !== 'stopped' && state !== 'needsConsent' && state !== 'failed';
  }

  /** Not while it is paused, or waits for a pool. */
  get isHashing(): boolean {
    return this.#session.hashing.isAllowed;
  }

  /** Worth waiting for before the app ends. */
  get isBlockUnderWay(): boolean {
    return this.#session.isBlockUnderWay;
  }

  /** A block is under way, or may still be found: mining for a node, or ending to. */
  get mayFindBlock(): boolean {
    return this.#session.mayFindBlock;
  }

  snapshot(): Snapshot {
    const sensors = this.#options.sensors.read();
    const money = this.#options.money.estimate(this.#session, sensors, this.settings);
    return takeSnapshot(this.#session, { sensors, money });
  }

  /** What was mined and no file of the history has yet. */
  minuteSoFar(): HistoryRecord[] {
    return this.#recorder.minuteSoFar();
  }

  writeMinute(): void {
    this.#recorder.flush();
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
    if (started.ok) this.#editor.rememberStop(false);
    return started;
  }

  #start(by: 'user' | 'automatic'): Result<undefined> {
    const [missing] = this.#session.missing;
    if (missing !== undefined) return refused(missing);
    // The window may still be there while a node takes the last block.
    if (this.#isOver) return refused(problem('quitting'));
    if (this.#isMeasuring) return refused(problem('measuring'));
    this.#tell(this.#options.marker.set());
    this.#applyRules();
    if (!this.#session.start(by)) {
      this.#tell(this.#options.marker.clear());
      return refused(problem('notStarted'));
    }
    this.#editor.trial.run();
    return success(undefined);
  }

  /** The user's Stop: at once, until the next Start, over a restart too. Resolves when no thread is left. */
  async stop(): Promise<void> {
    if (this.isMining) this.#editor.rememberStop(true);
    await this.#end('user');
  }

  /** Something went wrong inside the app. Resolves when no thread is left. */
  async fail(reason: string): Promise<void> {
    this.#options.log.add({ level: 'error', key: 'stoppedByFault', values: { reason } });
    await this.#session.fail(problem('internal', { reason }), 'openLogs');
    this.#tell(this.#options.marker.clear());
  }

  async #end(by: 'user' | 'quit'): Promise<void> {
    await this.#session.stop(by);
    this.#tell(this.#options.marker.clear());
  }

  /** `minutes` null: until resumed. */
  pause(minutes: number | null): void {
    if (!this.isMining) return;
    if (minutes === null) this.#session.pause('user');
    else this.#session.pause('snooze', { afterMs: minutes * MINUTE_MS });
  }

  resume(): void {
    this.#session.resume('user');
    this.#session.resume('snooze');
  }

  /** The computer was asleep, or its network changed: connections are made anew at once, and the rules are asked again. */
  wake(): void {
    this.#look();
    this.#session.wake();
  }

  /** Ends everything for good, and is no Stop; resolves when no thread, socket or timer is left. */
  async quit(): Promise<void> {
    this.#isOver = true;
    this.#stopLooking();
    this.#editor.trial.end();
    await this.cancelTuning();
    await this.#end(this.isBlockUnderWay ? 'quit' : 'user');
    this.#recorder.end();
  }

  /** Quit waits for a block. */
  awaitBlock(): void {
    void this.#session.stop('quit');
  }

  /** The system ends the session: no crash, whatever happens next. */
  noteCleanEnd(): void {
    this.#recorder.flush();
    this.#tell(this.#options.marker.clear());
  }

  /* Measuring */

  /** Hashes for about a minute to find what this computer is fastest with; nothing is sent. */
  beginTuning(): Result<undefined> {
    const obstacle = this.#obstacleToMeasuring();
    if (obstacle !== null) return refused(obstacle);
    if (this.#isHashingOnDemand) return refused(problem('measuring'));
    this.#options.measurement.begin();
    return success(undefined);
  }

  /** Hashes for about half a minute to find what huge pages bring; nothing is sent. */
  measurePages(): Promise<Result<PagesGain>> {
    return this.#runAlone(this.#options.pagesGain);
  }

  /** Mines on a practice pool of its own for about half a minute, over a fork; nothing is sent, and nothing of it is history. */
  rehearseFork(): Promise<Result<KeptForkRehearsal>> {
    return this.#runAlone(this.#options.forkRehearsal);
  }

  async #runAlone<T>(onDemand: OnDemand<T>): Promise<Result<T>> {
    const obstacle = this.#obstacleToMeasuring();
    if (obstacle !== null) return refused(obstacle);
    if (this.#isMeasuring) return refused(problem('measuring'));
    return onDemand.run(this.power);
  }

  /** Resolves when no thread of any measurement is left. */
  async cancelTuning(): Promise<void> {
    const { measurement, pagesGain, forkRehearsal } = this.#options;
    await Promise.all([measurement.cancel(), pagesGain.cancel(), forkRehearsal.cancel()]);
  }

  #obstacleToMeasuring(): Problem | null {
    if (!isConsentGiven(this.settings)) return problem('consentMissing');
    // What was running was ended before the last block was waited for.
    if (this.#isOver) return problem('quitting');
    return this.isMining ? problem('miningNow') : null;
  }

  get #isMeasuring(): boolean {
    return this.#options.measurement.isRunning || this.#isHashingOnDemand;
  }

  get #isHashingOnDemand(): boolean {
    return this.#options.pagesGain.isRunning || this.#options.forkRehearsal.isRunning;
  }

  /* Settings */

  giveConsent(version: number): Result<Settings> {
    const saved = this.#editor.giveConsent(version);
    if (saved.ok) this.#session.giveConsent();
    return saved;
  }

  /** A full power is not written down: it is tried, and written by `keepFullPower`. */
  update(patch: SettingsPatch): Result<Settings> {
    return this.#applied(this.#editor.update(patch, this.isMining));
  }

  keepFullPower(): Result<undefined> {
    return this.#applied(this.#editor.keepFullPower());
  }

  revertFullPower(): void {
    this.#editor.trial.end();
    this.#apply();
  }

  /** Everything but the consent goes back to what a fresh profile starts with. */
  async reset(): Promise<Result<Settings>> {
    await this.cancelTuning();
    await this.#end('user');
    const saved = this.#editor.reset();
    this.#apply(); // a trial of full power is over, whatever the disk said
    return saved;
  }

  #applied<T>(saved: Result<T>): Result<T> {
    if (saved.ok) this.#apply();
    return saved;
  }

  /* What is to be mined, and whether it may */

  #apply(): void {
    this.#applyRules();
    this.#followPlan();
  }

  #followPlan(): void {
    const plan = planOf({ ...this.settings, power: this.power }, this.#options.use.held);
    this.#session.follow(plan, whatIsMissing(this.settings));
    // A plan that is not running yet changes no state, and is shown all the same.
    this.#options.onChange();
  }

  #applyRules(): void {
    const threads = this.isHashing ? this.#session.hashing.threads.length : 0;
    const { settings } = this;
    const verdicts = this.#options.use.judge(settings.rules, allowedHours(settings), threads);
    for (const { reason, holds, end } of verdicts) {
      if (holds) this.#session.pause(reason, end);
      else this.#session.resume(reason);
    }
  }

  /** What changes without telling. */
  #look(): void {
    const { held } = this.#options.use;
    this.#recorder.observe();
    if (this.#editor.takeOutsideChanges()) this.#apply();
    else this.#applyRules();
    if (!isDeepStrictEqual(this.#options.use.held, held)) this.#followPlan();
  }

  #onEvent(event: SessionEvent): void {
    this.#recorder.observe();
    const line = this.#lines.lineOf(event);
    if (line !== null) this.#options.log.add(line);
    this.#options.onChange();
  }

  #tell(fault: Problem | null): void {
    if (fault !== null) this.#options.log.tell('error', fault);
  }
}
