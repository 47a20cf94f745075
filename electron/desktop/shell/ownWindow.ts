import type { BrowserWindow, WebContents } from 'electron';
import { isLookedAt } from './window.ts';

/** The app's one window, while there is one. */
export class OwnWindow {
  #window: BrowserWindow | undefined;

  get now(): BrowserWindow | undefined {
    return this.#window?.isDestroyed() === true ? undefined : this.#window;
  }

  get contents(): WebContents | undefined {
    return this.now?.webContents;
  }

  /** Whether anybody can see it. */
  get isLookedAt(): boolean {
    return this.now !== undefined && isLookedAt(this.now);
  }

  hold(window: BrowserWindow): void {
    this.#window = window;
  }
}
