import type { SystemReport } from '../../contract/ipc.ts';
import type { Settings } from '../../contract/settings.ts';
import type { PauseReason } from '../../contract/snapshot.ts';
import type { Clock } from '../../core/clock.ts';
import type { PauseEnd } from '../../core/mining/permission.ts';
import { pausesOnBattery } from '../../core/rules/battery.ts';
import { HeatGovernor } from '../../core/rules/heat.ts';
import { IdleClock, pausesWhileInUse } from '../../core/rules/idle.ts';
import { ProgramWatch } from '../../core/rules/programs.ts';
import { isScheduled, nextScheduled } from '../../core/rules/schedule.ts';
import type { Week } from '../../contract/schedule.ts';
import type { Senses } from '../../contract/senses.ts';

type Rules = Settings['rules'];

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
  readonly #idle: IdleClock;
  readonly #programs: ProgramWatch;
  readonly #heat: HeatGovernor;

  constructor(clock: Clock, senses: Senses) {
    this.#clock = clock;
    this.#senses = senses;
    this.#idle = new IdleClock(senses.idleSeconds);
    this.#programs = new ProgramWatch(clock, senses.runningPrograms);
    this.#heat = new HeatGovernor(clock);
  }

  /** What this computer tells, and so which rules can be offered. */
  get known(): Pick<
    SystemReport,
    'batteryKnown' | 'batteryChargeKnown' | 'idleKnown' | 'programsKnown' | 'temperatureKnown'
  > {
    const { isInUse, percent } = this.#senses.battery();
    return {
      batteryKnown: isInUse !== null,
      batteryChargeKnown: percent !== null,
      idleKnown: this.#idle.isKnown,
      programsKnown: this.#senses.runningPrograms !== null,
      temperatureKnown: this.#senses.celsius() !== null,
    };
  }

  /** So many threads may hash without too much heat; null: as many as are wanted. */
  get atMost(): number | null {
    return this.#heat.atMost;
  }

  /** The verdict of every rule, whether or not it is switched on. `threads`: that hash now. */
  judge(rules: Rules, hours: Week, threads: number): readonly Verdict[] {
    this.#heat.see(rules.heat, rules.heat.enabled ? this.#senses.celsius() : null, threads);
    const { pauseOnBattery, batteryBelowPercent, onlyWhenIdle, idleAfterSeconds } = rules;
    // Nobody works at a locked screen.
    const idleSeconds = onlyWhenIdle && this.#senses.isLocked() ? Infinity : this.#idle.seconds();
    return [
      {
        reason: 'battery',
        holds: pausesOnBattery(pauseOnBattery, batteryBelowPercent, this.#senses.battery()),
      },
      { reason: 'inUse', holds: pausesWhileInUse(onlyWhenIdle, idleSeconds, idleAfterSeconds) },
      { reason: 'heat', holds: this.#heat.isTooHot },
      { reason: 'listedProcess', holds: this.#programs.holds(rules.listedPrograms) },
      judgeSchedule(hours, this.#clock.wallMs()),
    ];
  }
}

function judgeSchedule(week: Week, wallMs: number): Verdict {
  const reason = 'schedule';
  if (isScheduled(week, wallMs)) return { reason, holds: false };
  const expectedAtMs = nextScheduled(week, wallMs);
  return { reason, holds: true, ...(expectedAtMs === null ? {} : { end: { expectedAtMs } }) };
}
