import * as realFiles from 'node:original-fs';
import { join } from 'node:path';
import { app, dialog, shell } from 'electron';
import { problem } from '../contract/problem.ts';
import { createText } from '../contract/text/index.ts';
import { knownPools } from '../contract/knownPools.ts';
import { chooseLanguage } from '../contract/text/language.ts';
import { systemClock } from '../core/clock.ts';
import { releaseCaches } from '../core/engine/library.ts';
import { engineOpener } from '../core/engine/openEngine.ts';
import { publisher } from '../core/release/look.ts';
import { madeFile } from '../core/settings/made.ts';
import { systemFiles } from '../core/system/systemFiles.ts';
import { appImageOf, DEBIAN_PACKAGE, installationOf } from './app/installation.ts';
import { assemble } from './assemble.ts';
import { pushTo, registerCalls } from './ipc/register.ts';
import { startAfterExit } from './shell/afterExit.ts';
import { browserMade } from './shell/browserFiles.ts';
import { isSupportedLine, writeClipboard } from './shell/compat.ts';
import { askForPicture, askForTable, askWhereToSave } from './shell/dialogs.ts';
import { FrontEnd } from './shell/frontEnd.ts';
import { endCleanly, onFault, onWake } from './shell/lifecycle.ts';
import { openFolder, openLink } from './shell/links.ts';
import { LoginItem } from './shell/loginItem.ts';
import { installMenu } from './shell/menu.ts';
import { decodePicture } from './shell/picture.ts';
import { declareAppScheme, serveRenderer } from './shell/protocol.ts';
import { hardenEverything } from './shell/security.ts';
import { systemSenses } from './shell/senses/senses.ts';
import { claimSingleInstance, lockMade } from './shell/singleInstance.ts';
import { applyTheme } from './shell/theme.ts';
import { zoomTo } from './shell/zoom.ts';

/** The desktop app in Electron: what is around the assembled parts (assemble.ts), from the single instance to the tray. */

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
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  const { t } = createText(chooseLanguage('system', [locale]));
  dialog.showErrorBox(t('dialog.noSandbox'), t('dialog.noSandboxDetail'));
  app.exit(1);
} else if (claimSingleInstance(() => frontEnd?.open())) void app.whenReady().then(run);
else app.exit(0);

async function run(): Promise<void> {
  const folder = app.getPath('userData');
  const systemLanguages = () => app.getPreferredSystemLanguages();
  // The system shows it beside its own words.
  const { t } = createText(chooseLanguage('system', systemLanguages()));
  const appImage = appImageOf(process.execPath, process.env);
  const windowStateFile = join(folder, 'window.json');
  const loginItem = new LoginItem(t('app.what'));
  const push = pushTo(
    () => frontEnd?.contents,
    (fault) => log.tell('error', fault),
  );
  const { desktop, text, log, handlers, tellFacts, quit } = assemble({
    clock: systemClock,
    systemLanguages,
    folder,
    versions: {
      version: app.getVersion(),
      electron: process.versions.electron,
      electronIsSupported: isSupportedLine(),
      chrome: process.versions.chrome,
      node: process.versions.node,
    },
    publisher,
    knownPools,
    program: app.getPath('exe'),
    installation: installationOf({
      platform: process.platform,
      isPackaged: app.isPackaged,
      program: app.getPath('exe'),
      source: app.getAppPath(),
      appImage,
      filesOfPackage: systemFiles.read(`/var/lib/dpkg/info/${DEBIAN_PACKAGE}.list`),
    }),
    appImage,
    startAfterExit,
    openFile: (file) => shell.openPath(file),
    quitApp: () => app.quit(),
    files: realFiles,
    openEngine: engineOpener,
    push,
    onChange: () => frontEnd?.changed(),
    applyOutside: (settings, to) => {
      applyTheme(settings);
      const fault = loginItem.apply(settings.rules.openAtLogin);
      if (fault !== null) to.tell('warn', fault);
    },
    senses: systemSenses(),
    madeOutside: () => [
      madeFile('window', windowStateFile),
      loginItem.made(),
      browserMade(),
      ...lockMade(),
    ],
    isTrayShown: () => frontEnd?.isTrayShown === true,
    isLookedAt: () => frontEnd?.isLookedAt === true,
    chooseFile: askWhereToSave,
    choosePicture: () => askForPicture(text()),
    chooseTable: () => askForTable(text()),
    decodePicture,
    writeClipboard,
    openLink,
    openFolder,
    answerClose: (answer) => frontEnd?.answerClose(answer),
    zoom: (to) => frontEnd?.contents && zoomTo(frontEnd.contents, to),
  });
  const shown = new FrontEnd({
    clock: systemClock,
    text,
    desktop,
    push,
    preload: join(built, 'preload/preload.cjs'),
    windowIcon: join(assets, 'icon.png'),
    windowStateFile,
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
  registerCalls(handlers, () => shown.contents);
  onWake(() => {
    desktop.wake();
    shown.refresh();
  });
  endCleanly({
    clock: systemClock,
    shutDown: async () => {
      // Until it is known that there is no block to wait for, which the window tells.
      if (!desktop.mayFindBlock) shown.end();
      await quit();
      await releaseCaches();
    },
    isBlockUnderWay: () => desktop.isBlockUnderWay,
    onBlockAwaited: () => {
      desktop.awaitBlock();
      shown.tellBlockUnderWay();
    },
    onSessionEnd: () => desktop.noteCleanEnd(),
  });
  app.on('activate', () => shown.open());
  onFault(systemClock, {
    first: (reason) => void desktop.fail(reason),
    further: (reason) => log.tell('error', problem('internal', { reason })),
  });
  installMenu();
  await serveRenderer(join(built, 'renderer'));
  await shown.run();
  desktop.startAtLaunch();
}
