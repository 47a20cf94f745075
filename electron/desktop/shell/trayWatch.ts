import type { Cancel, Clock } from '../../core/clock.ts';
import type { TrayPresence } from './trayPresence.ts';

export interface TrayWatchOptions {
  readonly clock: Pick<Clock, 'nowMs' | 'after'>;
  readonly read: () => Promise<TrayPresence>;
  /** Makes the tray icon anew: one made before the desktop's tray was there is never shown. */
  readonly remake: () => void;
  /** Whether our icon is shown is known, or has changed. */
  readonly onChange: () => void;
  /** Our icon has not been shown for a while: whoever is hidden must come back. */
  readonly onLost: () => void;
}

const LOOK_EVERY_MS = 15_000;
/** Something is wrong, or a panel is just starting: look again soon. */
const LOOK_AGAIN_MS = 3000;
const LOST_AFTER_MS = 5000;
const REMAKE_EVERY_MS = 10_000;

/** Keeps our icon in the desktop's tray, whenever that comes and goes, and knows whether people can see it. */
export class TrayWatch {
  readonly #options: TrayWatchOptions;
  #isShown = false;
  #missingSinceMs: number | undefined;
  #remadeAtMs = -Infinity;
  #next: Cancel = () => undefined;
  #looking: Promise<void> | undefined;
  #isOver = false;

  constructor(options: TrayWatchOptions) {
    this.#options = options;
  }

  get isShown(): boolean {
    return this.#isShown;
  }

  /** Looks now, and then again and again until `end`. Resolves after this look. */
  look(): Promise<void> {
    this.#next();
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = undefined;
      if (this.#isOver) return;
      const soon = this.#missingSinceMs !== undefined;
      this.#next = this.#options.clock.after(
        soon ? LOOK_AGAIN_MS : LOOK_EVERY_MS,
        () => void this.look(),
      );
    });
    return this.#looking;
  }

  end(): void {
    this.#isOver = true;
    this.#next();
  }

  async #lookOnce(): Promise<void> {
    const presence = await this.#options.read();
    if (this.#isOver) return;
    switch (presence) {
      case 'unknown':
        return;
      case 'shown':
        this.#missingSinceMs = undefined;
        this.#set(true);
        return;
      case 'refused':
        this.#miss();
        this.#remake();
        return;
      case 'none':
        this.#miss();
    }
  }

  #miss(): void {
    const { clock, onLost } = this.#options;
    this.#missingSinceMs ??= clock.nowMs();
    this.#set(false);
    if (clock.nowMs() - this.#missingSinceMs >= LOST_AFTER_MS) onLost();
  }

  #remake(): void {
    const { clock, remake } = this.#options;
    const nowMs = clock.nowMs();
    const since = this.#missingSinceMs ?? nowMs;
    if (nowMs - since < LOOK_AGAIN_MS || nowMs - this.#remadeAtMs < REMAKE_EVERY_MS) return;
    this.#remadeAtMs = nowMs;
    remake();
  }

  #set(isShown: boolean): void {
    if (isShown === this.#isShown) return;
    this.#isShown = isShown;
    this.#options.onChange();
  }
}
