import type {
  AddressReport,
  ApiState,
  AppInfo,
  CallInput,
  PoolTestReport,
  SystemReport,
  Zoom,
} from '../../contract/ipc.ts';
import type { Connection } from '../../contract/connections.ts';
import type { CommandEnd, HealthItem, KeptForkRehearsal, SelfTest } from '../../contract/health.ts';
import type { KnownPoolId, PoolLatency } from '../../contract/knownPools.ts';
import { problem } from '../../contract/problem.ts';
import type { OwnFiles, UpdateReport } from '../../contract/release.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import type { Tariff } from '../../contract/tariff.ts';
import type { Inspector } from '../../core/work/stratum/inspector.ts';
import type { Desktop } from '../app/desktop.ts';
import type { HistoryDesk } from '../app/historyDesk.ts';
import { parsePlace } from '../app/parsePlace.ts';
import type { LogFiles } from '../app/logFiles.ts';
import type { LogRing } from '../app/logRing.ts';
import type { Uninstall } from '../app/uninstall.ts';
import type { CallHandlers } from './answer.ts';

/** What the calls need besides the desktop: the rooms that test and describe, and a few things only a shell can do. */
export interface HandlerParts {
  readonly desktop: Desktop;
  readonly log: LogRing;
  readonly logFiles: LogFiles;
  readonly history: HistoryDesk;
  readonly inspector: Pick<Inspector, 'messages'>;
  readonly apiState: () => Promise<ApiState>;
  readonly appInfo: () => AppInfo;
  readonly checkAddress: (text: string) => AddressReport;
  /** The text of the QR code in a picture that the user chooses; null when he chooses none. */
  readonly readPicture: () => Promise<Result<string | null>>;
  /** The prices of a table that the user chooses; null when he chooses none. */
  readonly readTariff: () => Promise<Result<Tariff | null>>;
  readonly testPool: (input: CallInput<'pool', 'test'>) => Promise<PoolTestReport>;
  readonly measureLatency: (id: KnownPoolId) => Promise<PoolLatency>;
  readonly lookAtAccounts: () => void;
  readonly systemReport: () => SystemReport;
  readonly runningPrograms: () => readonly string[];
  readonly testEngine: () => Promise<Result<SelfTest>>;
  readonly lastRehearsal: () => KeptForkRehearsal | null;
  readonly runHealth: () => Promise<HealthItem[]>;
  readonly runCommand: (command: string) => Promise<Result<CommandEnd>>;
  /** A text without addresses. */
  readonly healthReport: () => Promise<string>;
  readonly updates: {
    readonly report: () => Promise<UpdateReport>;
    readonly lookNow: () => Promise<UpdateReport>;
    readonly download: () => Promise<UpdateReport>;
    readonly stopDownload: () => void;
    readonly install: () => Promise<Result<undefined>>;
  };
  readonly connections: () => Connection[];
  readonly compareOwnFiles: () => Promise<OwnFiles>;
  readonly writeClipboard: (text: string) => Promise<void>;
  readonly openLink: (id: CallInput<'link', 'open'>['id']) => Promise<void>;
  /** What the system says against it; nothing when it is open. */
  readonly openFolder: (folder: string) => Promise<string>;
  readonly answerClose: (answer: CallInput<'window', 'closeChoice'>) => void;
  readonly zoom: (to: Zoom) => void;
  readonly uninstall: Uninstall;
}

const done = success(undefined);

/** What each call of the contract does. */
export function createHandlers(parts: HandlerParts): CallHandlers {
  const { desktop, log, logFiles, history } = parts;
  return {
    app: { info: () => success(parts.appInfo()) },
    snapshot: { get: () => success(desktop.snapshot()) },
    mining: {
      start: () => desktop.start(),
      stop: async () => {
        await desktop.stop();
        return done;
      },
      pause: ({ minutes }) => {
        desktop.pause(minutes);
        return done;
      },
      resume: () => {
        desktop.resume();
        return done;
      },
    },
    settings: {
      get: () => success(desktop.settings),
      giveConsent: ({ version }) => desktop.giveConsent(version),
      update: (patch) => desktop.update(patch),
      reset: () => desktop.reset(),
      addressAlert: () => success(desktop.addressAlert),
    },
    power: {
      trial: () => success(desktop.powerTrial),
      keepFull: () => desktop.keepFullPower(),
      revertFull: () => {
        desktop.revertFullPower();
        return done;
      },
    },
    tuning: {
      get: () => success(desktop.tuning),
      begin: () => desktop.beginTuning(),
      cancel: async () => {
        await desktop.cancelTuning();
        return done;
      },
    },
    wallet: {
      check: ({ text }) => success(parts.checkAddress(text)),
      readPicture: () => parts.readPicture(),
    },
    pool: {
      parse: ({ text, kind }) => parsePlace(text, kind),
      test: async (input) => success(await parts.testPool(input)),
      latency: async ({ id }) => success(await parts.measureLatency(id)),
      lookAtAccounts: () => {
        parts.lookAtAccounts();
        return done;
      },
    },
    money: { readTariff: () => parts.readTariff() },
    system: {
      report: () => success(parts.systemReport()),
      programs: () => success([...parts.runningPrograms()]),
    },
    health: {
      run: async () => success(await parts.runHealth()),
      testEngine: () => parts.testEngine(),
      measurePages: () => desktop.measurePages(),
      rehearseFork: () => desktop.rehearseFork(),
      lastRehearsal: () => success(parts.lastRehearsal()),
      runCommand: ({ command }) => parts.runCommand(command),
      report: async () => success(await parts.healthReport()),
    },
    history: {
      view: async ({ span, kind }) => success(await history.view(span, kind)),
      overview: async ({ kind }) => success(await history.overview(kind)),
      state: () => success(history.state()),
      export: ({ format }) => history.export(format),
      deleteAll: () => history.deleteAll(),
    },
    logs: {
      get: () => success([...log.entries]),
      folder: () => success(logFiles.place()),
      openFolder: async () => {
        const { folder } = logFiles.place();
        const said = await parts.openFolder(folder);
        return said === '' ? done : refused(problem('folderUnopenable', { folder, said }));
      },
      export: () => logFiles.export(),
    },
    inspector: { get: () => success([...parts.inspector.messages()]) },
    api: { state: async () => success(await parts.apiState()) },
    release: {
      updates: async () => success(await parts.updates.report()),
      lookNow: async () => success(await parts.updates.lookNow()),
      download: async () => success(await parts.updates.download()),
      stopDownload: () => {
        parts.updates.stopDownload();
        return done;
      },
      install: () => parts.updates.install(),
      compareOwnFiles: async () => success(await parts.compareOwnFiles()),
    },
    connections: { list: () => success(parts.connections()) },
    uninstall: {
      plan: () => success(parts.uninstall.plan()),
      run: async ({ keep }) => success(await parts.uninstall.run(keep)),
    },
    clipboard: {
      write: async ({ text }) => {
        await parts.writeClipboard(text);
        return done;
      },
    },
    link: {
      open: async ({ id }) => {
        await parts.openLink(id);
        return done;
      },
    },
    window: {
      closeChoice: (answer) => {
        parts.answerClose(answer);
        return done;
      },
      zoom: ({ to }) => {
        parts.zoom(to);
        return done;
      },
    },
  };
}
