import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, dialog, powerMonitor } from 'electron';
import { libraryHash, releaseCaches } from '../core/engine/library.ts';
import { problem } from '../contract/problem.ts';
import { createText } from '../contract/text/index.ts';
import { ApiFactsKeeper } from '../core/api/facts.ts';
import { startApi } from '../core/api/server.ts';
import { ApiHost } from './app/apiHost.ts';
import { Desktop } from './app/desktop.ts';
import { engineOpener } from '../core/engine/openEngine.ts';
import { engineProblem } from '../core/engine/problem.ts';
import { openSource } from '../core/work/openSource.ts';
import { createHandlers } from './ipc/handlers.ts';
import { pushTo, registerCalls } from './ipc/register.ts';
import { LogRing } from './app/logRing.ts';
import { Measurement } from './app/measurement.ts';
import { reportHealth, runHealth } from './app/health.ts';
import { isFullPower } from './app/power.ts';
import { RunMarker } from './app/runMarker.ts';
import { systemReport, tunedReport, type ShellFacts } from './app/systemReport.ts';
import { practiceDeps } from './app/sourceFor.ts';
import { testPool } from './app/testPool.ts';
import { Tunings } from '../core/engine/tunings.ts';
import { systemClock } from '../core/clock.ts';
import { IdleClock } from '../core/rules/idle.ts';
import { SettingsStore } from '../core/settings/store.ts';
import { TUNING_FILE_NAME, TuningFile } from '../core/settings/tuningFile.ts';
import { refused } from '../contract/result.ts';
import type { AppInfo } from '../contract/ipc.ts';
import { CONSENT_VERSION, type Settings } from '../contract/settings.ts';
import type { Tuning } from '../contract/tuning.ts';
import { writeClipboard } from './shell/compat.ts';
import { FrontEnd } from './shell/frontEnd.ts';
import { endCleanly, onFault, onWake } from './shell/lifecycle.ts';
import { openLink } from './shell/links.ts';
import { LoginItem } from './shell/loginItem.ts';
import { installMenu } from './shell/menu.ts';
import { declareAppScheme, serveRenderer } from './shell/protocol.ts';
import { hardenEverything } from './shell/security.ts';
import { claimSingleInstance } from './shell/singleInstance.ts';
import { applyTheme } from './shell/theme.ts';
import { hasMoved, readAddresses } from '../core/system/network.ts';
import { readOnBattery } from '../core/system/battery.ts';
import { systemFiles } from '../core/system/systemFiles.ts';
import { checkAddress } from '../core/wallet/address.ts';
import { Inspector } from '../core/work/stratum/inspector.ts';
import { PoolMemories } from '../core/work/stratum/poolMemory.ts';

/** Composition root of the desktop app: builds the parts and hands them to each other, nothing else. */

const LOOK_EVERY_MS = 2000;

const built = join(import.meta.dirname, '..');
const assets = join(app.getAppPath(), 'assets');

// What Windows calls the app in notifications and on the taskbar.
app.setAppUserModelId('io.github.ibctminer');
app.setPath('userData', join(app.getPath('appData'), 'Ibctminer'));
hardenEverything();
declareAppScheme();

let frontEnd: FrontEnd | undefined;
// Also what ELECTRON_DISABLE_SANDBOX and some launchers ask for.
if (app.isPackaged && app.commandLine.hasSwitch('no-sandbox')) {
  const { t } = createText('en');
  dialog.showErrorBox(t('dialog.noSandbox'), t('dialog.noSandboxDetail'));
  app.exit(1);
} else if (claimSingleInstance(() => frontEnd?.open())) void app.whenReady().then(run);
else app.exit(0);

