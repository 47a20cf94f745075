import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';

/**
 * False when another instance of this profile runs already: that one comes to the front, this one must quit. A profile
 * that cannot be written holds no lock and no files of the browser: it is used all the same, without the one, and with the
 * other in a folder that is forgotten.
 */
export function claimSingleInstance(onSecondLaunch: () => void): boolean {
  if (!isWritable(app.getPath('userData'))) {
    app.setPath('sessionData', mkdtempSync(join(tmpdir(), 'ibctminer-')));
    return true;
  }
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecondLaunch);
  return true;
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
