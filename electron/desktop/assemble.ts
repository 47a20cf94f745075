import type * as FileSystem from 'node:fs';
import type { Socket } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { AppInfo } from '../contract/ipc.ts';
import { knownPoolAt, type KnownPool } from '../contract/knownPools.ts';
import { problem } from '../contract/problem.ts';
import { refused, success } from '../contract/result.ts';
import { CONSENT_VERSION, type Settings } from '../contract/settings.ts';
import { textIn, type Text } from '../contract/text/index.ts';
import { chooseLanguage } from '../contract/text/language.ts';
import type { Tuning } from '../contract/tuning.ts';
import type { ForkRehearsal, KeptForkRehearsal } from '../contract/health.ts';
import type { Installation } from '../contract/uninstall.ts';
import { ApiFactsKeeper } from '../core/api/facts.ts';
import { API_HOST, startApi } from '../core/api/server.ts';
import type { Clock } from '../core/clock.ts';
import type { EngineOpener } from '../core/engine/engine.ts';
import { comparePages } from '../core/engine/comparePages.ts';
import { cpuReport, libraryHash } from '../core/engine/library.ts';
import { testEngine } from '../core/engine/selfTest.ts';
import { engineProblem } from '../core/engine/problem.ts';
import { machineOf, Tunings, type Tune } from '../core/engine/tunings.ts';
import { lookForRelease, type Publisher } from '../core/release/look.ts';
import { compareOwnFiles, installedAt } from '../core/release/ownFiles.ts';
import type { Senses } from '../contract/senses.ts';
import { rehearseFork } from '../core/mining/rehearseFork.ts';
import { MoneyFacts } from '../core/money/facts.ts';
import { readTariffFile } from '../core/money/tariffCsv.ts';
import { PoolAccounts } from '../core/poolAccounts/accounts.ts';
import { P2poolCredit } from '../core/poolAccounts/p2poolCredit.ts';
import { Readings } from '../core/poolAccounts/readings.ts';
import { HistoryStore } from '../core/history/store.ts';
import type { Made } from '../core/settings/made.ts';
import { SettingsStore } from '../core/settings/store.ts';
import { REHEARSAL_FILE_NAME, RehearsalFile } from '../core/settings/rehearsalFile.ts';
import { TUNING_FILE_NAME, TuningFile } from '../core/settings/tuningFile.ts';
import { reservedHugePages } from '../core/system/memory.ts';
import { runPrompted } from '../core/system/prompt.ts';
import { hasMoved, readAddresses } from '../core/system/network.ts';
import { Sensors } from '../core/system/sensors.ts';
import { systemFiles } from '../core/system/systemFiles.ts';
import { checkAddress } from '../core/wallet/address.ts';
import { readQrPicture, type DecodePicture } from '../core/wallet/qrPicture.ts';
import { measureLatency } from '../core/work/latency.ts';
import { openSource } from '../core/work/openSource.ts';
import { Inspector } from '../core/work/stratum/inspector.ts';
import { PoolMemories } from '../core/work/stratum/poolMemory.ts';
import { ApiHost } from './app/apiHost.ts';
import { accountPools } from './app/accountPools.ts';
import { connectionsOf, placeOf } from './app/connections.ts';
import { Commands } from './app/commands.ts';
import { Desktop } from './app/desktop.ts';
import { pagesPrompt, reportHealth, runHealth } from './app/health.ts';
import { HistoryDesk } from './app/historyDesk.ts';
import { LogFiles, type LogFilesOptions } from './app/logFiles.ts';
import { LogRing } from './app/logRing.ts';
import { forkOnDemand, pagesOnDemand } from './app/onDemand.ts';
import { Measurement } from './app/measurement.ts';
import { isFullPower } from './app/power.ts';
import { isConsentGiven } from './app/readiness.ts';
import { MachineUse } from './app/machineUse.ts';
import { RunMarker } from './app/runMarker.ts';
import { practiceDeps } from './app/practiceDeps.ts';
import { systemReport, tunedReport, type ShellFacts } from './app/systemReport.ts';
import { testPool } from './app/testPool.ts';
import { Uninstall } from './app/uninstall.ts';
import type { CallHandlers } from './ipc/answer.ts';
import { createHandlers, type HandlerParts } from './ipc/handlers.ts';
import type { Push } from './ipc/register.ts';
import { takeOver, UPDATE_WAYS, type Handover } from './updates/takeOver.ts';
import { UpdateFile } from './updates/updateFile.ts';
import { Updates } from './updates/updates.ts';

