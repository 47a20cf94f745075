import type { Settings } from '../../contract/settings.ts';
import type { PauseReason } from '../../contract/snapshot.ts';
import type { PauseEnd } from '../../core/mining/permission.ts';
import { pausesOnBattery } from '../../core/rules/battery.ts';
import { pausesWhileInUse, type IdleClock } from '../../core/rules/idle.ts';
import { isScheduled, nextScheduled } from '../../core/rules/schedule.ts';

/** How this computer is being used. `isOnBattery` null: it does not tell. */
export interface MachineUse {
  readonly isOnBattery: () => boolean | null;
  readonly idle: IdleClock;
}

/** Whether a rule holds mining up just now, and when it will let go, where that is known. */
export interface Verdict {
  readonly reason: PauseReason;
  readonly holds: boolean;
  readonly end?: PauseEnd;
}

/** The verdict of every rule, whether or not it is switched on. */
export function judge(
  rules: Settings['rules'],
  use: MachineUse,
  wallMs: number,
): readonly Verdict[] {
  const { pauseOnBattery, onlyWhenIdle, idleAfterSeconds } = rules;
  return [
    { reason: 'battery', holds: pausesOnBattery(pauseOnBattery, use.isOnBattery()) },
    {
      reason: 'inUse',
      holds: pausesWhileInUse(onlyWhenIdle, use.idle.seconds(), idleAfterSeconds),
    },
    judgeSchedule(rules.schedule, wallMs),
  ];
}

function judgeSchedule({ enabled, week }: Settings['rules']['schedule'], wallMs: number): Verdict {
  const reason = 'schedule';
  if (!enabled || isScheduled(week, wallMs)) return { reason, holds: false };
  const expectedAtMs = nextScheduled(week, wallMs);
  return { reason, holds: true, ...(expectedAtMs === null ? {} : { end: { expectedAtMs } }) };
}
