import { join } from 'node:path';
import { app } from 'electron';
import type { Problem } from '../../contract/snapshot.ts';
import { setLinuxLoginItem, type LaunchCommand } from './linuxLoginItem.ts';

/** Opens the app at login or no longer does; null when that worked. The window is shown then as always. */
export function applyLoginItem(openAtLogin: boolean): Problem | null {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin });
    return null;
  }
  // The variable $XDG_CONFIG_HOME, or ~/.config: where the desktop looks for autostart entries.
  const file = join(app.getPath('appData'), 'autostart', 'ibctminer.desktop');
  const command: LaunchCommand = app.isPackaged
    ? [process.env['APPIMAGE'] ?? process.execPath]
    : [process.execPath, app.getAppPath()];
  try {
    setLinuxLoginItem(file, openAtLogin, command);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { code: 'loginItem', message: `Open at login could not be changed: ${reason}.` };
  }
}
