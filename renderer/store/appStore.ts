import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../bridge.ts';
import { createAsking, type Asking } from './asking.ts';
import { createChanges, type Changes } from './changes.ts';
import { createMirror, followPushes, type Mirror } from './mirror.ts';
import { createNavigation, type Navigation } from './navigation.ts';
import { createOnDemand, type OnDemand } from './onDemand.ts';

export type AppState = Navigation & Mirror & Asking & OnDemand & Changes;
export type AppStore = StoreApi<AppState>;

/** The one store: fed by the bridge's pushes, changed by nothing else but the user's own navigation. */
export function createAppStore(bridge: Bridge): AppStore {
  return createStore<AppState>()((set, get) => {
    const asking = createAsking(bridge, set);
    followPushes(bridge, asking, get, set);
    return {
      ...createNavigation(set),
      ...createMirror(bridge, set),
      ...asking,
      ...createOnDemand(asking, set),
      ...createChanges(asking, get, set),
    };
  });
}
