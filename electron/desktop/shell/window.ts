import { BrowserWindow, nativeTheme, screen } from 'electron';
import { APP_ORIGIN } from './assets.ts';
import { readWindowState, writeWindowState } from './windowState.ts';
import { letKeysZoom } from './zoom.ts';

export interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  /** Where size and place are remembered. */
  readonly stateFile: string;
  /** The X was pressed. True when the window may really go. */
  readonly mayClose: () => boolean;
  /** The page crashed. True: it is loaded again. */
  readonly mayReload: () => boolean;
}

const TITLE = 'Ibctminer';
/** What is seen before the first paint; the renderer's token `--ground` in both themes. */
const background = { light: '#f4f5f3', dark: '#101312' };

/** The one window: sandboxed, isolated, without Node, showing only the packaged pages. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: TITLE,
    ...readWindowState(
      options.stateFile,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: 640,
    minHeight: 480,
    show: false,
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
    },
  });

  // Every title begins with the app's name, whatever the page calls itself.
  window.on('page-title-updated', (event, title) => {
    if (!title.startsWith(TITLE)) event.preventDefault();
  });
  window.on('close', (event) => {
    writeWindowState(options.stateFile, window.getNormalBounds());
    if (!options.mayClose()) event.preventDefault();
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && options.mayReload()) window.webContents.reload();
  });
  letKeysZoom(window.webContents);
  // A failed load leaves an empty window; there is nothing behind it that a retry could find.
  void window.loadURL(`${APP_ORIGIN}/`).catch(() => window.show());
  return window;
}

/** Brings the window to the front, from wherever it is. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Puts it back on the screen without taking the keyboard from whatever is in use. */
export function showWindowQuietly(window: BrowserWindow): void {
  window.showInactive();
}

/** Whether anybody can see what the window shows. */
export function isLookedAt(window: BrowserWindow): boolean {
  return !window.isDestroyed() && window.isVisible() && !window.isMinimized();
}
