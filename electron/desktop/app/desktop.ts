import { isDeepStrictEqual } from 'node:util';
import type { HistoryRecord } from '../../contract/history.ts';
import type { EngineOpener } from '../../core/engine/engine.ts';
import { HistoryRecorder, type HistoryKeeper } from '../../core/history/recorder.ts';
import type { MoneyFacts } from '../../core/money/moneyFacts.ts';
import { Session, type SessionEvent } from '../../core/mining/session.ts';
import { LogLines } from '../../core/mining/logLine.ts';
import { takeSnapshot } from '../../core/mining/snapshot.ts';
import { allowedHours } from '../../core/rules/schedule.ts';
import type { Sensors } from '../../core/system/sensors.ts';
import type { SourceOpener } from '../../core/work/source.ts';
import type { WorkSpec } from '../../core/work/spec.ts';
import { problem, type Problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { Measuring, type Measurements } from './measuring/measuring.ts';
import { planOf } from './planOf.ts';
import { isConsentGiven, standstillAtLaunch, whatIsMissing } from './readiness.ts';
import type { MachineUse } from './machineUse.ts';
import type { RunMarker } from './runMarker.ts';
import { SettingsEditor, type SettingsEditorParts } from './settingsEditor.ts';

export interface DesktopOptions extends Omit<SettingsEditorParts, 'isMining'> {
  readonly marker: RunMarker;
  /** Takes what was mined, minute by minute (core/history/store.ts). */
  readonly history: HistoryKeeper;
  readonly use: MachineUse;
  readonly sensors: Pick<Sensors, 'read'>;
  readonly money: MoneyFacts;
  readonly openSource: (spec: WorkSpec) => SourceOpener;
  readonly openEngine: EngineOpener;
  readonly measurements: Measurements;
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
  /** What it changes is mined by at once. */
  readonly editor: SettingsEditor;
  readonly measuring: Measuring;
  readonly #options: DesktopOptions;
  readonly #session: Session;
  readonly #recorder: HistoryRecorder;
  readonly #stopLooking: () => void;
  readonly #lines = new LogLines();
  #isOver = false;

  constructor(options: DesktopOptions) {
    this.#options = options;
    this.editor = new SettingsEditor({
      ...options,
      isMining: () => this.isMining,
      onSettings: (settings) => {
        options.onSettings(settings);
        this.#apply();
      },
      onPowerTrial: (state) => {
        options.onPowerTrial(state);
        this.#apply();
      },
    });
    this.measuring = new Measuring({
      ...options.measurements,
      obstacle: () => this.#obstacleToMeasuring(),
      power: () => this.editor.power,
    });
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
    return this.editor.current;
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
    if (started.ok) this.editor.rememberStop(false);
    return started;
  }

  #start(by: 'user' | 'automatic'): Result<undefined> {
    const [missing] = this.#session.missing;
    if (missing !== undefined) return refused(missing);
    // The window may still be there while a node takes the last block.
    if (this.#isOver) return refused(problem('quitting'));
    if (this.measuring.isRunning) return refused(problem('measuring'));
    this.#tell(this.#options.marker.set());
    this.#applyRules();
    if (!this.#session.start(by)) {
      this.#tell(this.#options.marker.clear());
      return refused(problem('notStarted'));
    }
    this.editor.trial.run();
    return success(undefined);
  }

  /** The user's Stop: at once, until the next Start, over a restart too. Resolves when no thread is left. */
  async stop(): Promise<void> {
    if (this.isMining) this.editor.rememberStop(true);
    await this.#end('user');
  }

  /** Something went wrong inside the app. Resolves when no thread is left. */
  async fail(reason: string): Promise<void> {
    this.#options.log.add({ level: 'error', key: 'stoppedByFault', values: { reason } });
    await this.#session.fail(problem('internal', { reason }), 'openLogs');
    this.#clearMarker();
  }

  async #end(by: 'user' | 'quit'): Promise<void> {
    await this.#session.stop(by);
    this.#clearMarker();
  }

  /** Mining may have been started again while its last answers were waited for. */
  #clearMarker(): void {
    if (!this.isMining) this.#tell(this.#options.marker.clear());
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
    this.editor.trial.end();
    await this.measuring.cancel();
    await this.#end(this.isBlockUnderWay ? 'quit' : 'user');
    this.#recorder.end();
  }

  /** Quit waits for a block. */
  awaitBlock(): void {
    void this.#session.stop('quit');
  }

  /** The process ends before `quit` is through, or the system ends the session: no crash, whatever happens next. */
  noteCleanEnd(): void {
    this.#recorder.flush();
    this.#tell(this.#options.marker.clear());
  }

  /* What only stops or starts together with the settings */

  giveConsent(version: number): Result<Settings> {
    const saved = this.editor.giveConsent(version);
    if (saved.ok) this.#session.giveConsent();
    return saved;
  }

  /** Everything but the consent goes back to what a fresh profile starts with. */
  async reset(): Promise<Result<Settings>> {
    await this.measuring.cancel();
    await this.#end('user');
    return this.editor.reset();
  }

  /* What is to be mined, and whether it may */

  #apply(): void {
    if (this.#isOver) return;
    this.#applyRules();
    this.#followPlan();
  }

  #followPlan(): void {
    const plan = planOf({ ...this.settings, power: this.editor.power }, this.#options.use.held);
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
    if (!this.editor.takeOutsideChanges()) this.#applyRules();
    if (!isDeepStrictEqual(this.#options.use.held, held)) this.#followPlan();
  }

  #obstacleToMeasuring(): Problem | null {
    if (!isConsentGiven(this.settings)) return problem('consentMissing');
    // What was running was ended before the last block was waited for.
    if (this.#isOver) return problem('quitting');
    return this.isMining ? problem('miningNow') : null;
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
