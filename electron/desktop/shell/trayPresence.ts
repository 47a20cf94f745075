import { callBus, daemonCall, propertyCall } from './bus/bus.ts';
import type { BusReply } from './bus/connection.ts';
import type { BusCall } from './bus/message.ts';

/**
 * Whether people can see our tray icon. `shown`: it is listed by the desktop's tray. `refused`: there is a tray, without our
 * icon in it. `none`: there is no tray. `unknown`: the desktop did not answer in time.
 */
export type TrayPresence = 'shown' | 'refused' | 'none' | 'unknown';

/** The longest name on a bus (D-Bus specification, "Valid Names"). */
const MOST_NAME_BYTES = 255;
const WATCHER = 'org.kde.StatusNotifierWatcher';

/**
 * Asks the StatusNotifierWatcher (freedesktop.org, Status Notifier Item) of a Linux desktop for an icon of the process
 * `pid`. Electron decides once, when its tray object is made, whether it takes part there, so a host alone shows nothing.
 * macOS and Windows always have a tray.
 */
export async function readTrayPresence(
  pid: number,
  call: (call: BusCall) => Promise<BusReply> = callBus,
  platform: NodeJS.Platform = process.platform,
): Promise<TrayPresence> {
  if (platform !== 'linux') return 'shown';

  const askBus = (method: string, name: string) => call(daemonCall('session', method, name));
  const watcher = { bus: 'session', name: WATCHER, path: '/StatusNotifierWatcher' } as const;
  const askWatcher = (property: string) => call(propertyCall(watcher, property));

  // Calling a name that nobody owns might start a program for it.
  const owned = await askBus('NameHasOwner', WATCHER);
  if (owned.kind === 'late') return 'unknown';
  if (owned.kind === 'refused' || owned.value !== true) return 'none';

  const host = await askWatcher('IsStatusNotifierHostRegistered');
  if (host.kind === 'late') return 'unknown';
  if (host.kind === 'refused' || host.value !== true) return 'none';

  const items = await askWatcher('RegisteredStatusNotifierItems');
  if (items.kind === 'late') return 'unknown';
  if (items.kind === 'refused' || !Array.isArray(items.value)) return 'refused';
  let presence: TrayPresence = 'refused';
  for (const item of items.value as readonly string[]) {
    // Entries are `:1.84/StatusNotifierItem`, `:1.84@/org/…` or a well-known name.
    const name = item.split(/[/@]/)[0] ?? '';
    if (Buffer.byteLength(name) > MOST_NAME_BYTES) continue;
    const owner = await askBus('GetConnectionUnixProcessID', name);
    if (owner.kind === 'answer' && owner.value === pid) return 'shown';
    if (owner.kind === 'late') presence = 'unknown';
  }
  return presence;
}
