import type { SystemFiles } from './systemFiles.ts';

/** Whether systemd-timesyncd has set the clock since the start; null where another service, or none, does that. */
export function readClockSynchronised(files: SystemFiles): boolean | null {
  const names = files.list('/run/systemd/timesync');
  return names.length === 0 ? null : names.includes('synchronized');
}
