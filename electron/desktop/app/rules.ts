import { pausesOnBattery } from '../../core/rules/battery.ts';
import { pausesWhileInUse, type IdleClock } from '../../core/rules/idle.ts';
import type { Settings } from '../../contract/settings.ts';
import type { PauseReason } from '../../contract/snapshot.ts';

/** How this computer is being used. `isOnBattery` null: it does not tell. */
export interface MachineUse {
  readonly isOnBattery: () => boolean | null;
  readonly idle: IdleClock;
}

/** For each rule, whether it holds mining up just now. */
export function heldBy(
  rules: Settings['rules'],
  use: MachineUse,
): readonly (readonly [PauseReason, boolean])[] {
  const { pauseOnBattery, onlyWhenIdle, idleAfterSeconds } = rules;
  return [
    ['battery', pausesOnBattery(pauseOnBattery, use.isOnBattery())],
    ['inUse', pausesWhileInUse(onlyWhenIdle, use.idle.seconds(), idleAfterSeconds)],
  ];
}
