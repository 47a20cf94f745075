import type { Battery } from '../../../contract/senses.ts';
import {
  batteryIn,
  isFullScreenState,
  POWER_STATUS_BYTES,
  PROCESS_ENTRY_BYTES,
  programIn,
} from '../../../core/system/windows.ts';
import { systemLibrary } from '../../../core/engine/library.ts';

type Call = (...args: (Buffer | number | bigint)[]) => number | bigint;

/** How Windows says that it cannot (INVALID_HANDLE_VALUE). */
const INVALID_HANDLE = -1;
const TH32CS_SNAPPROCESS = 2;

export interface Windows {
  readonly battery: () => Battery;
  /** Whether a program fills the screen, ours too. */
  readonly isFullScreen: () => boolean;
  /** Each name once, sorted. */
  readonly runningPrograms: () => readonly string[];
}

/** Asks Windows by its own libraries. Throws RandomxError `libraryMismatch` where the one that can call them was changed. */
export function askWindows(): Windows {
  const kernel = systemLibrary('kernel32.dll');
  const shell = systemLibrary('shell32.dll');
  const powerStatus = kernel.func('int GetSystemPowerStatus(void *status)') as Call;
  const userState = shell.func('int SHQueryUserNotificationState(void *state)') as Call;
  const snapshotOf = kernel.func(
    'intptr_t CreateToolhelp32Snapshot(uint32_t flags, uint32_t process)',
  ) as Call;
  const first = kernel.func('int Process32FirstW(intptr_t snapshot, void *entry)') as Call;
  const next = kernel.func('int Process32NextW(intptr_t snapshot, void *entry)') as Call;
  const close = kernel.func('int CloseHandle(intptr_t handle)') as Call;

  return {
    battery() {
      const status = Buffer.alloc(POWER_STATUS_BYTES);
      return powerStatus(status) === 0 ? { isInUse: null, percent: null } : batteryIn(status);
    },
    isFullScreen() {
      const state = Buffer.alloc(4);
      return userState(state) === 0 && isFullScreenState(state.readUInt32LE(0));
    },
    runningPrograms() {
      const snapshot = snapshotOf(TH32CS_SNAPPROCESS, 0);
      if (Number(snapshot) === INVALID_HANDLE) return [];
      const names = new Set<string>();
      const entry = Buffer.alloc(PROCESS_ENTRY_BYTES);
      entry.writeUInt32LE(entry.length, 0);
      for (let more = first(snapshot, entry); more !== 0; more = next(snapshot, entry)) {
        names.add(programIn(entry));
      }
      close(snapshot);
      return [...names].sort((one, other) => one.localeCompare(other, 'en'));
    },
  };
}
