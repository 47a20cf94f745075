import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';

/**
 * A desktop with or without a tray host, as the app sees it: it asks the session bus through `busctl`, and the
 * virtual display has neither bus nor host.
 */
export class Desktop {
  /** To be put in front of the app's PATH. */
  readonly commands = mkdtempSync(join(tmpdir(), 'ibctminer-desktop-'));

  constructor(hasTrayHost: boolean) {
    chmodSync(this.commands, 0o755);
    this.setTrayHost(hasTrayHost);
  }

  setTrayHost(isThere: boolean): void {
    const busctl = join(this.commands, 'busctl');
    writeFileSync(busctl, `#!/bin/sh\necho 'b ${String(isThere)}'\n`);
    chmodSync(busctl, 0o755);
  }

  remove(): void {
    rmSync(this.commands, { recursive: true, force: true });
  }
}

/** Remembers the tray's menu from its next change on. */
export async function watchTray(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ Tray }) => {
    Tray.prototype.setContextMenu = new Proxy(Reflect.get(Tray.prototype, 'setContextMenu'), {
      apply(setContextMenu, tray: Electron.Tray, [menu]: [Electron.Menu | null]) {
        Reflect.set(globalThis, 'trayMenu', menu);
        setContextMenu.call(tray, menu);
      },
    });
  });
}

/** Labels of the tray's menu, from top to bottom. */
export function trayLabels(electron: ElectronApplication): Promise<string[]> {
  return electron.evaluate(() => {
    const menu = Reflect.get(globalThis, 'trayMenu') as Electron.Menu | undefined;
    return menu?.items.map(({ label }) => label) ?? [];
  });
}

/** Clicks an item of the tray's menu, by its id. */
export async function clickTray(electron: ElectronApplication, id: string): Promise<void> {
  await electron.evaluate((_electron, wanted) => {
    const menu = Reflect.get(globalThis, 'trayMenu') as Electron.Menu | undefined;
    const item = menu?.getMenuItemById(wanted);
    if (!item?.enabled) throw new Error(`The tray offers no ${wanted} now.`);
    (item.click as () => void)();
  }, id);
}
