import type { Battery } from '../../contract/senses.ts';

/**
 * Whether to pause on battery, at 100 `belowPercent` always, else below that charge only. Where it is not told whether the battery is in use, the rule
 * never holds anything up; a charge that is not told is taken for a low one.
 */
export function pausesOnBattery(
  enabled: boolean,
  belowPercent: number,
  { isInUse, percent }: Battery,
): boolean {
  return (
    enabled &&
    isInUse === true &&
    (percent === null || belowPercent === 100 || percent < belowPercent)
  );
}
