import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { AppInfo, SystemReport } from '../../electron/contract/ipc.ts';
import type { Settings } from '../../electron/contract/settings.ts';
import type { Snapshot } from '../../electron/contract/snapshot.ts';
import type { AppState, AppStore } from './appStore.ts';

const MINUTE_MS = 60_000;

export const StoreContext = createContext<AppStore | null>(null);

export function useApp<T>(select: (state: AppState) => T): T {
  const store = use(StoreContext);
  if (!store) throw new Error('useApp needs a StoreContext above it.');
  return useStore(store, select);
}

interface Ready {
  readonly info: AppInfo;
  readonly system: SystemReport;
  readonly settings: Settings;
}

/** Everything that is there once the app has loaded; only screens below <App>'s ready branch may use it. */
export function useReady(): Ready {
  const status = useApp((state) => state.status);
  if (status.phase !== 'ready') throw new Error('useReady is for screens shown after loading.');
  return status;
}

/** One part of the snapshot, which is the same object until it is told anew. */
export function usePart<Name extends keyof Snapshot>(name: Name): Snapshot[Name] | undefined {
  return useApp(({ snapshot }) => snapshot?.[name]);
}

/** One value of the snapshot: what shows nothing else is not drawn anew with every figure. */
export function useOfSnapshot<T extends string | number | boolean | null | undefined>(
  select: (snapshot: Snapshot) => T,
): T | undefined {
  return useApp(({ snapshot }) => (snapshot === null ? undefined : select(snapshot)));
}

/** Unix time in ms of the minute: for what says on which day something was. */
export function useMinuteMs(): number {
  return useOfSnapshot(({ takenAtMs }) => takenAtMs - (takenAtMs % MINUTE_MS)) ?? 0;
}
