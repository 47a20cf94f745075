import { Menu } from 'electron';

/** macOS needs a menu for copy and paste; elsewhere the default one would only offer reload and devtools. */
export function installMenu(): void {
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  );
}
