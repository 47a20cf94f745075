import type { SystemReport } from '../../contract/ipc.ts';
import type { Settings } from '../../contract/settings.ts';
import type { PauseReason, ThreadsHeld } from '../../contract/snapshot.ts';
import type { Clock } from '../../core/clock.ts';
import type { Sensors } from '../../core/system/sensors.ts';
import type { PauseEnd } from '../../core/mining/permission.ts';
import { pausesOnBattery } from '../../core/rules/battery.ts';
import { HeatGovernor } from '../../core/rules/heat.ts';
import { pausesWhileInUse } from '../../core/rules/idle.ts';
import { IdleClock } from '../../core/system/idleClock.ts';
import { ProgramWatch } from '../../core/rules/programs.ts';
import { WattsGovernor } from '../../core/rules/watts.ts';
import { isScheduled, nextScheduled } from '../../core/rules/schedule.ts';
import type { Week } from '../../contract/schedule.ts';
import type { Senses } from '../../contract/senses.ts';

type Rules = Settings['rules'];

const TRY_IDLE_CLOCK_EVERY_MS = 10_000;

/** Whether a rule holds mining up just now, and when it will let go, where that is known. */
export interface Verdict {
  readonly reason: PauseReason;
  readonly holds: boolean;
  readonly end?: PauseEnd;
}

/** Judges how this computer is being used by the rules of the settings. */
export class MachineUse {
  readonly #clock: Clock;
  readonly #senses: Senses;
  readonly #sensors: Pick<Sensors, 'read'>;
  readonly #idle: IdleClock;
  readonly #programs: ProgramWatch;
  readonly #heat: HeatGovernor;
  readonly #watts: WattsGovernor;
  #isMeteredKnown = false;
  #idleAskedAtMs = -Infinity;

  constructor(clock: Clock, senses: Senses, sensors: Pick<Sensors, 'read'>) {
    this.#clock = clock;
    this.#senses = senses;
    this.#sensors = sensors;
    this.#idle = new IdleClock(senses.idleSeconds);
    this.#programs = new ProgramWatch(clock, senses.runningPrograms);
    this.#heat = new HeatGovernor(clock);
    this.#watts = new WattsGovernor(clock);
  }

  /** What this computer tells, and so which rules can be offered. */
  get known(): Pick<
    SystemReport,
    | 'batteryKnown'
    | 'batteryChargeKnown'
    | 'idleKnown'
    | 'fullScreenKnown'
    | 'meteredKnown'
    | 'programsKnown'
    | 'temperatureKnown'
    | 'wattsKnown'
  > {
    const { isInUse, percent } = this.#senses.battery();
    // Never asked again only to know that it is told.
    this.#isMeteredKnown ||= this.#senses.isMetered() !== null;
    return {
      batteryKnown: isInUse !== null,
      batteryChargeKnown: percent !== null,
      idleKnown: this.#idle.isKnown,
      fullScreenKnown: this.#senses.isFullScreen() !== null,
      meteredKnown: this.#isMeteredKnown,
      programsKnown: this.#senses.runningPrograms !== null,
      temperatureKnown: this.#senses.celsius() !== null,
      wattsKnown: this.#senses.energy().length > 0,
    };
  }

  /** How many threads may hash without too much heat, nor too many watts; null: as many as are wanted. */
  get held(): ThreadsHeld | null {
    const held = [
      { atMost: this.#heat.atMost, by: 'heat' as const },
      { atMost: this.#watts.atMost, by: 'watts' as const },
    ].flatMap(({ atMost, by }) => (atMost === null ? [] : [{ atMost, by }]));
    return held.sort((one, other) => one.atMost - other.atMost)[0] ?? null;
  }

  /** The verdict of every rule, whether or not it is switched on. `threads`: that hash now. */
  judge(rules: Rules, hours: Week, threads: number): readonly Verdict[] {
    this.#heat.see(rules.heat, rules.heat.enabled ? this.#senses.celsius() : null, threads);
    this.#watts.see(rules.watts, rules.watts.enabled ? this.#sensors.read().watts : null, threads);
    const { pauseOnBattery, batteryBelowPercent, onlyWhenIdle, idleAfterSeconds } = rules;
    const idleSeconds = onlyWhenIdle ? this.#idleSeconds() : this.#tryIdleClock();
    return [
      {
        reason: 'battery',
        holds: pausesOnBattery(pauseOnBattery, batteryBelowPercent, this.#senses.battery()),
      },
      { reason: 'inUse', holds: pausesWhileInUse(onlyWhenIdle, idleSeconds, idleAfterSeconds) },
      // Where nothing tells, nothing is held up.
      {
        reason: 'fullScreen',
        holds: rules.pauseOnFullScreen && this.#senses.isFullScreen() === true,
      },
      { reason: 'metered', holds: rules.pauseOnMetered && this.#senses.isMetered() === true },
      { reason: 'heat', holds: this.#heat.isTooHot },
      { reason: 'listedProcess', holds: this.#programs.holds(rules.listedPrograms) },
      judgeSchedule(hours, this.#clock.wallMs()),
    ];
  }

  #idleSeconds(): number | null {
    // Nobody works at a locked screen.
    return this.#senses.isLocked() ? Infinity : this.#idle.seconds();
  }

  /** Some systems take long to tell: without need, it is asked seldom, and only until it is known to be told. */
  #tryIdleClock(): null {
    const nowMs = this.#clock.nowMs();
    if (this.#idle.isKnown || nowMs - this.#idleAskedAtMs < TRY_IDLE_CLOCK_EVERY_MS) return null;
    this.#idleAskedAtMs = nowMs;
    this.#idle.seconds();
    return null;
  }
}

function judgeSchedule(week: Week, wallMs: number): Verdict {
  const reason = 'schedule';
  if (isScheduled(week, wallMs)) return { reason, holds: false };
  const expectedAtMs = nextScheduled(week, wallMs);
  return { reason, holds: true, ...(expectedAtMs === null ? {} : { end: { expectedAtMs } }) };
}
