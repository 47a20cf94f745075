import { execFile } from 'node:child_process';

const PROBE_TIMEOUT_MS = 1000;
const WATCHER = 'org.kde.StatusNotifierWatcher';
const PATH = '/StatusNotifierWatcher';
const PROPERTY = 'IsStatusNotifierHostRegistered';

/** Ways to read one D-Bus property, of which desktops have at least one. */
const questions: readonly (readonly [command: string, args: readonly string[]])[] = [
  ['busctl', ['--user', 'get-property', WATCHER, PATH, WATCHER, PROPERTY]],
  [
    'gdbus',
    [
      ...['call', '--session', '--dest', WATCHER, '--object-path', PATH],
      ...['--method', 'org.freedesktop.DBus.Properties.Get', WATCHER, PROPERTY],
    ],
  ],
  [
    'dbus-send',
    [
      ...['--session', '--print-reply', `--dest=${WATCHER}`, PATH],
      ...['org.freedesktop.DBus.Properties.Get', `string:${WATCHER}`, `string:${PROPERTY}`],
    ],
  ],
];

/**
 * Whether a tray icon would be seen. On Linux only a StatusNotifierItem host shows one and only it is asked;
 * anything short of a clear yes is a no. macOS and Windows always have a tray.
 */
export async function isTrayHostPresent(
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  if (platform !== 'linux') return true;
  const answers = await Promise.all(questions.map(([command, args]) => ask(command, args)));
  return answers.includes(true);
}

function ask(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command, [...args], { timeout: PROBE_TIMEOUT_MS }, (error, stdout) =>
      resolve(error === null && /\btrue\b/.test(stdout)),
    );
  });
}
