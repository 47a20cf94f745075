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

/**
 * Some Wayland desktops always answer 0 to the question for how long the computer has been idle. The clock is
 * believed once it has shown anything else.
 */
export class IdleClock {
  readonly #read: () => number;
  #hasMoved = false;

  constructor(readIdleSeconds: () => number) {
    this.#read = readIdleSeconds;
  }

  get isKnown(): boolean {
    return this.#hasMoved;
  }

  /** Seconds since the last key or mouse movement; null while the clock cannot be believed. */
  seconds(): number | null {
    const seconds = this.#read();
    if (seconds > 0) this.#hasMoved = true;
    return this.#hasMoved ? seconds : null;
  }
}
