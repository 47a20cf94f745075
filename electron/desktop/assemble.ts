import type * as FileSystem from 'node:fs';
import { join } from 'node:path';
import type { CallInput } from '../contract/ipc.ts';
import { knownPoolAt, type KnownPool } from '../contract/knownPools.ts';
import type { ForkRehearsal } from '../contract/health.ts';
import type { Senses } from '../contract/senses.ts';
import type { Settings } from '../contract/settings.ts';
import { textIn, type Text } from '../contract/text/index.ts';
import { chooseLanguage } from '../contract/text/language.ts';
import type { Installation } from '../contract/uninstall.ts';
import { API_HOST } from '../core/api/server.ts';
import type { Clock } from '../core/clock.ts';
import { comparePages } from '../core/engine/comparePages.ts';
import type { EngineOpener } from '../core/engine/engine.ts';
import { cpuReport } from '../core/engine/library.ts';
import { machineOf, Tunings, type Tune } from '../core/engine/tunings.ts';
import { HistoryStore } from '../core/history/store.ts';
import { rehearseFork } from '../core/mining/rehearseFork.ts';
import { MoneyFacts } from '../core/money/moneyFacts.ts';
import { PoolAccounts } from '../core/poolAccounts/accounts.ts';
import { P2poolCredit } from '../core/poolAccounts/p2poolCredit.ts';
import { Readings } from '../core/poolAccounts/readings.ts';
import type { Publisher } from '../core/release/lookForRelease.ts';
import { compareOwnFiles, installedAt } from '../core/release/ownFiles.ts';
import type { Made } from '../core/settings/made.ts';
import { SettingsStore } from '../core/settings/store.ts';
import { REHEARSAL_FILE_NAME, RehearsalFile } from '../core/settings/rehearsalFile.ts';
import { TUNING_FILE_NAME, TuningFile } from '../core/settings/tuningFile.ts';
import { Connections } from '../core/system/connections.ts';
import { reservedHugePages } from '../core/system/memory.ts';
import { NetworkWatch } from '../core/system/network.ts';
import { runPrompted } from '../core/system/prompt.ts';
import { Sensors } from '../core/system/sensors.ts';
import { systemFiles } from '../core/system/systemFiles.ts';
import { checkAddress } from '../core/wallet/address.ts';
import { openSource } from '../core/work/openSource.ts';
import { Inspector } from '../core/work/stratum/inspector.ts';
import { PoolMemories } from '../core/work/stratum/poolMemory.ts';
import { accountPools } from './app/accountPools.ts';
import { ApiHost, apiOpener } from './app/apiHost.ts';
import { appInfoOf, type Versions } from './app/appInfo.ts';
import { Commands } from './app/commands.ts';
import { Desktop } from './app/desktop.ts';
import { Health, pagesPrompt } from './app/health.ts';
import { HistoryDesk } from './app/historyDesk.ts';
import { intentsOf, placeOf } from './app/intents.ts';
import { LogFiles, type LogFilesOptions } from './app/logFiles.ts';
import { LogRing } from './app/logRing.ts';
import { MachineFacts } from './app/machineFacts.ts';
import { MachineUse } from './app/machineUse.ts';
import { forkOnDemand, pagesOnDemand } from './app/measuring/onDemand.ts';
import { tuningMeasurement } from './app/measuring/tuning.ts';
import { isFullPower } from './app/power.ts';
import { practiceDeps } from './app/practiceDeps.ts';
import { RunMarker } from './app/runMarker.ts';
import { Signal } from './app/signal.ts';
import { tunedReport } from './app/systemReport.ts';
import { Uninstall } from './app/uninstall.ts';
import type { CallHandlers, Push, Send } from './ipc/answer.ts';
import { createHandlers, type ShellCalls } from './ipc/handlers.ts';
import { openUpdates } from './updates/openUpdates.ts';
import type { Handover } from './updates/takeOver.ts';

/** What is around the app: Electron's windows, or a test's. */
export interface Surroundings extends Pick<LogFilesOptions, 'chooseFile'> {
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
  readonly handover: Handover;
  /** The file system as it is: Electron's own takes archives for folders. */
  readonly files: typeof FileSystem;
  readonly openEngine: (tunings: Tunings) => EngineOpener;
  readonly tune?: Tune;
  readonly comparePages?: typeof comparePages;
  readonly rehearseFork?: typeof rehearseFork;
  readonly senses: Senses;
  /** To the window's page, where there is one. What broke the contract is not sent, and told. */
  readonly send: Send;
  /** Whether anybody can see the window. */
  readonly isLookedAt: () => boolean;
  /** Settings that live outside of the app's own windows. */
  readonly applyOutside: (settings: Settings, log: LogRing) => void;
  /** What they have made on this computer. */
  readonly madeOutside: () => readonly Made[];
  readonly shellCalls: (text: () => Text) => ShellCalls;
}

