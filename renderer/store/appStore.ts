import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogEntry } from '../../electron/contract/logLine.ts';
import type {
  AddressAlert,
  AppInfo,
  PowerTrialState,
  PushPayload,
  SettingsPatch,
  SystemReport,
} from '../../electron/contract/ipc.ts';
import { refused, type Result } from '../../electron/contract/result.ts';
import type { PowerSettings, Settings } from '../../electron/contract/settings.ts';
import { problem, type Problem } from '../../electron/contract/problem.ts';
import type { Snapshot } from '../../electron/contract/snapshot.ts';
import type { TuningState } from '../../electron/contract/tuning.ts';
import type { Bridge } from '../bridge.ts';
import { nowMs } from './clock.ts';
import { appendRate, type KeptRate } from './history.ts';
import {
  noneOnDemand,
  onDemandCalls,
  withRehearsal,
  type OnDemandName,
  type OnDemandStates,
} from './onDemand.ts';

export const screens = [
  'dashboard',
  'history',
  'pools',
  'settings',
  'logs',
  'health',
  'about',
] as const;
export type Screen = (typeof screens)[number];

export const settingsSections = [
  'wallet',
  'power',
  'rules',
  'tuning',
  'appearance',
  'notifications',
  'opening',
  'connections',
  'reset',
] as const;
export type SettingsSection = (typeof settingsSections)[number];

const LOG_LINES = 1000;

/** The main process ends it; here it is only counted down. */
interface FullPowerTrial {
  readonly power: PowerSettings;
  /** Null: it begins with Start. */
  readonly endsAtMs: number | null;
}

/**
 *   loading ──all answered──► ready
 *      └──────a problem─────► failed ──retry──► loading
 */
export type Phase =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly problem: Problem }
  | {
      readonly phase: 'ready';
      readonly info: AppInfo;
      readonly system: SystemReport;
      readonly settings: Settings;
    };

export interface AppState {
  readonly status: Phase;
  readonly snapshot: Snapshot | null;
  /** When the last snapshot arrived, in this process's monotonic time. */
  readonly snapshotReceivedAtMs: number;
  readonly history: readonly KeptRate[];
  readonly logs: readonly LogEntry[];
  readonly screen: Screen;
  readonly settingsAt: {
    readonly section: SettingsSection;
    /** From elsewhere: the focus goes there too. */
    readonly isAskedFor: boolean;
  };
  readonly closeAsked: PushPayload<'closeAsked'> | null;
  /** The last thing that went wrong, until dismissed. */
  readonly problem: Problem | null;
  /** Somebody else wrote another address into the settings file. */
  readonly addressAlert: AddressAlert;
  readonly fullPowerTrial: FullPowerTrial | null;
  /** Null until it is known. */
  readonly tuning: TuningState | null;
  readonly onDemand: OnDemandStates;
}

export interface AppActions {
  readonly load: () => Promise<void>;
  readonly show: (screen: Screen) => void;
  /** Leads to a section of Settings from wherever the user is. */
  readonly openSettings: (section: SettingsSection) => void;
  /** Another section, chosen in Settings itself. */
  readonly chooseSection: (section: SettingsSection) => void;
  readonly dismissProblem: () => void;
  readonly dismissNotice: () => void;
  /** Confirms an address of the alert; the other one is forgotten. */
  readonly confirmAddress: (address: string | null) => Promise<boolean>;
  /** Runs a call and hands back its answer, a problem included, for a place that shows it itself. */
  readonly call: <T>(call: (bridge: Bridge) => Promise<Result<T>>) => Promise<Result<T>>;
  /** Runs a call whose value nobody needs; a problem is shown. True when it went well. */
  readonly run: (call: (bridge: Bridge) => Promise<Result<unknown>>) => Promise<boolean>;
  /** Runs a call for its value; a problem is shown and gives null. */
  readonly ask: <T>(call: (bridge: Bridge) => Promise<Result<T>>) => Promise<T | null>;
  /** Begins what is measured on demand. */
  readonly measure: (name: OnDemandName) => Promise<void>;
  readonly update: (patch: SettingsPatch) => Promise<boolean>;
  /** Explains the dashboard once more. */
  readonly showTour: () => Promise<void>;
  readonly giveConsent: () => Promise<boolean>;
  readonly reset: () => Promise<boolean>;
  readonly keepFullPower: () => Promise<void>;
  readonly revertFullPower: () => Promise<void>;
  readonly answerClose: (
    action: 'background' | 'quit' | 'cancel',
    remember: boolean,
  ) => Promise<void>;
}

