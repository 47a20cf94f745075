import type { BrowserWindow } from 'electron';
import type { Text } from '../../contract/text/index.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import type { Clock } from '../../core/clock.ts';
import type { Desktop } from '../app/desktop.ts';
import { NoticeWatch, type Notice } from '../app/notices.ts';
import { SnapshotFeed } from '../app/snapshotFeed.ts';
import type { CallInput, PushPayload } from '../../contract/ipc.ts';
import type { NamedProfile } from '../../contract/settings.ts';
import type { Push } from '../ipc/answer.ts';
import { CloseQuestion, onClosePressed } from './closing.ts';
import { CrashLoop } from './crashLoop.ts';
import { askAfterCrashes, askToClose, askToQuit } from './dialogs.ts';
import { notify } from './notifications.ts';
import { TrayView } from './tray.ts';
import type { TrayIcon } from './trayMenu.ts';
import { readTrayPresence } from './trayPresence.ts';
import { TrayWatch } from './trayWatch.ts';
import type { OwnWindow } from './ownWindow.ts';
import { openWindow, showWindow, showWindowQuietly } from './window.ts';

export interface FrontEndOptions {
  readonly clock: Clock;
  readonly text: () => Text;
  readonly desktop: Desktop;
  readonly push: Push;
  readonly window: OwnWindow;
  readonly preload: string;
  readonly windowIcon: string;
  readonly windowStateFile: string;
  readonly trayIcons: Readonly<Record<TrayIcon, string>>;
  readonly quit: () => void;
  /** Whether our tray icon is shown has changed. */
  readonly onTray: (isShown: boolean) => void;
  /** The window is on the screen again. */
  readonly onShown: () => void;
}

/** A session bus that does not answer holds up no press of the X for longer. */
const TRAY_LOOK_LIMIT_MS = 1000;

/** Window and tray: shows what the desktop is doing, and turns presses into its commands. */
export class FrontEnd {
  readonly #options: FrontEndOptions;
  readonly #notices: NoticeWatch;
  readonly #tray: TrayView;
  readonly #trayWatch: TrayWatch;
  readonly #closeQuestion: CloseQuestion;
  readonly #crashes: CrashLoop;
  readonly #feed: SnapshotFeed;
  #isEnding = false;
  /** The window has been on the screen at least once. */
  #wasSeen = false;
  /** Quit was chosen in the tray and its question is not answered yet. */
  #isAskingToQuit = false;

