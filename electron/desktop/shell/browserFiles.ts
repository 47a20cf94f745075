import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { app } from 'electron';
import { attempt } from '../../core/settings/files.ts';
import { isThere, type Made } from '../../core/settings/made.ts';
import { afterExit } from './afterExit.ts';

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

/** Chromium writes until the very end of the process; whatever is removed sooner, it makes again. */
function removeAfterExit(folder: string): void {
  if (process.platform === 'win32') {
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  // And the folder around it, if that is empty then.
  afterExit('rm -rf -- "$1"; rmdir -- "$2"', folder, dirname(folder));
}
