import type { Battery } from '../../contract/senses.ts';

/** What Windows writes into the memory that is handed to it; read here so that every system can test it. */

/** SYSTEM_POWER_STATUS (Microsoft, winbase.h). */
export const POWER_STATUS_BYTES = 12;
const NO_BATTERY = 128;
const UNKNOWN = 255;

export function batteryIn(status: Buffer): Battery {
  const [mains, flags, charge] = [status.readUInt8(0), status.readUInt8(1), status.readUInt8(2)];
  if (flags === UNKNOWN || (flags & NO_BATTERY) !== 0) return { isInUse: null, percent: null };
  return {
    isInUse: mains === UNKNOWN ? null : mains === 0,
    percent: charge > 100 ? null : charge,
  };
}

/** QUERY_USER_NOTIFICATION_STATE (Microsoft, shellapi.h): a full-screen program, Direct3D's exclusive mode, a presentation. */
const FILLED: ReadonlySet<number> = new Set([2, 3, 4]);

export function isFullScreenState(state: number): boolean {
  return FILLED.has(state);
}

/** PROCESSENTRY32W (Microsoft, tlhelp32.h) where pointers have 8 bytes: its length first, the file's name in 260 characters. */
export const PROCESS_ENTRY_BYTES = 568;
const NAME_AT = 44;
const NAME_BYTES = 520;

export function programIn(entry: Buffer): string {
  const name = entry.toString('utf16le', NAME_AT, NAME_AT + NAME_BYTES);
  return name.slice(0, (name + '\0').indexOf('\0'));
}