  constructor(options: FrontEndOptions) {
    this.#options = options;
    const { desktop } = options;
    this.#tray = new TrayView({
      text: options.text,
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
    this.#notices = new NoticeWatch(options.text);
    this.#closeQuestion = new CloseQuestion(options.clock);
    this.#crashes = new CrashLoop(options.clock);
    this.#feed = new SnapshotFeed({
      clock: options.clock,
      take: () => desktop.snapshot(),
      isLookedAt: () => options.window.isLookedAt,
      tellAll: (snapshot) => options.push('snapshot', snapshot),
      tellNews: (news) => options.push('snapshotNews', news),
      onTaken: (snapshot) => this.#onTaken(snapshot),
    });
    this.#trayWatch = new TrayWatch({
      clock: options.clock,
      read: () => readTrayPresence(process.pid),
      remake: () => {
        this.#tray.remake();
        this.refresh();
      },
      onChange: () => {
        this.refresh();
        options.onTray(this.isTrayShown);
      },
      onLost: () => this.#showIfHidden(),
    });
  }

  /** Whether our icon is seen in the desktop's tray. */
  get isTrayShown(): boolean {
    return this.#trayWatch.isShown;
  }

  /** Opens the window, then keeps window, tray and notifications up to date. */
  async run(): Promise<void> {
    this.#openWindow();
    this.refresh();
    this.#feed.start();
    await this.#trayWatch.look();
  }

  /** Brings the window to the front, on `screen` when one is asked for. */
  open(screen?: PushPayload<'navigate'>['screen']): void {
    if (this.#isEnding) return;
    const window = this.#openWindow();
    showWindow(window);
    if (screen !== undefined) this.#options.push('navigate', { screen });
    this.refresh();
  }

  /** Something that is shown changed. */
  changed(): void {
    if (!this.#isEnding) this.#feed.changed();
  }

  refresh(): void {
    this.#feed.take();
  }

  answerClose({ action, remember }: CallInput<'window', 'closeChoice'>): void {
    this.#closeQuestion.answered();
    if (action === 'cancel') return;
    const { desktop, quit } = this.#options;
    if (remember) {
      desktop.editor.update({ window: { ...desktop.settings.window, close: action } });
    }
    if (action === 'quit') quit();
    else if (this.isTrayShown) this.#hide();
  }

  /** The app was told to quit, and waits for the node. */
  tellBlockUnderWay(): void {
    notify(this.#options.text().t('notification.blockUnderWay'), () => this.open());
  }

  /** Window and tray go; nothing is shown or asked any more. */
  end(): void {
    this.#isEnding = true;
    this.#feed.end();
    this.#trayWatch.end();
    this.#window?.destroy();
    this.#tray.destroy();
  }

  get #window(): BrowserWindow | undefined {
    return this.#options.window.now;
  }

  #openWindow(): BrowserWindow {
    if (this.#window !== undefined) return this.#window;
    const window = openWindow({
      preload: this.#options.preload,
      icon: this.#options.windowIcon,
      stateFile: this.#options.windowStateFile,
      mayClose: () => this.#isEnding || this.#onClosePressed(),
      mayReload: () => this.#mayReload(),
    });
    window.on('show', () => this.#onShown());
    window.on('restore', () => this.#onShown());
    window.webContents.on('did-finish-load', () => this.#feed.show());
    this.#options.window.hold(window);
    return window;
  }

  /** False: the window stays for now. The tray is looked at again, because it may have gone. */
  #onClosePressed(): boolean {
    const tooLong = new Promise((resolve) => {
      this.#options.clock.after(TRAY_LOOK_LIMIT_MS, () => resolve(undefined));
    });
    void Promise.race([this.#trayWatch.look(), tooLong]).then(() => this.#close());
    return false;
  }

  #close(): void {
    if (this.#isEnding) return;
    const { desktop, quit } = this.#options;
    switch (onClosePressed(desktop.settings.window.close, this.isTrayShown)) {
      case 'quit':
        quit();
        return;
      case 'hide':
        this.#hide();
        return;
      case 'ask':
        this.#askToClose();
    }
  }

  #askToClose(): void {
    const { contents } = this.#options.window;
    const isDead = contents === undefined || contents.isCrashed();
    if (this.#closeQuestion.whoAsks(isDead) === 'system') void this.#askBySystem();
    else {
      this.#options.push('closeAsked', {
        trayAvailable: this.isTrayShown,
        mining: this.#options.desktop.isMining,
      });
    }
  }

  async #askBySystem(): Promise<void> {
    const { desktop, text } = this.#options;
    const action = await askToClose(text(), {
      trayAvailable: this.isTrayShown,
      mining: desktop.isMining,
    });
    this.answerClose({ action, remember: false });
  }

  /** False once the page keeps crashing: the user then decides, and mining is not touched. */
  #mayReload(): boolean {
    if (this.#crashes.mayReload()) return true;
    void this.#askAfterCrashes();
    return false;
  }

  async #askAfterCrashes(): Promise<void> {
    const { quit, text } = this.#options;
    const answer = await askAfterCrashes(text());
    if (this.#isEnding) return;
    if (answer === 'quit') quit();
    else {
      this.#crashes.forgive();
      this.#options.window.contents?.reload();
    }
  }

  #hide(): void {
    const { desktop } = this.#options;
    this.#window?.hide();
    // The tray tells of mining only, and nothing may hash unseen.
    void desktop.measuring.cancel();
    if (desktop.settings.window.hideNoticeShown) return;
    desktop.editor.update({ window: { ...desktop.settings.window, hideNoticeShown: true } });
    notify(this.#options.text().t('notification.hidden'), () => this.open());
  }

  /** A window that nobody could bring back any more; it takes the focus from nobody. */
  #showIfHidden(): void {
    const window = this.#window;
    const isHidden = window !== undefined && !window.isVisible();
    if (isHidden && this.#wasSeen && !this.#isEnding) showWindowQuietly(window);
  }

  /** What it was told last may be long ago. */
  #onShown(): void {
    this.#wasSeen = true;
    this.#feed.show();
    this.#options.onShown();
  }

  #onTaken(snapshot: Snapshot): void {
    const { desktop } = this.#options;
    this.#tray.show(snapshot, desktop.editor.power.profile);
    for (const notice of this.#notices.see(snapshot)) this.#tell(notice);
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
    const { desktop, quit, text } = this.#options;
    if (!desktop.isMining || this.#isAskingToQuit) {
      quit();
      return;
    }
    this.#isAskingToQuit = true;
    const isSure = await askToQuit(text());
    this.#isAskingToQuit = false;
    if (isSure) quit();
  }

  /** Full power is confirmed in the window first. */
  #usePower(profile: NamedProfile): void {
    const { desktop } = this.#options;
    const { power } = desktop.settings;
    if (profile === 'full' && desktop.editor.power.profile !== 'full') this.open('power');
    else if (profile !== desktop.editor.power.profile)
      desktop.editor.update({ power: { mode: power.mode, profile } });
    // The menu has ticked what was clicked; it shows again what is true.
    this.#tray.redraw();
    this.refresh();
  }
}
