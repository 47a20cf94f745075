import type { AppInfo, CallInput, Zoom } from '../../contract/ipc.ts';
import type { Connection } from '../../contract/connections.ts';
import type { KnownPool } from '../../contract/knownPools.ts';
import { problem } from '../../contract/problem.ts';
import type { OwnFiles, UpdateReport } from '../../contract/release.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import { readTariffFile } from '../../core/money/tariffCsv.ts';
import type { PoolAccounts } from '../../core/poolAccounts/accounts.ts';
import type { RehearsalFile } from '../../core/settings/rehearsalFile.ts';
import type { NoteOpening } from '../../core/system/connections.ts';
import { checkAddress } from '../../core/wallet/address.ts';
import { readQrPicture, type DecodePicture } from '../../core/wallet/qrPicture.ts';
import type { SourceDeps } from '../../core/work/openSource.ts';
import type { Inspector } from '../../core/work/stratum/inspector.ts';
import type { ApiHost } from '../app/apiHost.ts';
import type { Commands } from '../app/commands.ts';
import type { Desktop } from '../app/desktop.ts';
import type { Health } from '../app/health.ts';
import type { HistoryDesk } from '../app/historyDesk.ts';
import { parsePlace } from '../app/parsePlace.ts';
import type { LogFiles } from '../app/logFiles.ts';
import type { LogRing } from '../app/logRing.ts';
import type { MachineFacts } from '../app/machineFacts.ts';
import { latencyTo } from '../app/poolLatency.ts';
import { testPool } from '../app/testPool.ts';
import type { Uninstall } from '../app/uninstall.ts';
import type { CallHandlers } from './answer.ts';

/** What only what is around the app can do: Electron's windows, or a test. */
export interface ShellCalls {
  /** A picture's file, in the system's own dialog; null when the user chooses none. */
  readonly choosePicture: () => Promise<string | null>;
  /** A table's file, likewise. */
  readonly chooseTable: () => Promise<string | null>;
  readonly decodePicture: DecodePicture;
  readonly writeClipboard: (text: string) => Promise<void>;
  readonly openLink: (id: CallInput<'link', 'open'>['id']) => Promise<void>;
  /** What the system says against it; nothing when it is open. */
  readonly openFolder: (folder: string) => Promise<string>;
  readonly zoom: (to: Zoom) => void;
}

/** What the calls reach. */
export interface HandlerParts {
  readonly shell: ShellCalls;
  readonly desktop: Desktop;
  readonly machine: MachineFacts;
  readonly health: Health;
  readonly commands: Commands;
  readonly rehearsals: Pick<RehearsalFile, 'find'>;
  readonly log: LogRing;
  readonly logFiles: LogFiles;
  readonly history: HistoryDesk;
  readonly inspector: Pick<Inspector, 'messages'>;
  readonly api: ApiHost;
  readonly accounts: PoolAccounts;
  readonly knownPools: readonly KnownPool[];
  readonly sourceDeps: SourceDeps;
  readonly note: NoteOpening;
  readonly appInfo: () => AppInfo;
  readonly runningPrograms: () => readonly string[];
  readonly updates: {
    readonly report: () => Promise<UpdateReport>;
    readonly lookNow: () => Promise<UpdateReport>;
    readonly download: () => Promise<UpdateReport>;
    readonly stopDownload: () => void;
    readonly install: () => Promise<Result<undefined>>;
  };
  readonly connections: () => Connection[];
  readonly compareOwnFiles: () => Promise<OwnFiles>;
  readonly answerClose: (answer: CallInput<'window', 'closeChoice'>) => void;
  readonly uninstall: Uninstall;
}

const done = success(undefined);

/** What each call of the contract does. */
export function createHandlers(parts: HandlerParts): CallHandlers {
  const { desktop, health, log, logFiles, history, shell } = parts;
  const { editor, measuring } = desktop;
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
      update: (patch) => editor.update(patch),
      reset: () => desktop.reset(),
      addressAlert: () => success(editor.addressAlert),
    },
    power: {
      trial: () => success(editor.trial.state),
      keepFull: () => editor.keepFullPower(),
      revertFull: () => {
        editor.trial.end();
        return done;
      },
    },
    tuning: {
      get: () => success(measuring.tuning),
      begin: () => measuring.beginTuning(),
      cancel: async () => {
        await measuring.cancel();
        return done;
      },
    },
    wallet: {
      check: ({ text }) => success(checkAddress(text)),
      readPicture: () =>
        readChosen(shell.choosePicture, (path) => readQrPicture(path, shell.decodePicture)),
    },
    pool: {
      parse: ({ text, kind }) => parsePlace(text, kind),
      test: async (input) => success(await testPool(input, parts.sourceDeps)),
      latency: async ({ id }) => success(await latencyTo(id, parts)),
      lookAtAccounts: () => {
        parts.accounts.look();
        return done;
      },
    },
    money: { readTariff: () => readChosen(shell.chooseTable, readTariffFile) },
    system: {
      report: () => success(parts.machine.report()),
      programs: () => success([...parts.runningPrograms()]),
    },
    health: {
      run: async () => success(await health.items()),
      testEngine: () => health.testEngine(),
      measurePages: () => measuring.comparePages(),
      rehearseFork: () => measuring.rehearseFork(),
      lastRehearsal: () => success(parts.rehearsals.find()),
      runCommand: ({ command }) => parts.commands.run(command),
      report: async () => success(await health.report()),
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
        const said = await shell.openFolder(folder);
        return said === '' ? done : refused(problem('folderUnopenable', { folder, said }));
      },
      export: () => logFiles.export(),
    },
    inspector: { get: () => success([...parts.inspector.messages()]) },
    api: { state: async () => success(await parts.api.state()) },
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
        await shell.writeClipboard(text);
        return done;
      },
    },
    link: {
      open: async ({ id }) => {
        await shell.openLink(id);
        return done;
      },
    },
    window: {
      closeChoice: (answer) => {
        parts.answerClose(answer);
        return done;
      },
      zoom: ({ to }) => {
        shell.zoom(to);
        return done;
      },
    },
  };
}

/** Null when the user chooses nothing. */
async function readChosen<T>(
  choose: () => Promise<string | null>,
  read: (path: string) => Result<T> | Promise<Result<T>>,
): Promise<Result<T | null>> {
  const path = await choose();
  return path === null ? success(null) : read(path);
}
