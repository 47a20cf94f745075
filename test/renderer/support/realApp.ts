import * as files from 'node:fs';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bridge } from '../../../renderer/bridge.ts';
import {
  bridgeNames,
  type CallInput,
  type PushName,
  type PushPayload,
  type Zoom,
} from '../../../electron/contract/ipc.ts';
import { problem } from '../../../electron/contract/problem.ts';
import { refused, type Result } from '../../../electron/contract/result.ts';
import {
  CONSENT_VERSION,
  defaultSettings,
  type PoolSettings,
  type Settings,
} from '../../../electron/contract/settings.ts';
import { cpuReport } from '../../../electron/core/engine/library.ts';
import { adviseThreads, cpusFor } from '../../../electron/core/system/threads.ts';
import type { Text } from '../../../electron/contract/text/index.ts';
import type { Desktop } from '../../../electron/desktop/app/desktop.ts';
import type { LogRing } from '../../../electron/desktop/app/logRing.ts';
import { ToldSnapshot } from '../../../electron/desktop/app/toldSnapshot.ts';
import { assemble, type Surroundings as Around } from '../../../electron/desktop/assemble.ts';
import { knownPools } from '../../../electron/contract/knownPools.ts';
import { publisher } from '../../../electron/core/release/lookForRelease.ts';
import { checkPush, routesTo } from '../../../electron/desktop/ipc/answer.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { decodePng } from '../../support/png.ts';
import { PacedEngine, type Pace } from './pacedEngine.ts';
import { PacedMeasurement } from './pacedMeasurement.ts';

/** What the system and its desktop say; a test changes what it is about. */
export interface Surroundings {
  /** Null where nothing tells. */
  onBattery: boolean | null;
  batteryPercent: number | null;
  /** Never anything but 0 where nothing tells. */
  idleSeconds: number;
  isLocked: boolean;
  /** Null where nothing tells. */
  fullScreen: boolean | null;
  metered: boolean | null;
  celsius: number | null;
  /** What the processor draws; null where nothing tells. */
  watts: number | null;
  powerLimitWatts: number | null;
  programs: string[];
  trayAvailable: boolean;
  /** The code with which the engine cannot be opened; null when it can. */
  engineFault: string | null;
}

export interface RealApp {
  readonly bridge: Bridge;
  readonly clock: FakeClock;
  readonly desktop: Desktop;
  readonly log: LogRing;
  /** What tray and notifications speak. */
  readonly text: () => Text;
  readonly surroundings: Surroundings;
  readonly pace: Pace;
  /** The profile. */
  readonly folder: string;
  /** What the save dialog's user chooses. */
  readonly saveAs: { file: string | null };
  /** What the user of the dialog for pictures chooses. */
  readonly picture: { file: string | null };
  /** What the user of the dialog for tables chooses. */
  readonly table: { file: string | null };
  /** What went to the clipboard, the browser and the window's X, in order. */
  readonly copied: string[];
  readonly opened: string[];
  readonly closeAnswers: CallInput<'window', 'closeChoice'>[];
  readonly zoomed: Zoom[];
  /** What the newer version was handed over to, and `quit` when the app was told to. */
  readonly handedOver: string[];
  readonly measurement: PacedMeasurement;
  /** The newest engine. */
  readonly engine: () => PacedEngine;
  readonly push: <N extends PushName>(name: N, payload: PushPayload<N>) => void;
  /** Lets time pass for the app, and tells the window. */
  readonly advance: (ms: number) => void;
  /** Calls that never answer, those that fail, and those that a test answers. */
  readonly hanging: Set<string>;
  readonly broken: Set<string>;
  readonly answers: Map<string, Result<unknown>>;
  /** Somebody else writes the settings file. */
  readonly writeSettings: (settings: Settings) => void;
  /** Whatever is written from now on cannot be. */
  readonly breakDisk: () => void;
  /** Today's history finds the disk full from now on; that of other days can be read. */
  readonly fillDisk: () => void;
  readonly quit: () => Promise<void>;
}

export const GOOD_ADDRESS =
  '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';
export const OTHER_ADDRESS =
  '888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H';

export function consented(): Settings {
  return { ...defaultSettings(), consent: { version: CONSENT_VERSION, givenAtMs: 1 } };
}