export type AppStore = StoreApi<AppState & AppActions>;

/** The one store: fed by the bridge's pushes, changed by nothing else but the user's own navigation. */
export function createAppStore(bridge: Bridge): AppStore {
  return createStore<AppState & AppActions>()((set, get) => {
    const setSettings = (settings: Settings) =>
      set((state) =>
        state.status.phase === 'ready' ? { status: { ...state.status, settings } } : {},
      );

    const setSystem = (system: SystemReport) =>
      set((state) =>
        state.status.phase === 'ready' ? { status: { ...state.status, system } } : {},
      );

    async function writeSettings(
      call: (bridge: Bridge) => Promise<Result<Settings>>,
    ): Promise<Settings | null> {
      const settings = await get().ask(call);
      if (settings) setSettings(settings);
      return settings;
    }

    /** Another tuning may recommend other numbers of threads. */
    async function reloadSystem(): Promise<void> {
      const system = await get().ask((to) => to.system.report());
      if (system) setSystem(system);
    }

    bridge.on.snapshot((snapshot) =>
      set((state) => ({
        snapshot,
        snapshotReceivedAtMs: nowMs(),
        history: appendRate(state.history, snapshot),
      })),
    );
    bridge.on.settings(setSettings);
    bridge.on.addressAlert((addressAlert) => set({ addressAlert }));
    bridge.on.system(setSystem);
    bridge.on.log((entry) =>
      set((state) => ({ logs: [...state.logs.slice(1 - LOG_LINES), entry] })),
    );
    bridge.on.powerTrial((state) => set({ fullPowerTrial: trialOf(state) }));
    bridge.on.tuning((tuning) => {
      const before = get().tuning?.result;
      const { result } = tuning;
      const isAnother =
        before?.measuredAtMs !== result?.measuredAtMs || before?.mode !== result?.mode;
      set({ tuning });
      if (isAnother) void reloadSystem();
    });
    bridge.on.closeAsked((closeAsked) => set({ closeAsked }));
    bridge.on.navigate(({ screen }) => set({ screen }));

    return {
      status: { phase: 'loading' },
      snapshot: null,
      snapshotReceivedAtMs: nowMs(),
      history: [],
      logs: [],
      screen: 'dashboard',
      settingsAt: { section: 'wallet', isAskedFor: false },
      closeAsked: null,
      problem: null,
      addressAlert: null,
      fullPowerTrial: null,
      tuning: null,
      onDemand: noneOnDemand,

      async load() {
        set({ status: { phase: 'loading' } });
        try {
          const [info, system, settings, snapshot, logs, trial, tuning, alert, rehearsal] =
            await Promise.all([
              bridge.app.info(),
              bridge.system.report(),
              bridge.settings.get(),
              bridge.snapshot.get(),
              bridge.logs.get(),
              bridge.power.trial(),
              bridge.tuning.get(),
              bridge.settings.addressAlert(),
              bridge.health.lastRehearsal(),
            ]);
          if (!info.ok || !system.ok || !settings.ok) {
            const problem = problemOf(info) ?? problemOf(system) ?? problemOf(settings);
            if (problem) set({ status: { phase: 'failed', problem } });
            return;
          }
          set((state) => ({
            status: {
              phase: 'ready',
              info: info.value,
              system: system.value,
              settings: settings.value,
            },
            ...(snapshot.ok && isNewer(snapshot.value, state.snapshot)
              ? {
                  snapshot: snapshot.value,
                  snapshotReceivedAtMs: nowMs(),
                  history: appendRate(state.history, snapshot.value),
                }
              : {}),
            ...(snapshot.ok ? {} : { problem: snapshot.error }),
            ...(trial.ok ? { fullPowerTrial: trialOf(trial.value) } : {}),
            ...(alert.ok ? { addressAlert: alert.value } : {}),
            ...(tuning.ok ? { tuning: tuning.value } : {}),
            ...(logs.ok ? { logs: logs.value.slice(-LOG_LINES) } : {}),
            ...(rehearsal.ok ? { onDemand: withRehearsal(rehearsal.value) } : {}),
          }));
        } catch (error) {
          set({ status: { phase: 'failed', problem: unexpected(error) } });
        }
      },

      show: (screen) => set({ screen }),
      openSettings: (section) =>
        set({ screen: 'settings', settingsAt: { section, isAskedFor: true } }),
      chooseSection: (section) => set({ settingsAt: { section, isAskedFor: false } }),
      dismissProblem: () => set({ problem: null }),
      dismissNotice: () =>
        set((state) =>
          state.status.phase === 'ready'
            ? { status: { ...state.status, info: { ...state.status.info, notice: null } } }
            : {},
        ),
      confirmAddress: (address) => get().update({ wallet: address === null ? null : { address } }),

      async call(call) {
        try {
          return await call(bridge);
        } catch (error) {
          return refused(unexpected(error));
        }
      },

      async run(call) {
        const result = await get().call(call);
        set({ problem: result.ok ? null : result.error });
        return result.ok;
      },

      async ask(call) {
        const result = await get().call(call);
        if (result.ok) return result.value;
        set({ problem: result.error });
        return null;
      },

      async measure(name) {
        const put = (state: object) =>
          set(({ onDemand }) => ({ onDemand: { ...onDemand, [name]: state } }));
        put({ isRunning: true, outcome: null });
        put({ isRunning: false, outcome: await get().call<unknown>(onDemandCalls[name]) });
      },

      async update(patch) {
        return (await writeSettings((to) => to.settings.update(patch))) !== null;
      },

      async showTour() {
        const { status, update } = get();
        if (status.phase !== 'ready') return;
        set({ screen: 'dashboard' });
        await update({ appearance: { ...status.settings.appearance, tour: true } });
      },

      async giveConsent() {
        const { status } = get();
        if (status.phase !== 'ready') return false;
        const version = status.info.consentVersion;
        return (await writeSettings((to) => to.settings.giveConsent({ version }))) !== null;
      },

      async reset() {
        const settings = await writeSettings((to) => to.settings.reset());
        if (settings) set({ screen: 'dashboard', history: [] });
        return settings !== null;
      },

      async keepFullPower() {
        await get().run((to) => to.power.keepFull());
      },

      async revertFullPower() {
        await get().run((to) => to.power.revertFull());
      },

      async answerClose(action, remember) {
        set({ closeAsked: null });
        await get().run((to) => to.window.closeChoice({ action, remember }));
      },
    };
  });
}

function trialOf(trial: PowerTrialState): FullPowerTrial | null {
  if (trial.state === 'none') return null;
  const { power } = trial;
  return { power, endsAtMs: trial.state === 'running' ? nowMs() + trial.remainingMs : null };
}

function problemOf(answer: Result<unknown>): Problem | null {
  return answer.ok ? null : answer.error;
}

function unexpected(error: unknown): Problem {
  return problem('internal', { reason: error instanceof Error ? error.message : String(error) });
}

/** An answer may come after what was told meanwhile. */
function isNewer(snapshot: Snapshot, known: Snapshot | null): boolean {
  return known === null || snapshot.monotonicMs >= known.monotonicMs;
}
