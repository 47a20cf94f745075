/** What decides whether Electron's idle clock can be believed on Linux. */
export interface ClockPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly electron: string;
  /** The value of the switch --ozone-platform; empty when it was not given. */
  readonly ozonePlatform: string;
}

/** From this line on, Electron is a Wayland program in a Wayland session unless told otherwise. */
const NATIVE_WAYLAND_SINCE = 38;

/**
 * False for an X11 program in a Wayland session: its clock moves, but knows nothing of what is typed into the windows of
 * Wayland programs. On Wayland itself the clock tells the truth or stays at 0.
 */
export function isIdleClockTrue({ env, electron, ozonePlatform }: ClockPlace): boolean {
  if (env['XDG_SESSION_TYPE'] !== 'wayland') return true;
  if (ozonePlatform !== '') return ozonePlatform === 'wayland';
  return Number(electron.split('.')[0]) >= NATIVE_WAYLAND_SINCE;
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
