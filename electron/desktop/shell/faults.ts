import type { Clock } from '../../core/clock.ts';

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
