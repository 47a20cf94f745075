import { readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { cookieFor } from './authority.ts';
import { XConnection } from './connection.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Extended Window Manager Hints 1.5. */
const atomNames = {
  supported: '_NET_SUPPORTED',
  active: '_NET_ACTIVE_WINDOW',
  state: '_NET_WM_STATE',
  fullScreen: '_NET_WM_STATE_FULLSCREEN',
  pid: '_NET_WM_PID',
} as const;

/**
 * Whether the window that is worked in fills the screen, on X11. In a Wayland session the X server knows nothing of the
 * windows of Wayland programs, and no protocol tells.
 */
export class XFullScreen {
  readonly #env: Env;
  /** Whose windows do not count. */
  readonly #ownPid: number;
  #connection: XConnection | null = null;

  constructor(env: Env, ownPid: number) {
    this.#env = env;
    this.#ownPid = ownPid;
  }

  /** Null where nothing tells: no X server, or no window manager that says what is active. `last` where it is cut short. */
  async read(last: boolean | null): Promise<boolean | null> {
    const connection = await this.#connect();
    if (connection === null) return null;
    const read = await this.#ask(connection);
    return connection.isOpen ? read : last;
  }

  close(): void {
    this.#connection?.close();
  }

  async #ask(connection: XConnection): Promise<boolean | null> {
    const { root } = connection;
    // A window manager may come later, and its atoms with it.
    const names = Object.values(atomNames);
    const [supported, active, state, fullScreen, pid] = (await Promise.all(
      names.map((name) => connection.atom(name)),
    )) as [number, number, number, number, number];
    if (active === 0 || fullScreen === 0) return null;
    const [known, actives] = await Promise.all([
      connection.property(root, supported),
      connection.property(root, active),
    ]);
    if (!known?.includes(active) || !known.includes(fullScreen)) return null;
    const [window = 0] = actives ?? [];
    if (window === 0) return false;
    const states = (await connection.property(window, state)) ?? [];
    if (!states.includes(fullScreen)) return false;
    const [owner] = (await connection.property(window, pid)) ?? [];
    return owner !== this.#ownPid;
  }

  async #connect(): Promise<XConnection | null> {
    if (this.#connection?.isOpen) return this.#connection;
    const display = displayOf(this.#env);
    if (display === null) return null;
    const path = `/tmp/.X11-unix/X${display}`;
    this.#connection = await XConnection.open(path, readCookie(this.#env, display));
    return this.#connection;
  }
}

/** The number of a display of this computer. */
function displayOf(env: Env): string | null {
  if (env['XDG_SESSION_TYPE'] === 'wayland' || env['WAYLAND_DISPLAY']) return null;
  return /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(env['DISPLAY'] ?? '')?.[1] ?? null;
}

function readCookie(env: Env, display: string): Buffer | null {
  try {
    const file = readFileSync(env['XAUTHORITY'] ?? join(homedir(), '.Xauthority'));
    return cookieFor(file, display, hostname());
  } catch {
    return null; // without one, the server lets in whom it likes
  }
}
