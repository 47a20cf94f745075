import type { Settings } from '../../contract/settings.ts';
import type { Clock } from '../../core/clock.ts';

export type CloseAnswer = 'background' | 'quit' | 'cancel';

/** What the window's X leads to. Where our tray icon is not shown the window never hides: nobody could bring it back. */
export function onClosePressed(
  choice: Settings['window']['close'],
  trayAvailable: boolean,
): 'ask' | 'hide' | 'quit' {
  switch (choice) {
    case 'quit':
      return 'quit';
    case 'background':
      return trayAvailable ? 'hide' : 'ask';
    case 'ask':
      return 'ask';
  }
}

const ANSWER_LIMIT_MS = 5000;

/**
 * Who asks what the X means. The page does, however often it is pressed; a page that has not answered for a while, or has
 * crashed, cannot, and the system's own dialog does. Nothing quits unasked.
 *
 *   silent ──press──► asked ──answer──► silent
 *                       │ press, 5 s later
 *                       └──► the system's dialog asks
 */
export class CloseQuestion {
  readonly #clock: Pick<Clock, 'nowMs'>;
  #askedAtMs: number | undefined;

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock;
  }

  whoAsks(pageIsDead: boolean): 'page' | 'system' {
    const nowMs = this.#clock.nowMs();
    this.#askedAtMs ??= nowMs;
    return pageIsDead || nowMs - this.#askedAtMs >= ANSWER_LIMIT_MS ? 'system' : 'page';
  }

  answered(): void {
    this.#askedAtMs = undefined;
  }
}