/** A pool on this computer. */
export function poolAt(port: number, change: Partial<PoolSettings> = {}): PoolSettings {
  return {
    ...{ id: 'one', name: 'First pool', kind: 'stratum', host: '127.0.0.1', port },
    ...{ tls: { use: 'none' }, login: { use: 'wallet' }, password: 'x' },
    ...change,
  };
}

/** Settings after the wizard. Nothing listens on the port unless a test says so. */
export function configured(change: Partial<Settings> = {}): Settings {
  const settings = consented();
  // Whoever has mined before knows the dashboard.
  const appearance = { ...settings.appearance, tour: false };
  const wallet = { address: GOOD_ADDRESS };
  return { ...settings, appearance, wallet, pools: [poolAt(9)], ...change };
}

export const VERSIONS: Around['versions'] = {
  ...{ version: '1.0.0', electron: '45.4.1', electronIsSupported: true },
  ...{ chrome: '150.0.7871.20', node: '24.21.0' },
};

/** Who published the app, what it runs on, and where its program is. */
export type Installed = Pick<
  Around,
  | 'publisher'
  | 'program'
  | 'installation'
  | 'versions'
  | 'knownPools'
  | 'comparePages'
  | 'rehearseFork'
> & {
  readonly appImage: string | undefined;
};

/**
 * The app's own main process on a profile of its own, without Electron: real settings, handlers, session, sockets and
 * verdicts. Only the clock, chance and the engine's speed are a test's.
 */