async function run(): Promise<void> {
  const folder = app.getPath('userData');
  const text = createText('en');
  const loginItem = new LoginItem(text.t('app.what'));
  const store = new SettingsStore(folder);
  const push = pushTo(
    () => frontEnd?.contents,
    (fault) => log.tell('error', fault),
  );
  const log = new LogRing((entry) => push('log', entry));
  if (store.notice !== null) log.tell('warn', store.notice);
  const idle = new IdleClock(() => powerMonitor.getSystemIdleTime());
  const inspector = new Inspector();
  const memories = new PoolMemories();
  const tunings = new Tunings(new TuningFile(join(folder, TUNING_FILE_NAME)));
  const measurement = new Measurement({
    measure: (signal, onProgress) =>
      tunings.measure('rx/0', store.current.power.mode, signal, onProgress),
    known: knownTuning,
    describeError: engineProblem,
    onChange: (state) => frontEnd?.showTuning(state),
  });
  const desktop = new Desktop({
    clock: systemClock,
    keeper: store,
    log,
    marker: new RunMarker(join(folder, 'mining')),
    use: { isOnBattery, idle },
    checkAddress,
    isFullPower: (power) => isFullPower(power, tunedReport(power, tunings)),
    openSource: (spec) =>
      openSource(spec, { agentVersion: app.getVersion(), inspector, memories, ...practiceDeps }),
    openEngine: engineOpener(tunings),
    measurement,
    onChange: () => frontEnd?.changed(),
    onSettings: (settings) => {
      applyOutside(settings);
      api.apply(settings.api);
      frontEnd?.showSettings(settings);
      push('addressAlert', desktop.addressAlert);
      // Another mode has another tuning.
      frontEnd?.showTuning(measurement.state());
    },
    onPowerTrial: (state) => frontEnd?.showPowerTrial(state),
  });

  const shown = new FrontEnd({
    clock: systemClock,
    text,
    desktop,
    push,
    preload: join(built, 'preload/preload.cjs'),
    windowIcon: join(assets, 'icon.png'),
    windowStateFile: join(folder, 'window.json'),
    trayIcons: {
      mining: join(assets, 'tray/mining.png'),
      paused: join(assets, 'tray/paused.png'),
      stopped: join(assets, 'tray/stopped.png'),
    },
    quit: () => app.quit(),
    onFacts: () => {
      frontEnd?.refresh();
      tellFacts();
    },
  });
  frontEnd = shown;

  const api = new ApiHost((at) => {
    let keeper: ApiFactsKeeper;
    try {
      keeper = new ApiFactsKeeper(hostname(), app.getVersion());
    } catch (error) {
      return Promise.resolve(refused(engineProblem(error)));
    }
    return startApi({
      ...at,
      snapshot: () => {
        const snapshot = desktop.snapshot();
        keeper.note(snapshot);
        return snapshot;
      },
      facts: () => keeper.facts(),
    });
  });

  const facts = (): ShellFacts => ({
    batteryKnown: isOnBattery() !== null,
    idleKnown: idle.isKnown,
    trayAvailable: shown.isTrayShown,
  });
  const report = () => systemReport(facts(), store.current.power, tunings);
  let toldFacts = '';
  /** The window is told what has become known, or gone, since. */
  function tellFacts(): void {
    const now = JSON.stringify(facts());
    if (now !== toldFacts) push('system', report());
    toldFacts = now;
  }
  const situation = () => ({
    settings: desktop.settings,
    snapshot: desktop.snapshot(),
    isOn: desktop.isMining,
    shell: facts(),
    tunings,
  });
  const appInfo = (): AppInfo => ({
    version: app.getVersion(),
    electron: process.versions.electron,
    chrome: process.versions.chrome,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    librarySha256: loadedLibrary(),
    consentVersion: CONSENT_VERSION,
    settingsFolder: folder,
    notice: store.notice,
  });
  const handlers = createHandlers({
    desktop,
    log,
    inspector,
    apiState: () => api.state(),
    appInfo,
    checkAddress,
    testPool: (input) => testPool(input, { agentVersion: app.getVersion() }),
    systemReport: report,
    runHealth: () => runHealth(situation()),
    healthReport: () => reportHealth(text, situation(), app.getVersion()),
    writeClipboard,
    openLink,
    answerClose: (answer) => shown.answerClose(answer),
  });
  registerCalls(handlers, () => shown.contents);
  onWake(() => {
    desktop.wake();
    shown.refresh();
  });
  let addresses = readAddresses();
  systemClock.every(LOOK_EVERY_MS, () => {
    tellFacts();
    const now = readAddresses();
    if (hasMoved(addresses, now)) desktop.wake();
    addresses = now;
  });
  endCleanly({
    shutDown: async (awaitsBlock) => {
      if (awaitsBlock) shown.tellBlockUnderWay();
      else shown.end();
      await Promise.all([desktop.quit(), api.close()]);
      await releaseCaches();
    },
    isBlockUnderWay: () => desktop.isBlockUnderWay,
    onSessionEnd: () => desktop.noteCleanEnd(),
  });
  app.on('activate', () => shown.open());

  onFault(systemClock, {
    first: (reason) => void desktop.fail(reason),
    further: (reason) => log.tell('error', problem('internal', { reason })),
  });

  installMenu();
  applyOutside(store.current);
  api.apply(store.current.api);
  await serveRenderer(join(built, 'renderer'));
  await shown.run();
  desktop.startAtLaunch();

  function knownTuning(): Tuning | null {
    try {
      return tunings.find('rx/0', store.current.power.mode);
    } catch {
      return null; // no engine: the health page says why
    }
  }

  /** The settings that live outside of this app's own windows. */
  function applyOutside(settings: Settings): void {
    applyTheme(settings);
    const fault = loginItem.apply(settings.rules.openAtLogin);
    if (fault !== null) log.tell('warn', fault);
  }
}

/** Null where nothing tells: Electron itself says "no" then, and on Linux the system's files know better. */
function isOnBattery(): boolean | null {
  return process.platform === 'linux'
    ? readOnBattery(systemFiles)
    : powerMonitor.isOnBatteryPower();
}

function loadedLibrary(): string | null {
  try {
    return libraryHash();
  } catch {
    return null; // the health page says why
  }
}
