import type {
  AddressAlert,
  AppInfo,
  PowerTrialState,
  PushPayload,
  SystemReport,
} from '../../electron/contract/ipc.ts';
import type { LogEntry } from '../../electron/contract/logLine.ts';
import type { Problem } from '../../electron/contract/problem.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { PowerSettings, Settings } from '../../electron/contract/settings.ts';
import type { Snapshot, SnapshotNews } from '../../electron/contract/snapshot.ts';
import type { TuningState } from '../../electron/contract/tuning.ts';
import type { Bridge } from '../bridge.ts';
import { unexpected, type Asking } from './asking.ts';
import { nowMs } from './pageClock.ts';
import type { Navigation } from './navigation.ts';
import { withRehearsal, type OnDemand } from './onDemand.ts';
import { appendRate, type KeptRate } from './recentRates.ts';
import type { SetState } from './setState.ts';

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

/** What the main process says: asked for once, and told whenever it is another. */
export interface Mirror {
  readonly status: Phase;
  readonly snapshot: Snapshot | null;
  /** When the last snapshot arrived, in this process's monotonic time. */
  readonly snapshotReceivedAtMs: number;
  readonly recentRates: readonly KeptRate[];
  readonly logs: readonly LogEntry[];
  readonly closeAsked: PushPayload<'closeAsked'> | null;
  /** Somebody else wrote another address into the settings file. */
  readonly addressAlert: AddressAlert;
  readonly fullPowerTrial: FullPowerTrial | null;
  /** Null until it is known. */
  readonly tuning: TuningState | null;
  readonly load: () => Promise<void>;
  readonly dismissNotice: () => void;
}

type Set = SetState<Mirror & Pick<Asking, 'problem'> & Pick<OnDemand, 'onDemand'>>;

export function createMirror(bridge: Bridge, set: Set): Mirror {
  return {
    status: { phase: 'loading' },
    snapshot: null,
    snapshotReceivedAtMs: nowMs(),
    recentRates: [],
    logs: [],
    closeAsked: null,
    addressAlert: null,
    fullPowerTrial: null,
    tuning: null,
    load: () => load(bridge, set),
    dismissNotice: () => changeReady(set, ({ info }) => ({ info: { ...info, notice: null } })),
  };
}

/** Keeps it true from now on. */
export function followPushes(
  bridge: Bridge,
  { ask }: Pick<Asking, 'ask'>,
  get: () => Mirror & Pick<Navigation, 'show' | 'openSettings'>,
  set: Set,
): void {
  bridge.on.snapshot((snapshot) => set((state) => seen(state, snapshot)));
  bridge.on.snapshotNews((news) => set((state) => heard(state, news)));
  bridge.on.settings((settings) => changeReady(set, () => ({ settings })));
  bridge.on.addressAlert((addressAlert) => set({ addressAlert }));
  bridge.on.system((system) => changeReady(set, () => ({ system })));
  bridge.on.log((entry) => set((state) => ({ logs: [...state.logs.slice(1 - LOG_LINES), entry] })));
  bridge.on.powerTrial((state) => set({ fullPowerTrial: trialOf(state) }));
  bridge.on.tuning((tuning) => {
    const before = get().tuning?.result;
    const { result } = tuning;
    set({ tuning });
    if (before?.measuredAtMs === result?.measuredAtMs && before?.mode === result?.mode) return;
    // Another tuning may recommend other numbers of threads.
    void ask((to) => to.system.report()).then((system) => {
      if (system) changeReady(set, () => ({ system }));
    });
  });
  bridge.on.closeAsked((closeAsked) => set({ closeAsked }));
  bridge.on.navigate(({ screen }) => {
    if (screen === 'power') get().openSettings(screen);
    else get().show(screen);
  });
}

/** What was written is shown without waiting to be told. */
export function showSettings(set: SetState<Pick<Mirror, 'status'>>, settings: Settings): void {
  changeReady(set, () => ({ settings }));
}

async function load(bridge: Bridge, set: Set): Promise<void> {
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
        ? seen(state, snapshot.value)
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
}

type Ready = Extract<Phase, { phase: 'ready' }>;

/** Before it is loaded there is nothing to change: loading asks for what is newest. */
function changeReady(
  set: SetState<Pick<Mirror, 'status'>>,
  change: (ready: Ready) => Partial<Ready>,
): void {
  set(({ status }) =>
    status.phase === 'ready' ? { status: { ...status, ...change(status) } } : {},
  );
}

function seen({ recentRates }: Mirror, snapshot: Snapshot): Partial<Mirror> {
  return {
    snapshot,
    snapshotReceivedAtMs: nowMs(),
    recentRates: appendRate(recentRates, snapshot),
  };
}

/** What has not changed stays the same object. A page that knows nothing yet is told all of it. */
function heard(state: Mirror, news: SnapshotNews): Partial<Mirror> {
  return state.snapshot === null ? {} : seen(state, { ...state.snapshot, ...news });
}

/** An answer may come after what was told meanwhile. */
function isNewer(snapshot: Snapshot, known: Snapshot | null): boolean {
  return known === null || snapshot.monotonicMs >= known.monotonicMs;
}

function trialOf(trial: PowerTrialState): FullPowerTrial | null {
  if (trial.state === 'none') return null;
  const { power } = trial;
  return { power, endsAtMs: trial.state === 'running' ? nowMs() + trial.remainingMs : null };
}

function problemOf(answer: Result<unknown>): Problem | null {
  return answer.ok ? null : answer.error;
}
