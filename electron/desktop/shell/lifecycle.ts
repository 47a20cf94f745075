import { app, powerMonitor } from 'electron';
import type { Clock } from '../../core/clock.ts';

/** A shutdown that hangs must not keep the computer from shutting down: SIGTERM is answered within 2 s. */
const SHUTDOWN_LIMIT_MS = 1700;
/** Longer than a node is given to take a block (core/work/daemon/source.ts). */
const BLOCK_LIMIT_MS = 125_000;
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export interface Ending {
  /** Ends everything; resolves when nothing is left running. `awaitsBlock`: which may take minutes. */
  readonly shutDown: (awaitsBlock: boolean) => Promise<void>;
  readonly isBlockUnderWay: () => boolean;
  /**
   * The system ends the session: writes down at once that this is no crash. Windows ends the process as soon as its
   * listeners have returned, so nothing here may wait.
   */
  readonly onSessionEnd: () => void;
}

/**
 * Every way out (menu, tray, last window, signal, end of session) goes through `shutDown`, once, and then
 * ends the process. Quit asks nothing here: whoever wants to ask has asked before. A block on its way to the user's node is
 * waited for, unless he quits again or the system ends the session.
 */
export function endCleanly({ shutDown, isBlockUnderWay, onSessionEnd }: Ending): void {
  let isEnding = false;
  let isSessionEnding = false;
  const sessionEnds = () => {
    isSessionEnding = true;
    onSessionEnd();
  };
  app.on('before-quit', (event) => {
    // On macOS, holding back the quit of a log-out cancels the log-out.
    if (!isSessionEnding || process.platform !== 'darwin') event.preventDefault();
    const awaitsBlock = !isSessionEnding && isBlockUnderWay();
    if (isEnding && awaitsBlock) app.exit(0);
    setTimeout(() => app.exit(0), awaitsBlock ? BLOCK_LIMIT_MS : SHUTDOWN_LIMIT_MS);
    if (isEnding) return;
    isEnding = true;
    void shutDown(awaitsBlock)
      .catch(() => undefined)
      .then(() => app.exit(0));
  });
  for (const signal of signals) {
    process.on(signal, () => {
      sessionEnds();
      app.quit();
    });
  }
  powerMonitor.on('shutdown', (event?: { readonly preventDefault?: () => void }) => {
    sessionEnds();
    if (process.platform !== 'linux') return;
    // logind waits for us, five seconds at most.
    event?.preventDefault?.();
    app.quit();
  });
  app.on('browser-window-created', (_event, window) => {
    // Windows only, and there instead of before-quit.
    window.on('session-end', () => {
      sessionEnds();
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

const FAULT_PAUSE_MS = 5000;

/**
 * A fault that nobody caught. Electron would show it in a dialog and go on as if nothing had happened; what can be
 * trusted afterwards is the way out: `first` stops what runs. Faults that follow at once, which stopping itself may
 * cause, are only told to `further`.
 */
export function onFault(
  clock: Pick<Clock, 'nowMs'>,
  listener: {
    readonly first: (reason: string) => void;
    readonly further: (reason: string) => void;
  },
): void {
  let lastAtMs = -Infinity;
  const tell = (fault: unknown) => {
    const isFirst = clock.nowMs() - lastAtMs >= FAULT_PAUSE_MS;
    lastAtMs = clock.nowMs();
    const reason = fault instanceof Error ? fault.message : String(fault);
    if (isFirst) listener.first(reason);
    else listener.further(reason);
  };
  process.on('uncaughtException', tell);
  process.on('unhandledRejection', tell);
}
