import { dialog, type BrowserWindow, type WebContents } from 'electron';
import type { Desktop } from '../app/desktop.ts';
import { NoticeWatch, type Notice } from '../app/notices.ts';
import type { CallInput, PowerTrialState } from '../../contract/ipc.ts';
import type { NamedProfile, Settings } from '../../contract/settings.ts';
import type { Push } from '../ipc/register.ts';
import type { TuningState } from '../../contract/tuning.ts';
import { onClosePressed } from './closing.ts';
import { notify } from './notifications.ts';
import { TrayView } from './tray.ts';
import { isTrayHostPresent } from './trayHost.ts';
import type { TrayIcon } from './trayMenu.ts';
import { isLookedAt, openWindow, showWindow } from './window.ts';

export interface FrontEndOptions {
  readonly desktop: Desktop;
  readonly push: Push;
  readonly preload: string;
  readonly windowIcon: string;
  readonly windowStateFile: string;
  readonly trayIcons: Readonly<Record<TrayIcon, string>>;
  readonly quit: () => void;
}

/** A focused window sees two snapshots a second, one in the background one. */
const FOCUSED_MS = 500;
const UNFOCUSED_MS = 1000;
const HOST_EVERY_MS = 15_000;

/** Window and tray: shows what the desktop is doing, and turns presses into its commands. */
export class FrontEnd {
  readonly #options: FrontEndOptions;
  readonly #notices = new NoticeWatch();
  readonly #tray: TrayView;
  readonly #timers: NodeJS.Timeout[] = [];
  #window: BrowserWindow | undefined;
  #isEnding = false;
  #hasTrayHost = false;
  #lastRefreshMs = 0;
  #soon: NodeJS.Timeout | undefined;
  /** The window has been on the screen at least once. */
  #wasSeen = false;
  /** Quit was chosen in the tray and its question is not answered yet. */
  #isAskingToQuit = false;
  /** The X was pressed and the page has not answered yet. */
  #isAsking = false;

