import { app } from 'electron';

/** A shutdown that hangs must not keep the computer from shutting down: SIGTERM is answered within 2 s. */
const SHUTDOWN_LIMIT_MS = 1700;
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Every way out (menu, tray, last window, signal, end of session) goes through `shutDown`, once, and then
 * ends the process. Quit asks nothing here: whoever wants to ask has asked before.
 */
export function endCleanly(shutDown: () => Promise<void>): void {
  let isEnding = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    const limit = new Promise((resolve) => setTimeout(resolve, SHUTDOWN_LIMIT_MS));
    void Promise.race([shutDown().catch(() => undefined), limit]).then(() => app.exit(0));
  });
  for (const signal of signals) process.on(signal, () => app.quit());
  // The window may be closed while the tray goes on: the app ends only by Quit.
  app.on('window-all-closed', () => undefined);
}

/**
 * A fault that nobody caught. Electron would show it in a dialog and go on as if nothing had happened; what can be
 * trusted afterwards is the way out, so the listener stops what runs and says so.
 */
export function onFault(listener: (reason: string) => void): void {
  const tell = (fault: unknown) => listener(fault instanceof Error ? fault.message : String(fault));
  process.on('uncaughtException', tell);
  process.on('unhandledRejection', tell);
}