export interface Assembled {
  readonly desktop: Desktop;
  /** In the language of the moment. */
  readonly text: () => Text;
  readonly log: LogRing;
  readonly push: Push;
  readonly machine: MachineFacts;
  readonly handlers: CallHandlers;
  /** Something that is shown has changed. */
  readonly changed: Signal;
  /** What the window's X means was answered in the page. */
  readonly closeAnswered: Signal<CallInput<'window', 'closeChoice'>>;
  /** Resolves when no thread, socket or timer is left. */
  readonly quit: () => Promise<void>;
}

const LOOK_EVERY_MS = 2000;
/** What the computer offers hardly ever changes, and to know it much of the system is asked. */
const LOOK_AT_MACHINE_EVERY_MS = 10_000;

/** Builds the parts of the desktop app, each from those above it, and nothing else. */
export function assemble(around: Surroundings): Assembled {
  const { clock, folder, senses, send, versions, publisher, knownPools } = around;
  const { version } = versions;
  const changed = new Signal();
  const settingsChanged = new Signal<Settings>();
  const closeAnswered = new Signal<CallInput<'window', 'closeChoice'>>();

  /* What is kept, and told */

  const store = new SettingsStore(folder, clock);
  const text = textIn(() =>
    chooseLanguage(store.current.appearance.language, around.systemLanguages()),
  );
  // A line about a line of the log would never end.
  const log = new LogRing((entry) => void send('log', entry), clock);
  const push: Push = (name, payload) => {
    const fault = send(name, payload);
    if (fault !== null) log.tell('error', fault);
  };
  if (store.notice !== null) log.tell('warn', store.notice);
  const { chooseFile } = around;
  const logFiles = new LogFiles({ parent: folder, log, text, chooseFile });
  const history = new HistoryStore(folder, (fault) => log.tell('warn', fault));
  const marker = new RunMarker(join(folder, 'mining'));

  /* This computer */

  const power = () => store.current.power;
  const sensors = new Sensors(clock, senses);
  const use = new MachineUse(clock, senses, sensors);
  const tuningFile = new TuningFile(join(folder, TUNING_FILE_NAME));
  const tunings = new Tunings(tuningFile, clock, around.tune);
  const machine = new MachineFacts({
    ...{ use, tunings, power },
    onChange: (report) => push('system', report),
  });
  const openEngine = around.openEngine(tunings);

  /* Where work comes from */

  const connections = new Connections(clock);
  const inspector = new Inspector(clock);
  const memories = new PoolMemories();
  const sourceDeps = { agentVersion: version, onOpening: connections.note };

  /* Mining and measuring */

  const tuning = tuningMeasurement(
    tunings,
    () => power().mode,
    (state) => push('tuning', state),
  );
  tunings.onLearned = () => {
    push('tuning', tuning.state());
    push('system', machine.report());
  };
  const rehearsals = new RehearsalFile(join(folder, REHEARSAL_FILE_NAME), () => ({
    ...machineOf(cpuReport()),
    app: version,
  }));
  const keepRehearsal = (rehearsal: ForkRehearsal) => {
    const { kept, fault } = rehearsals.keep(rehearsal, clock.wallMs());
    if (fault !== null) log.tell('warn', fault);
    return kept;
  };
  const money = new MoneyFacts(senses.powerLimitWatts);
  const desktop = new Desktop({
    ...{ clock, keeper: store, log, marker, history, use, sensors, money, checkAddress },
    isFullPower: (wanted) => isFullPower(wanted, tunedReport(wanted, tunings)),
    openSource: (spec) =>
      openSource(spec, { ...sourceDeps, inspector, memories, clock, ...practiceDeps }),
    openEngine,
    measurements: {
      tuning,
      pages: pagesOnDemand(around.comparePages ?? comparePages),
      fork: forkOnDemand(around.rehearseFork ?? rehearseFork, keepRehearsal, {
        openEngine,
        practice: { ...sourceDeps, ...practiceDeps },
      }),
    },
    onChange: changed.tell,
    onSettings: settingsChanged.tell,
    onPowerTrial: (state) => {
      push('powerTrial', state);
      changed.tell();
    },
  });

  /* What came of it */

  const readings = new Readings(join(folder, 'pool-credits.json'));
  const historyDesk = new HistoryDesk({
    ...{ clock, store: history, desktop, chooseFile },
    onDeleted: () => readings.forget(),
  });
  const accounts = new PoolAccounts({
    clock,
    pools: () => accountPools(store.current, knownPools),
    isHashing: () => desktop.isHashing,
    onOpening: (pool, socket) => connections.note('account', pool.socks5 ?? pool.api, socket),
    readings,
    minedAt: async (pool, sinceMs) => {
      const mined = await historyDesk.minedSince(sinceMs);
      return mined.filter(({ source }) => knownPoolAt(source.host, knownPools)?.id === pool);
    },
    onChange: changed.tell,
  });
  const p2poolCredit = new P2poolCredit({
    ...{ clock, readings, settings: () => store.current },
    minedSince: (sinceMs) => historyDesk.minedSince(sinceMs),
    onChange: changed.tell,
  });
  money.listenTo({
    accounts: () => accounts.states(),
    p2poolCredit: () => p2poolCredit.credit,
  });
  const health = new Health({ clock, text, version, desktop, machine, tunings });
  const reservedPages = () => reservedHugePages(systemFiles, pagesPrompt());
  const commands = new Commands({
    run: runPrompted,
    shown: async () => {
      const ofHealth = (await health.items()).flatMap((item) => item.commands);
      const undo = reservedPages()?.undo;
      return undo === undefined ? ofHealth : [...ofHealth, undo];
    },
  });

  /* What follows the settings besides mining */

  const api = new ApiHost(
    apiOpener({
      version,
      snapshot: () => desktop.snapshot(),
      onConnection: (port, socket) => connections.note('api', { host: API_HOST, port }, socket),
    }),
  );
  const { updates, file: updateFile } = openUpdates({
    ...{ clock, version, publisher, handover: around.handover },
    installed: around.installation.kind,
    folder: join(folder, 'updates'),
    onOpening: (socket) => connections.note('updates', placeOf(new URL(publisher.address)), socket),
    isBlockUnderWay: () => desktop.isBlockUnderWay,
    onNewer: (newer) => log.add({ level: 'info', key: 'newVersion', values: { version: newer } }),
  });
  let isOver = false;
  const applyOutside = (settings: Settings) => {
    // While a last block is waited for, the window may still change settings.
    if (isOver) return;
    around.applyOutside(settings, log);
    api.apply(settings.api);
    updates.apply(settings.updates.look);
  };
  applyOutside(store.current);
  settingsChanged.listen((settings) => {
    applyOutside(settings);
    accounts.forgetOthers();
    push('settings', settings);
    push('addressAlert', store.addressAlert);
    // Another mode has another tuning.
    push('tuning', tuning.state());
    changed.tell();
  });

  /* What is looked at again and again */

  const network = new NetworkWatch(() => desktop.wake());
  const stops = [
    clock.every(LOOK_EVERY_MS, () => {
      network.look();
      logFiles.flush();
    }),
    clock.every(LOOK_AT_MACHINE_EVERY_MS, () => {
      if (around.isLookedAt()) machine.look();
    }),
  ];

  /* The end, and what is left then */

  const end = async () => {
    isOver = true;
    for (const stop of stops) stop();
    commands.end();
    updates.close();
    accounts.close();
    p2poolCredit.close();
    await Promise.all([desktop.quit(), api.close()]);
    logFiles.flush();
  };
  const makers = [history, readings, logFiles, tuningFile, rehearsals, marker, updateFile];
  const uninstall = new Uninstall({
    ...{ platform: process.platform, folder, installation: around.installation, end },
    made: () => [...store.made(), ...makers.map((maker) => maker.made()), ...around.madeOutside()],
    hugePages: reservedPages,
  });
  const quit = async () => {
    await end();
    uninstall.finish();
  };

  /* What the window may ask for */

  const handlers = createHandlers({
    ...{
      desktop,
      machine,
      health,
      commands,
      rehearsals,
      log,
      logFiles,
      history: historyDesk,
      inspector,
    },
    ...{ api, accounts, knownPools, sourceDeps, note: connections.note, updates, uninstall },
    shell: around.shellCalls(text),
    appInfo: () =>
      appInfoOf({
        ...{ versions, settingsFolder: folder, notice: store.notice },
        systemLanguages: around.systemLanguages(),
      }),
    runningPrograms: () => senses.runningPrograms?.() ?? [],
    connections: () =>
      connections.list(
        intentsOf({ settings: store.current, isMining: desktop.isMining, publisher, knownPools }),
      ),
    compareOwnFiles: () =>
      compareOwnFiles({
        ...installedAt(around.program),
        ...{ version, keys: publisher.keys, files: around.files },
      }),
    answerClose: closeAnswered.tell,
  });
  return { desktop, text, log, push, machine, handlers, changed, closeAnswered, quit };
}
