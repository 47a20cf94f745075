import { join } from 'node:path';
import { app } from 'electron';
import { problem, type Problem } from '../../contract/problem.ts';
import { attempt } from '../../core/settings/files.ts';
import { madeFile, type Made } from '../../core/settings/made.ts';
import { appImageOf } from '../app/installation.ts';
import { repairLinuxLoginItem, setLinuxLoginItem, type LaunchCommand } from './linuxLoginItem.ts';

/**
 * Opening the app at login, as the setting wants it. The system's entry is touched when the setting changes, and repaired at
 * launch; who switched it off in the system's own settings is obeyed.
 */
export class LoginItem {
  #applied: boolean | undefined;
  readonly #comment: string;

  /** `comment`: what the app does, in a few words, for the system's list of what opens at login. */
  constructor(comment: string) {
    this.#comment = comment;
  }

  /** Null when that worked. */
  apply(openAtLogin: boolean): Problem | null {
    const isChange = this.#applied !== undefined && this.#applied !== openAtLogin;
    const isFirst = this.#applied === undefined;
    this.#applied = openAtLogin;
    try {
      if (isChange) this.#set(openAtLogin);
      else if (isFirst && openAtLogin) repair();
      return null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return problem('loginItemUnwritable', { reason });
    }
  }

  made(): Made {
    if (process.platform === 'linux') return madeFile('loginItem', entryFile());
    return {
      kind: 'loginItem',
      place: app.getName(),
      isThere: () => app.getLoginItemSettings().openAtLogin,
      remove: () => attempt(() => this.#set(false)),
    };
  }

  #set(openAtLogin: boolean): void {
    if (process.platform === 'linux') {
      const program = { command: launchCommand(), comment: this.#comment };
      setLinuxLoginItem(entryFile(), openAtLogin, program);
    } else app.setLoginItemSettings({ openAtLogin });
  }
}

/** macOS and Windows know where the app is. */
function repair(): void {
  if (process.platform === 'linux') repairLinuxLoginItem(entryFile(), launchCommand());
}

/** In $XDG_CONFIG_HOME or ~/.config, where the desktop looks for autostart entries. */
function entryFile(): string {
  return join(app.getPath('appData'), 'autostart', 'ibctminer.desktop');
}

function launchCommand(): LaunchCommand {
  return app.isPackaged
    ? [appImageOf(process.execPath, process.env) ?? process.execPath]
    : [process.execPath, app.getAppPath()];
}