type Versions = Pick<AppInfo, 'version' | 'electron' | 'electronIsSupported' | 'chrome' | 'node'>;

/** What is around the app: Electron's windows, or a test's. */
export interface Surroundings
  extends
    Pick<HandlerParts, 'writeClipboard' | 'openLink' | 'openFolder' | 'answerClose' | 'zoom'>,
    Pick<LogFilesOptions, 'chooseFile'>,
    Handover {
  readonly clock: Clock;
  /** BCP 47, the preferred one first. */
  readonly systemLanguages: () => readonly string[];
  /** Where everything is kept. */
  readonly folder: string;
  readonly versions: Versions;
  readonly publisher: Publisher;
  readonly knownPools: readonly KnownPool[];
  /** The running program's own file. */
  readonly program: string;
  readonly installation: Installation;
  /** The file system as it is: Electron's own takes archives for folders. */
  readonly files: typeof FileSystem;
  readonly openEngine: (tunings: Tunings) => EngineOpener;
  readonly tune?: Tune;
  readonly comparePages?: typeof comparePages;
  readonly rehearseFork?: typeof rehearseFork;
  /** A picture's file, in the system's own dialog; null when the user chooses none. */
  readonly choosePicture: () => Promise<string | null>;
  /** A table's file, likewise. */
  readonly chooseTable: () => Promise<string | null>;
  readonly decodePicture: DecodePicture;
  readonly push: Push;
  /** Something that is shown has changed. */
  readonly onChange: () => void;
  /** Settings that live outside of the app's own windows. */
  readonly applyOutside: (settings: Settings, log: LogRing) => void;
  /** What they have made on this computer. */
  readonly madeOutside: () => readonly Made[];
  readonly senses: Senses;
  readonly isTrayShown: () => boolean;
  /** Whether anybody can see the window. */
  readonly isLookedAt: () => boolean;
}

export interface Assembled {
  readonly desktop: Desktop;
  /** In the language of the moment. */
  readonly text: () => Text;
  readonly log: LogRing;
  readonly handlers: CallHandlers;
  /** The window is told what has become known of the machine, or gone, since. */
  readonly tellFacts: () => void;
  /** Resolves when no thread, socket or timer is left. */
  readonly quit: () => Promise<void>;
}

const LOOK_EVERY_MS = 2000;

