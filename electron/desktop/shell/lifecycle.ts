import { app, powerMonitor } from 'electron';
import { Quitting, type QuittingParts } from './quitting.ts';

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Every way out (menu, tray, last window, signal, end of session) goes through one Quit. It asks nothing here: whoever wants to ask
 * has asked before.
 */
export function endCleanly(parts: Omit<QuittingParts, 'exit'>): void {
  const quitting = new Quitting({ ...parts, exit: () => app.exit(0) });
  app.on('before-quit', (event) => {
    // On macOS, holding back the quit of a log-out cancels the log-out.
    if (!quitting.isSessionEnding || process.platform !== 'darwin') event.preventDefault();
    quitting.quit();
  });
  for (const signal of signals) {
    process.on(signal, () => {
      quitting.sessionEnds();
      app.quit();
    });
  }
  powerMonitor.on('shutdown', (event?: { readonly preventDefault?: () => void }) => {
    quitting.sessionEnds();
    if (process.platform !== 'linux') return;
    // logind waits for us, five seconds at most.
    event?.preventDefault?.();
    app.quit();
  });
  app.on('browser-window-created', (_event, window) => {
    // Windows only, and there instead of before-quit.
    window.on('session-end', () => {
      quitting.sessionEnds();
      app.quit();
    });
  });
  // The window may be closed while the tray goes on: the app ends only by Quit.
  app.on('window-all-closed', () => undefined);
}

/**
 * Tells that the computer was asleep. To be called before `endCleanly`: Electron hears of a shutdown on Linux only when
 * something else was listened to before.
 */
export function onWake(listener: () => void): void {
  powerMonitor.on('suspend', () => undefined);
  powerMonitor.on('resume', listener);
}
