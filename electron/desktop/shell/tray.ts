import { Menu, Tray, nativeImage } from 'electron';
import type { PowerProfile } from '../../contract/settings.ts';
import type { Text } from '../../contract/text/index.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { statusLine, trayIcon, trayMenu, type TrayCommands, type TrayIcon } from './trayMenu.ts';

/** Some desktops close an open menu when it is replaced: numbers alone move it only so often. */
const NUMBERS_EVERY_MS = 15_000;

export interface TrayOptions {
  readonly text: () => Text;
  /** Path of each state's picture. */
  readonly icons: Readonly<Record<TrayIcon, string>>;
  readonly commands: TrayCommands;
}

/** The tray icon. Told of every snapshot, it changes only what is seen to change. */
export class TrayView {
  #tray: Tray;
  readonly #options: TrayOptions;
  #icon: TrayIcon = 'stopped';
  /** What the menu is drawn anew for at once, as it was drawn last. */
  #shape = '';
  #text = '';
  #changedAtMs = 0;

  constructor(options: TrayOptions) {
    this.#options = options;
    this.#tray = this.#makeTray();
  }

  /** Makes the icon anew, for a desktop whose tray did not take the old one; the next `show` fills it. */
  remake(): void {
    this.#tray.destroy();
    this.#tray = this.#makeTray();
    this.redraw();
  }

  show(snapshot: Snapshot, profile: PowerProfile): void {
    const icon = trayIcon(snapshot);
    if (icon !== this.#icon) {
      this.#icon = icon;
      this.#tray.setImage(nativeImage.createFromPath(this.#options.icons[icon]));
    }
    const words = this.#options.text();
    const shape = [words.language, snapshot.session.state, snapshot.activity, profile].join();
    const isDue = snapshot.monotonicMs - this.#changedAtMs >= NUMBERS_EVERY_MS;
    if (shape === this.#shape && !isDue) return;

    this.#shape = shape;
    this.#changedAtMs = snapshot.monotonicMs;
    const template = trayMenu(words, snapshot, profile, this.#options.commands);
    const text = JSON.stringify(template);
    if (text === this.#text) return;
    this.#text = text;
    this.#tray.setToolTip(statusLine(words, snapshot));
    this.#tray.setContextMenu(Menu.buildFromTemplate(template));
  }

  /** Makes the next `show` build the menu anew. */
  redraw(): void {
    this.#text = '';
    this.#shape = '';
  }

  destroy(): void {
    this.#tray.destroy();
  }

  #makeTray(): Tray {
    const tray = new Tray(nativeImage.createFromPath(this.#options.icons[this.#icon]));
    tray.on('click', () => this.#options.commands.open('dashboard'));
    return tray;
  }
}
