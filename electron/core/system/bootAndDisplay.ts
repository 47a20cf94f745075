import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * What a program with a window lives in: when that ends, so does the program, at once and through no fault of its own.
 * Known on Linux only; the other systems say that a session ends before they end its programs.
 */
export const surroundingsSchema = z.strictObject({
  /** Another one after each start of the computer. */
  bootId: z.string().nullable(),
  /** Where the display server, X or Wayland, listens, and the kernel's number for that very server. */
  display: z.strictObject({ socket: z.string(), inode: z.string() }).nullable(),
});
export type Surroundings = z.infer<typeof surroundingsSchema>;

/** The computer as this file sees it; handed in so that tests can be any. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of a file; null when there is none or it may not be read. */
  read(path: string): string | null;
}

const thisHost: Host = {
  env: process.env,
  read(path) {
    try {
      return readFileSync(path, 'utf8').trim();
    } catch {
      return null; // another system
    }
  },
};

export function readSurroundings(host: Host = thisHost): Surroundings {
  const bootId = host.read('/proc/sys/kernel/random/boot_id');
  const socket = displaySocket(host.env);
  const inode = socket === null ? undefined : listener(socket, host);
  return { bootId, display: socket && inode ? { socket, inode } : null };
}

/** The computer was started anew since, or that display server is gone. False where nothing is known. */
export function areGone({ bootId, display }: Surroundings, host: Host = thisHost): boolean {
  const now = host.read('/proc/sys/kernel/random/boot_id');
  if (now !== null && bootId !== null && now !== bootId) return true;
  if (display === null) return false;
  const inode = listener(display.socket, host);
  return inode !== undefined && inode !== display.inode;
}

function displaySocket(env: Host['env']): string | null {
  const { WAYLAND_DISPLAY: wayland, XDG_RUNTIME_DIR: folder, DISPLAY: x } = env;
  if (wayland?.startsWith('/')) return wayland;
  if (wayland && folder) return join(folder, wayland);
  const [, screen] = /^(?:unix)?:(\d+)/.exec(x ?? '') ?? [];
  return screen === undefined ? null : `/tmp/.X11-unix/X${screen}`;
}

/** A socket that accepts connections, as /proc/net/unix marks it. */
const LISTENING = '00010000';

/** Null: nobody listens there. Undefined: nothing is known of sockets. X servers listen in the abstract, too, or only there. */
function listener(socket: string, host: Host): string | null | undefined {
  const sockets = host.read('/proc/net/unix');
  if (sockets === null) return undefined;
  const listening = sockets
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , flags]) => flags === LISTENING);
  for (const name of [socket, `@${socket}`]) {
    const found = listening.find(([, , , , , , , path]) => path === name)?.[6];
    if (found !== undefined) return found;
  }
  return null;
}
