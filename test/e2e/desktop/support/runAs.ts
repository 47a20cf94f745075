import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

/** The repository. */
export const root = resolve(import.meta.dirname, '../../../..');

const NOBODY = 65534;
const dropRights = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

/** How the app is started: the program, where it sees the repository, and its user. */
export interface Launch {
  readonly executablePath: string;
  readonly root: string;
  readonly userId: number;
}

/**
 * As its users start it: unprivileged, and so with Chromium's sandbox. Root gives its rights away first, and where the other
 * user may not read the repository, shows it to that user in a place of its own. A machine that allows neither gets no test.
 */
export function chooseLaunch(): Launch {
  const electron = process.env['IBCTMINER_ELECTRON'];
  if (electron === undefined) throw new Error('Run these tests with: npm test -- desktop');
  const userId = process.getuid?.() ?? 0;
  if (userId !== 0) return { executablePath: electron, root, userId };
  const folder = mkdtempSync(join(tmpdir(), 'ibctminer-run-'));
  chmodSync(folder, 0o755);
  const view = join(folder, 'repository');
  mkdirSync(view);
  const launches = [
    { root, prefix: `exec setpriv ${dropRights.join(' ')}` },
    {
      root: view,
      prefix: `exec unshare --mount sh -c 'mount --bind "$0" "$1" && shift && exec setpriv ${dropRights.join(' ')} "$@"' '${root}' '${view}'`,
    },
  ];
  for (const { root: seen, prefix } of launches) {
    const executable = join(seen, relative(root, electron));
    if (!isReadable(prefix, executable, seen)) continue;
    const wrapper = join(folder, 'electron');
    writeFileSync(wrapper, `#!/bin/sh\n${prefix} '${executable}' "$@"\n`);
    chmodSync(wrapper, 0o755);
    return { executablePath: wrapper, root: seen, userId: NOBODY };
  }
  throw new Error(
    'The desktop app cannot be tested here with its sandbox: an ordinary user must be able to read this folder and to make ' +
      'user namespaces. Clone it where everybody may read, or run the tests as an ordinary user.',
  );
}

/** The other user can read the files, and gets the namespaces that the sandbox is made of. */
function isReadable(prefix: string, electron: string, seen: string): boolean {
  const files = `test -x '${electron}' && test -r '${seen}/package.json' && unshare -U true`;
  return spawnSync('sh', ['-c', `${prefix} sh -c "$0"`, files]).status === 0;
}

/** Gives a folder and all below it to the user that the app runs as. */
export function ownByUser(folder: string): void {
  if (process.getuid?.() !== 0) return;
  spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, folder]);
}

/** Starts a program as the user that the app runs as. */
export function asUser(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  return process.getuid?.() === 0
    ? spawn('setpriv', [...dropRights, command, ...args], options)
    : spawn(command, [...args], options);
}

/** An empty home folder of the user that the app runs as. */
export function freshHome(userId: number): string {
  const home = mkdtempSync(join(tmpdir(), 'ibctminer-home-'));
  const config = join(home, '.config');
  mkdirSync(config);
  if (process.getuid?.() === 0)
    for (const folder of [home, config]) chownSync(folder, userId, userId);
  return home;
}