  constructor(options: FrontEndOptions) {
    this.#options = options;
    const { desktop } = options;
    this.#tray = new TrayView({
      icons: options.trayIcons,
      commands: {
        start: () => this.#start(),
        stop: () => void desktop.stop(),
        pause: (minutes) => desktop.pause(minutes),
        resume: () => desktop.resume(),
        usePower: (profile) => this.#usePower(profile),
        open: (screen) => this.open(screen),
        quit: () => void this.#quitFromTray(),
      },
    });
  }

  get contents(): WebContents | undefined {
    return this.#window?.webContents;
  }

  get hasTrayHost(): boolean {
    return this.#hasTrayHost;
  }

  /** Opens the window, then keeps window, tray and notifications up to date. */
  async run(): Promise<void> {
    this.#openWindow();
    this.refresh();
    this.#timers.push(
      setInterval(() => this.#tick(), FOCUSED_MS),
      setInterval(() => void this.#watchTrayHost(), HOST_EVERY_MS),
    );
    await this.#watchTrayHost();
  }

  /** Brings the window to the front, on `screen` when one is asked for. */
  open(screen?: 'dashboard' | 'settings'): void {
    if (this.#isEnding) return;
    const window = this.#openWindow();
    showWindow(window);
    if (screen !== undefined) this.#options.push('navigate', { screen });
    this.refresh();
  }

  /** Something changed: shown at once, but never more often than twice a second. */
  changed(): void {
    const waitMs = this.#lastRefreshMs + FOCUSED_MS - Date.now();
    if (this.#isEnding || this.#soon !== undefined) return;
    if (waitMs <= 0) this.refresh();
    else this.#soon = setTimeout(() => this.refresh(), waitMs);
  }

  refresh(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#lastRefreshMs = Date.now();
    const { desktop } = this.#options;
    const snapshot = desktop.snapshot();
    this.#tray.show(snapshot, desktop.power.profile);
    const window = this.#window;
    if (window === undefined || !isLookedAt(window)) return;
    this.#wasSeen = true;
    this.#options.push('snapshot', snapshot);
  }

  showSettings(settings: Settings): void {
    this.#options.push('settings', settings);
    this.refresh();
  }

  showTuning(state: TuningState): void {
    this.#options.push('tuning', state);
  }

  showPowerTrial(state: PowerTrialState): void {
    this.#options.push('powerTrial', state);
    this.refresh();
  }

  answerClose({ action, remember }: CallInput<'window', 'closeChoice'>): void {
    this.#isAsking = false;
    if (action === 'cancel') return;
    const { desktop, quit } = this.#options;
    if (remember) {
      desktop.update({ window: { ...desktop.settings.window, close: action } });
    }
    if (action === 'quit') quit();
    else if (this.#hasTrayHost) this.#hide();
  }

  /** Window and tray go; nothing is shown or asked any more. */
  end(): void {
    this.#isEnding = true;
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#soon);
    this.#window?.destroy();
    this.#tray.destroy();
  }

  #openWindow(): BrowserWindow {
    if (this.#window !== undefined && !this.#window.isDestroyed()) return this.#window;
    const window = openWindow({
      preload: this.#options.preload,
      icon: this.#options.windowIcon,
      stateFile: this.#options.windowStateFile,
      mayClose: () => this.#isEnding || this.#onClosePressed(),
    });
    window.on('closed', () => {
      if (this.#window === window) this.#window = undefined;
    });
    window.on('show', () => this.refresh());
    window.on('restore', () => this.refresh());
    this.#window = window;
    return window;
  }

  /** False: the window stays for now. The tray host is looked for again, because it may have gone. */
  #onClosePressed(): boolean {
    void this.#watchTrayHost().then(() => this.#close());
    return false;
  }

  #close(): void {
    const { desktop, quit } = this.#options;
    switch (onClosePressed(desktop.settings.window.close, this.#hasTrayHost)) {
      case 'quit':
        quit();
        return;
      case 'hide':
        this.#hide();
        return;
      case 'ask':
        // Pressed again while the page does not answer, it means what it says.
        if (this.#isAsking || this.contents === undefined || this.contents.isCrashed()) quit();
        else this.#ask();
    }
  }

  #ask(): void {
    this.#isAsking = true;
    this.#options.push('closeAsked', {
      trayAvailable: this.#hasTrayHost,
      mining: this.#options.desktop.isMining,
    });
  }

  #hide(): void {
    const { desktop } = this.#options;
    this.#window?.hide();
    // The tray tells of mining only, and nothing may hash unseen.
    void desktop.cancelTuning();
    if (desktop.settings.window.hideNoticeShown) return;
    desktop.update({ window: { ...desktop.settings.window, hideNoticeShown: true } });
    notify('Ibctminer goes on in the tray. Its menu stops mining and quits.', () => this.open());
  }

  async #watchTrayHost(): Promise<void> {
    this.#hasTrayHost = await isTrayHostPresent();
    const isHidden = this.#window !== undefined && !this.#window.isVisible() && this.#wasSeen;
    if (isHidden && !this.#hasTrayHost && !this.#isEnding) this.open();
  }

  #tick(): void {
    const everyMs = this.#window?.isFocused() === true ? FOCUSED_MS : UNFOCUSED_MS;
    if (Date.now() - this.#lastRefreshMs < everyMs - FOCUSED_MS / 2) return;
    this.refresh();
    for (const notice of this.#notices.see(this.#options.desktop.snapshot())) this.#tell(notice);
  }

  #tell(notice: Notice): void {
    if (!this.#options.desktop.settings.notifications[notice.kind]) return;
    notify(notice.body, () => this.open());
  }

  /** The tray has no room for a reason: what keeps Start from working is shown in the window. */
  #start(): void {
    if (!this.#options.desktop.start().ok) this.open('dashboard');
  }

  /** Asks once while mining; chosen again meanwhile, Quit means what it says. */
  async #quitFromTray(): Promise<void> {
    const { desktop, quit } = this.#options;
    if (!desktop.isMining || this.#isAskingToQuit) {
      quit();
      return;
    }
    this.#isAskingToQuit = true;
    const { response } = await dialog.showMessageBox({
      type: 'question',
      title: 'Ibctminer',
      message: 'Quit stops mining',
      detail: 'No share is found until you open Ibctminer and start again.',
      buttons: ['Cancel', 'Stop mining and quit'],
      defaultId: 1,
      cancelId: 0,
    });
    this.#isAskingToQuit = false;
    if (response === 1) quit();
  }

  /** Full power is confirmed in the window first. */
  #usePower(profile: NamedProfile): void {
    const { desktop } = this.#options;
    const { power } = desktop.settings;
    if (profile === 'full' && desktop.power.profile !== 'full') this.open('settings');
    else if (profile !== desktop.power.profile)
      desktop.update({ power: { mode: power.mode, profile } });
    // The menu has ticked what was clicked; it shows again what is true.
    this.#tray.redraw();
    this.refresh();
  }
}
