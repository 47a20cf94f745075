import { createHash } from 'node:crypto';
import { accessSync, constants, lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { madeFile, type Made } from '../../core/settings/made.ts';

/**
 * False when another instance of this profile runs already: that one is told, this one must quit. Where the
 * profile cannot be written, the lock and the browser's files are in a folder outside; where it can, the browser's files
 * have a folder of their own in it, so that they can be told, and removed, as one.
 */
export function claimSingleInstance(): boolean {
  const profile = app.getPath('userData');
  const isKept = isWritable(profile);
  const folder = isKept ? profile : standIn(profile);
  const browser = isKept ? join(profile, 'browser') : folder;
  app.setPath('sessionData', browser);
  app.setPath('crashDumps', join(browser, 'Crashpad'));
  // Electron's lock is where `userData` is when it is asked for.
  app.setPath('userData', folder);
  const isOnly = app.requestSingleInstanceLock();
  app.setPath('userData', profile);
  return isOnly;
}

/** What Chromium writes for the lock. */
export function lockMade(): readonly Made[] {
  return ['SingletonLock', 'SingletonCookie', 'SingletonSocket'].map((name) => ({
    ...madeFile('lock', join(app.getPath('userData'), name)),
    isInUse: true,
  }));
}

/**
 * The same folder for the same profile, so that a second launch finds the first, and that they do not pile up: the browser
 * writes to it until the very end, so the app cannot delete it, but the system empties the place.
 */
function standIn(profile: string): string {
  const { XDG_RUNTIME_DIR: runtime } = process.env;
  const name = `ibctminer-${createHash('sha256').update(profile).digest('hex').slice(0, 16)}`;
  const folder = join(runtime && isWritable(runtime) ? runtime : tmpdir(), name);
  // In a folder for everybody, somebody else may have made it first.
  return isWritable(folder) && isOurs(folder) ? folder : mkdtempSync(`${folder}-`);
}

function isOurs(folder: string): boolean {
  const found = lstatSync(folder);
  return found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
