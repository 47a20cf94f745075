import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { app } from 'electron';
import { attempt } from '../../core/settings/files.ts';
import { isThere, type Made } from '../../core/settings/made.ts';

/** Chromium's cache and storage. */
export function browserMade(): Made {
  const folder = app.getPath('sessionData');
  return {
    kind: 'browser',
    place: folder,
    isInUse: true,
    isThere: () => isThere(folder),
    remove: () => attempt(() => removeAfterExit(folder)),
  };
}

/** Removes $1 once the process $0 has ended, ten seconds at most from now, and the folder $2 around it if that is empty then. */
const REMOVAL = `
  for _ in $(seq 100); do kill -0 "$0" 2>/dev/null || break; sleep 0.1; done
  rm -rf -- "$1"
  rmdir -- "$2"`;

/** Chromium writes until the very end of the process; whatever is removed sooner, it makes again. */
function removeAfterExit(folder: string): void {
  if (process.platform === 'win32') {
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  const names = [String(process.pid), folder, dirname(folder)];
  spawn('/bin/sh', ['-c', REMOVAL, ...names], {
    cwd: '/',
    detached: true,
    stdio: 'ignore',
  }).unref();
}
