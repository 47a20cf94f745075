/** `onBattery` null: this machine does not tell; the rule then never holds anything up. */
export function pausesOnBattery(enabled: boolean, onBattery: boolean | null): boolean {
  return enabled && onBattery === true;
}
