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
 * Wayland programs. On Wayland itself the clock tells the truth or stays at 0 (rules/idle.ts).
 */
export function isIdleClockTrue({ env, electron, ozonePlatform }: ClockPlace): boolean {
  if (env['XDG_SESSION_TYPE'] !== 'wayland') return true;
  if (ozonePlatform !== '') return ozonePlatform === 'wayland';
  return Number(electron.split('.')[0]) >= NATIVE_WAYLAND_SINCE;
}
