import { join } from 'node:path';
import { app } from 'electron';
import { attempt } from '../../core/settings/files.ts';
import { appImageOf } from '../app/installation.ts';
import { LinuxLoginEntry } from './linuxLoginEntry.ts';
import type { LoginEntry } from './loginItem.ts';

/** `comment`: what the app does, in a few words, for the system's list of what opens at login. */
export function systemLoginEntry(comment: string): LoginEntry {
  if (process.platform === 'linux') {
    return new LinuxLoginEntry(entryFile(), { command: launchCommand(), comment });
  }
  return {
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
    // macOS and Windows know where the app is.
    repair: () => undefined,
    made: () => ({
      kind: 'loginItem',
      place: app.getName(),
      isThere: () => app.getLoginItemSettings().openAtLogin,
      remove: () => attempt(() => app.setLoginItemSettings({ openAtLogin: false })),
    }),
  };
}

/** In $XDG_CONFIG_HOME or ~/.config, where the desktop looks for autostart entries. */
function entryFile(): string {
  return join(app.getPath('appData'), 'autostart', 'ibctminer.desktop');
}

function launchCommand(): readonly [program: string, ...args: string[]] {
  return app.isPackaged
    ? [appImageOf(process.execPath, process.env) ?? process.execPath]
    : [process.execPath, app.getAppPath()];
}
