/**
 * Whether somebody is using the computer, for "mine only when the computer is idle".
 * `idleSeconds` null: this machine does not tell; the rule then never holds anything up.
 */
export function pausesWhileInUse(
  enabled: boolean,
  idleSeconds: number | null,
  idleAfterSeconds: number,
): boolean {
  return enabled && idleSeconds !== null && idleSeconds < idleAfterSeconds;
}