/** Builds the parts of the desktop app and hands them to each other, nothing else. */
export function assemble(around: Surroundings): Assembled {
  const { clock, folder, push, senses } = around;
  const { version } = around.versions;
  const store = new SettingsStore(folder, clock);
  const text = textIn(() =>
    chooseLanguage(store.current.appearance.language, around.systemLanguages()),
  );
  const log = new LogRing((entry) => push('log', entry), clock);
  const logFiles = new LogFiles({ parent: folder, log, text, chooseFile: around.chooseFile });
  if (store.notice !== null) log.tell('warn', store.notice);
  const sensors = new Sensors(clock, senses);
  const use = new MachineUse(clock, senses, sensors);
  const inspector = new Inspector(clock);
  const memories = new PoolMemories();
  const tuningFile = new TuningFile(join(folder, TUNING_FILE_NAME));
  const tunings = new Tunings(tuningFile, clock, around.tune);
  tunings.onLearned = () => {
    push('tuning', measurement.state());
    push('system', report());
  };
  const rehearsals = new RehearsalFile(join(folder, REHEARSAL_FILE_NAME), () => ({
    ...machineOf(cpuReport()),
    app: version,
  }));
  const connections = connectionsOf({
    ...{ clock, publisher: around.publisher, knownPools: around.knownPools },
    settings: () => store.current,
    isMining: () => desktop.isMining,
  });
  const sourceDeps = { agentVersion: version, onOpening: connections.note };
  const openEngine = around.openEngine(tunings);
  const measurement = new Measurement({
    measure: (signal, onProgress) =>
      tunings.measure('rx/0', store.current.power.mode, signal, onProgress),
    known: knownTuning,
    describeError: engineProblem,
    onChange: (state) => push('tuning', state),
  });
  const api = new ApiHost((at) => {
    const opened = ApiFactsKeeper.open(hostname(), version);
    if (!opened.ok) return Promise.resolve(opened);
    const keeper = opened.value;
    return startApi({
      ...at,
      onConnection: (socket) => connections.note('api', { host: API_HOST, port: at.port }, socket),
      snapshot: () => {
        const snapshot = desktop.snapshot();
        keeper.note(snapshot);
        return snapshot;
      },
      facts: () => keeper.facts(),
    });
  });
  const updateServer = placeOf(new URL(around.publisher.address));
  const onUpdateOpening = (socket: Socket) => connections.note('updates', updateServer, socket);
  const updateFile = new UpdateFile({
    address: around.publisher.address,
    folder: join(folder, 'updates'),
    onOpening: onUpdateOpening,
    isBlockUnderWay: () => desktop.isBlockUnderWay,
    takeOver: (file, listed) => takeOver(around, file, listed),
  });
  const { kind } = around.installation;
  const updates = new Updates({
    clock,
    version,
    way: UPDATE_WAYS[kind],
    publisher: around.publisher,
    target: `${kind}-${process.arch}`,
    file: updateFile,
    look: (publisher) => lookForRelease(publisher, onUpdateOpening),
    onNewer: (newer) => log.add({ level: 'info', key: 'newVersion', values: { version: newer } }),
  });
  const history = new HistoryStore(folder, (fault) => log.tell('warn', fault));
  const marker = new RunMarker(join(folder, 'mining'));
  const readings = new Readings(join(folder, 'pool-credits.json'));
  const accounts: PoolAccounts = new PoolAccounts({
    clock,
    pools: () => accountPools(store.current, around.knownPools),
    isHashing: (): boolean => desktop.isHashing,
    onOpening: ({ api, socks5 }, socket) => connections.note('account', socks5 ?? api, socket),
    readings,
    minedAt: async (pool, sinceMs) => {
      const mined = await historyDesk.minedSince(sinceMs);
      return mined.filter(({ source }) => knownPoolAt(source.host, around.knownPools)?.id === pool);
    },
    onChange: around.onChange,
  });
  const p2poolCredit: P2poolCredit = new P2poolCredit({
    clock,
    settings: () => store.current,
    readings,
    minedSince: (sinceMs) => historyDesk.minedSince(sinceMs),
  });
  const desktop = new Desktop({
    clock,
    keeper: store,
    log,
    marker,
    history,
    use,
    sensors,
    money: new MoneyFacts({
      readPowerLimit: senses.powerLimitWatts,
      accounts: () => accounts.states(),
      p2poolCredit: () => p2poolCredit.credit,
    }),
    checkAddress,
    isFullPower: (power) => isFullPower(power, tunedReport(power, tunings)),
    openSource: (spec) =>
      openSource(spec, { ...sourceDeps, inspector, memories, clock, ...practiceDeps }),
    openEngine,
    measurement,
    pagesGain: pagesOnDemand(around.comparePages ?? comparePages),
    forkRehearsal: forkOnDemand(around.rehearseFork ?? rehearseFork, keepRehearsal, {
      openEngine,
      practice: { ...sourceDeps, ...practiceDeps },
    }),
    onChange: around.onChange,
    onSettings: (settings) => {
      applyOutside(settings);
      push('settings', settings);
      push('addressAlert', desktop.addressAlert);
      accounts.forgetOthers();
      // Another mode has another tuning.
      push('tuning', measurement.state());
      around.onChange();
    },
    onPowerTrial: (state) => {
      push('powerTrial', state);
      around.onChange();
    },
  });

  const historyDesk = new HistoryDesk({
    ...{ clock, store: history, desktop, chooseFile: around.chooseFile },
    onDeleted: () => readings.forget(),
  });
  const facts = (): ShellFacts => ({
    ...use.known,
    trayAvailable: around.isTrayShown(),
  });
  const report = () => systemReport(facts(), store.current.power, tunings);
  const situation = () => ({
    settings: desktop.settings,
    snapshot: desktop.snapshot(),
    isOn: desktop.isMining,
    shell: facts(),
    tunings,
  });
  const reserved = () => reservedHugePages(systemFiles, pagesPrompt());
  const commands = new Commands({
    run: runPrompted,
    shown: async () => {
      const ofHealth = (await runHealth(situation())).flatMap((item) => item.commands);
      const undo = reserved()?.undo;
      return undo === undefined ? ofHealth : [...ofHealth, undo];
    },
  });
  const uninstall = new Uninstall({
    platform: process.platform,
    folder,
    made: () => [
      ...store.made(),
      ...[
        history.made(),
        readings.made(),
        logFiles.made(),
        tuningFile.made(),
        rehearsals.made(),
        marker.made(),
        updateFile.made(),
      ],
      ...around.madeOutside(),
    ],
    installation: around.installation,
    hugePages: reserved,
    end,
  });
  const handlers = createHandlers({
    desktop,
    log,
    logFiles,
    history: historyDesk,
    inspector,
    apiState: () => api.state(),
    appInfo: () => ({
      ...around.versions,
      platform: `${process.platform} ${process.arch}`,
      systemLanguages: [...around.systemLanguages()],
      librarySha256: loadedLibrary(),
      consentVersion: CONSENT_VERSION,
      settingsFolder: folder,
      notice: store.notice,
    }),
    checkAddress,
    readPicture: async () => {
      const path = await around.choosePicture();
      return path === null ? success(null) : readQrPicture(path, around.decodePicture);
    },
    readTariff: async () => {
      const path = await around.chooseTable();
      return path === null ? success(null) : readTariffFile(path);
    },
    testPool: (input) => testPool(input, sourceDeps),
    measureLatency: (id) => {
      const pool = around.knownPools.find((known) => known.id === id);
      if (pool === undefined) return Promise.resolve({ result: 'notFound' });
      const { host, port, tls } = pool;
      const onOpening = (socket: Socket) => connections.note('latency', pool, socket);
      return measureLatency({ host, port, tls, onOpening });
    },
    lookAtAccounts: () => accounts.look(),
    systemReport: report,
    runningPrograms: () => senses.runningPrograms?.() ?? [],
    testEngine: async () => {
      if (!isConsentGiven(store.current)) return refused(problem('consentMissing'));
      try {
        return success(await testEngine());
      } catch (error) {
        return refused(engineProblem(error));
      }
    },
    lastRehearsal: () => rehearsals.find(),
    runHealth: () => runHealth(situation()),
    runCommand: (command) => commands.run(command),
    healthReport: () => reportHealth(text(), situation(), version),
    updates,
    connections: () => connections.list(),
    compareOwnFiles: () =>
      compareOwnFiles({
        ...installedAt(around.program),
        version,
        keys: around.publisher.keys,
        files: around.files,
      }),
    writeClipboard: around.writeClipboard,
    openLink: around.openLink,
    openFolder: around.openFolder,
    answerClose: around.answerClose,
    zoom: around.zoom,
    uninstall,
  });

  let toldFacts = '';
  let addresses = readAddresses();
  const stopLooking = clock.every(LOOK_EVERY_MS, () => {
    if (around.isLookedAt()) tellFacts();
    const now = readAddresses();
    if (hasMoved(addresses, now)) desktop.wake();
    addresses = now;
    logFiles.flush();
  });
  applyOutside(store.current);

  function tellFacts(): void {
    const now = JSON.stringify(facts());
    if (now !== toldFacts) push('system', report());
    toldFacts = now;
  }

  function applyOutside(settings: Settings): void {
    around.applyOutside(settings, log);
    api.apply(settings.api);
    updates.apply(settings.updates.look);
  }

  function keepRehearsal(rehearsal: ForkRehearsal): KeptForkRehearsal {
    const { kept, fault } = rehearsals.keep(rehearsal, clock.wallMs());
    if (fault !== null) log.tell('warn', fault);
    return kept;
  }

  function knownTuning(): Tuning | null {
    try {
      return tunings.find('rx/0', store.current.power.mode);
    } catch {
      return null; // no engine: the health page says why
    }
  }

  async function end(): Promise<void> {
    stopLooking();
    commands.end();
    updates.close();
    accounts.close();
    p2poolCredit.close();
    await Promise.all([desktop.quit(), api.close()]);
    logFiles.flush();
  }

  return {
    desktop,
    text,
    log,
    handlers,
    tellFacts,
    quit: async () => {
      await end();
      uninstall.finish();
    },
  };
}

function loadedLibrary(): string | null {
  try {
    return libraryHash();
  } catch {
    return null; // the health page says why
  }
}
