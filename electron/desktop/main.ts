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
import { publisher } from '../core/release/lookForRelease.ts';
import { madeFile } from '../core/settings/made.ts';
import { systemFiles } from '../core/system/systemFiles.ts';
import { APP_ID, appImageOf, DEBIAN_PACKAGE, installationOf } from './app/installation.ts';
import { assemble } from './assemble.ts';
import { registerCalls, sendTo } from './ipc/register.ts';
import { startAfterExit } from './shell/afterExit.ts';
import { browserMade } from './shell/browserFiles.ts';
import { isSupportedLine, writeClipboard } from './shell/compat.ts';
import { askForPicture, askForTable, askWhereToSave } from './shell/dialogs.ts';
import { onFault } from './shell/faults.ts';
import { FrontEnd } from './shell/frontEnd.ts';
import { endCleanly, onWake } from './shell/lifecycle.ts';
import { openFolder, openLink } from './shell/links.ts';
import { systemLoginEntry } from './shell/loginEntry.ts';
import { LoginItem } from './shell/loginItem.ts';
import { installMenu } from './shell/menu.ts';
import { OwnWindow } from './shell/ownWindow.ts';
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
app.setAppUserModelId(APP_ID);
app.setPath('userData', join(app.getPath('appData'), 'Ibctminer'));
hardenEverything();
declareAppScheme();

async function run(): Promise<void> {
  const folder = app.getPath('userData');
  const systemLanguages = () => app.getPreferredSystemLanguages();
  // The system shows it beside its own words.
  const { t } = createText(chooseLanguage('system', systemLanguages()));
  const loginItem = new LoginItem(systemLoginEntry(t('app.what')));
  const appImage = appImageOf(process.execPath, process.env);
  const windowStateFile = join(folder, 'window.json');
  const window = new OwnWindow();

  const { desktop, text, log, push, machine, handlers, changed, closeAnswered, quit } = assemble({
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
    handover: {
      appImage,
      startAfterExit,
      openFile: (file) => shell.openPath(file),
      quitApp: () => app.quit(),
    },
    files: realFiles,
    openEngine: engineOpener,
    senses: systemSenses(),
    send: sendTo(() => window.contents),
    isLookedAt: () => window.isLookedAt,
    applyOutside: (settings, to) => {
      applyTheme(settings);
      const fault = loginItem.apply(settings.rules.openAtLogin);
      if (fault !== null) to.tell('warn', fault);
    },
    madeOutside: () => [
      madeFile('window', windowStateFile),
      loginItem.made(),
      browserMade(),
      ...lockMade(),
    ],
    chooseFile: askWhereToSave,
    shellCalls: (words) => ({
      choosePicture: () => askForPicture(words()),
      chooseTable: () => askForTable(words()),
      decodePicture,
      writeClipboard,
      openLink,
      openFolder,
      zoom: (to) => window.contents && zoomTo(window.contents, to),
    }),
  });

  const frontEnd = new FrontEnd({
    clock: systemClock,
    text,
    desktop,
    push,
    window,
    preload: join(built, 'preload/preload.cjs'),
    windowIcon: join(assets, 'icon.png'),
    windowStateFile,
    trayIcons: {
      mining: join(assets, 'tray/mining.png'),
      paused: join(assets, 'tray/paused.png'),
      stopped: join(assets, 'tray/stopped.png'),
    },
    quit: () => app.quit(),
    onTray: (isShown) => {
      machine.isTrayShown = isShown;
      machine.look();
    },
    onShown: () => machine.look(),
  });
  changed.listen(() => frontEnd.changed());
  closeAnswered.listen((answer) => frontEnd.answerClose(answer));
  registerCalls(handlers, () => window.contents);
  onWake(() => {
    desktop.wake();
    frontEnd.refresh();
  });
  endCleanly({
    clock: systemClock,
    shutDown: async () => {
      // Until it is known that there is no block to wait for, which the window tells.
      if (!desktop.mayFindBlock) frontEnd.end();
      await quit();
      await releaseCaches();
    },
    isBlockUnderWay: () => desktop.isBlockUnderWay,
    onBlockAwaited: () => {
      desktop.awaitBlock();
      frontEnd.tellBlockUnderWay();
    },
    noteCleanEnd: () => desktop.noteCleanEnd(),
  });
  app.on('second-instance', () => frontEnd.open());
  app.on('activate', () => frontEnd.open());
  onFault(systemClock, {
    first: (reason) => void desktop.fail(reason),
    further: (reason) => log.tell('error', problem('internal', { reason })),
  });
  installMenu();
  await serveRenderer(join(built, 'renderer'));
  await frontEnd.run();
  desktop.startAtLaunch();
}

// Also what ELECTRON_DISABLE_SANDBOX and some launchers ask for.
if (app.isPackaged && app.commandLine.hasSwitch('no-sandbox')) {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  const { t } = createText(chooseLanguage('system', [locale]));
  dialog.showErrorBox(t('dialog.noSandbox'), t('dialog.noSandboxDetail'));
  app.exit(1);
} else if (claimSingleInstance()) void app.whenReady().then(run);
else app.exit(0);
