import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The repository. */
export const root = resolve(import.meta.dirname, '../../../..');

const NOBODY = 65534;
const dropRights = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

/** How the app is started: the program, and the arguments before the app's own. */
export interface Launch {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** Runs as an unprivileged user, with Chromium's sandbox on. */
  readonly isSandboxed: boolean;
  readonly userId: number;
}

/**
 * Users start the app unprivileged and sandboxed, and so do the tests where the machine allows it. As root they
 * give their rights away first; root itself gets no sandbox from Chromium, and only then is it switched off.
 */
export function chooseLaunch(): Launch {
  const electron = process.env['IBCTMINER_ELECTRON'];
  if (electron === undefined) throw new Error('Run these tests with: npm test -- desktop');
  const userId = process.getuid?.() ?? 0;
  if (userId !== 0) return { executablePath: electron, args: [], isSandboxed: true, userId };
  if (!nobodyCanRun(electron)) {
    console.warn('Electron runs as root and without its sandbox: no other user can run it here.');
    return { executablePath: electron, args: ['--no-sandbox'], isSandboxed: false, userId };
  }
  const wrapper = join(mkdtempSync(join(tmpdir(), 'ibctminer-run-')), 'electron');
  writeFileSync(wrapper, `#!/bin/sh\nexec setpriv ${dropRights.join(' ')} '${electron}' "$@"\n`);
  chmodSync(dirname(wrapper), 0o755);
  chmodSync(wrapper, 0o755);
  return { executablePath: wrapper, args: [], isSandboxed: true, userId: NOBODY };
}

/** The other user can read the files, and gets the namespaces that the sandbox is made of. */
function nobodyCanRun(electron: string): boolean {
  const files = [`test -x '${electron}'`, `test -r '${root}/package.json'`, 'unshare -U true'];
  return spawnSync('setpriv', [...dropRights, 'sh', '-c', files.join(' && ')]).status === 0;
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