export function startApp(
  settings?: Settings | string,
  installed: Partial<Installed> = {},
): RealApp {
  const folder = mkdtempSync(join(tmpdir(), 'ibctminer-window-'));
  const settingsFile = join(folder, 'settings.json');
  if (settings !== undefined) {
    writeFileSync(settingsFile, typeof settings === 'string' ? settings : JSON.stringify(settings));
  }
  const clock = new FakeClock();
  const surroundings: Surroundings = {
    ...{ onBattery: false, batteryPercent: 80, idleSeconds: 1, isLocked: false, programs: [] },
    ...{ fullScreen: false, metered: false },
    ...{ celsius: 62, watts: null, powerLimitWatts: null },
    ...{ trayAvailable: true, engineFault: null },
  };
  const pace: Pace = {
    hashesPerSecond: 7200,
    datasetMs: 20_000,
    pages: { dataset: '2m', cache: '2m', scratchpads: '2m' },
  };
  const saveAs: RealApp['saveAs'] = { file: null };
  const picture: RealApp['picture'] = { file: null };
  const table: RealApp['table'] = { file: null };
  const copied: string[] = [];
  const opened: string[] = [];
  const handedOver: string[] = [];
  const closeAnswers: CallInput<'window', 'closeChoice'>[] = [];
  const zoomed: Zoom[] = [];
  const hanging = new Set<string>();
  const broken = new Set<string>();
  const answers: RealApp['answers'] = new Map();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let engine: PacedEngine | undefined;

  function push<N extends PushName>(name: N, payload: PushPayload<N>): void {
    const checked = checkPush(name, payload);
    if (!checked.ok) throw new Error(JSON.stringify(checked.error));
    const sent: unknown = structuredClone(checked.value);
    for (const listener of listeners.get(name) ?? []) listener(sent as never);
  }

  const measurement = new PacedMeasurement();
  const { desktop, log, text, machine, handlers, changed, closeAnswered, quit } = assemble({
    clock,
    systemLanguages: () => ['en'],
    folder,
    versions: VERSIONS,
    publisher,
    knownPools,
    program: process.execPath,
    installation: { kind: 'deb', command: 'sudo apt remove ibctminer' },
    files,
    handover: {
      appImage: installed.appImage,
      startAfterExit: (file) => handedOver.push(file),
      openFile: (file) => {
        handedOver.push(file);
        return Promise.resolve('');
      },
      quitApp: () => handedOver.push('quit'),
    },
    ...installed,
    openEngine:
      () =>
      ({ threads, mode }, listener) => {
        const { engineFault: code } = surroundings;
        if (code !== null) throw Object.assign(new Error(code), { code });
        const cpu = cpuReport();
        const count = typeof threads === 'string' ? adviseThreads(cpu)[threads] : threads.count;
        engine = new PacedEngine({ cpus: cpusFor(cpu, count), mode }, pace, clock, listener);
        return engine;
      },
    tune: (options) => measurement.run(options),
    send: (name, payload) => {
      push(name, payload);
      return null;
    },
    applyOutside: () => undefined,
    madeOutside: () => [],
    senses: {
      battery: () => ({ isInUse: surroundings.onBattery, percent: surroundings.batteryPercent }),
      idleSeconds: () => surroundings.idleSeconds,
      celsius: () => surroundings.celsius,
      powerLimitWatts: () => surroundings.powerLimitWatts,
      energy: () => {
        const { watts } = surroundings;
        if (watts === null) return [];
        const joules = (watts * clock.nowMs()) / 1000;
        return [{ name: 'package-0', joules, rangeJoules: 262_143 }];
      },
      isLocked: () => surroundings.isLocked,
      isFullScreen: () => surroundings.fullScreen,
      isMetered: () => surroundings.metered,
      runningPrograms: () => surroundings.programs,
    },
    isLookedAt: () => true,
    chooseFile: () => Promise.resolve(saveAs.file),
    shellCalls: () => ({
      choosePicture: () => Promise.resolve(picture.file),
      chooseTable: () => Promise.resolve(table.file),
      decodePicture: decodePng,
      writeClipboard: (copy) => {
        copied.push(copy);
        return Promise.resolve();
      },
      openLink: (id) => {
        opened.push(id);
        return Promise.resolve();
      },
      openFolder: (path) => {
        opened.push(path);
        return Promise.resolve('');
      },
      zoom: (to) => void zoomed.push(to),
    }),
  });
  const told = new ToldSnapshot();
  const tell = () => {
    const snapshot = desktop.snapshot();
    const { takenAtMs, monotonicMs } = snapshot;
    push('snapshotNews', told.newsIn(snapshot) ?? { takenAtMs, monotonicMs });
  };
  // Before the window looks, there is nobody to tell.
  changed.listen(() => listeners.size > 0 && tell());
  closeAnswered.listen((answer) => closeAnswers.push(answer));
  machine.isTrayShown = surroundings.trayAvailable;
  Object.defineProperty(surroundings, 'trayAvailable', {
    get: () => machine.isTrayShown,
    set: (isShown: boolean) => {
      machine.isTrayShown = isShown;
    },
  });
  const routes = routesTo(handlers);
  const ways = new Map(routes.map(({ channel, answer }) => [channel, answer]));

  async function call(channel: string, input: unknown): Promise<Result<unknown>> {
    if (hanging.has(channel)) return new Promise(() => undefined);
    if (broken.has(channel)) return refused(problem('internal', { reason: 'broken by a test' }));
    const answer = answers.get(channel) ?? (await ways.get(channel)?.(structuredClone(input)));
    return structuredClone(answer) as Result<unknown>;
  }

  const subscribe = (name: string) => (listener: (payload: never) => void) => {
    const all = listeners.get(name) ?? new Set();
    listeners.set(name, all.add(listener));
    return () => all.delete(listener);
  };
  const bridge = {
    ...Object.fromEntries(
      Object.entries(bridgeNames.calls).map(([group, channels]) => [
        group,
        Object.fromEntries(
          Object.entries(channels).map(([name, channel]) => [
            name,
            (input?: unknown) => call(channel, input),
          ]),
        ),
      ]),
    ),
    on: Object.fromEntries(bridgeNames.pushes.map((name) => [name, subscribe(name)])),
  } as unknown as Bridge;

  return {
    ...{ bridge, clock, desktop, log, text, surroundings, pace, measurement, push },
    ...{
      folder,
      saveAs,
      picture,
      table,
      copied,
      opened,
      closeAnswers,
      zoomed,
      answers,
      handedOver,
      hanging,
      broken,
    },
    writeSettings: (next) => writeFileSync(settingsFile, JSON.stringify(next)),
    engine: () => {
      if (engine === undefined) throw new Error('No engine was needed yet.');
      return engine;
    },
    advance: (ms) => {
      clock.advance(ms);
      tell();
    },
    breakDisk: () => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, 'not a folder');
    },
    fillDisk: () => {
      const today = join(
        folder,
        'history-1',
        `${new Date(clock.wallMs()).toISOString().slice(0, 10)}.jsonl`,
      );
      rmSync(today, { force: true });
      symlinkSync('/dev/full', today);
    },
    quit: async () => {
      listeners.clear();
      await quit();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
