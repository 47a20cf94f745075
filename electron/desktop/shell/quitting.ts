import type { Clock } from '../../core/clock.ts';

/** A shutdown that hangs must not keep the computer from shutting down: SIGTERM is answered within 2 s. */
const SHUTDOWN_LIMIT_MS = 1700;
/** Longer than a node is given to take a block (core/work/daemon/source.ts). */
const BLOCK_LIMIT_MS = 125_000;

export interface QuittingParts {
  readonly clock: Pick<Clock, 'after'>;
  /** Ends everything; resolves when nothing is left running: with a block under way, perhaps minutes later. */
  readonly shutDown: () => Promise<void>;
  readonly isBlockUnderWay: () => boolean;
  /** A block is waited for, longer than anybody expects of a Quit. */
  readonly onBlockAwaited: () => void;
  readonly exit: () => void;
}

/**
 * Every Quit ends everything once, and then the process. A block on its way to the user's node, the last hashes' too, is waited for,
 * unless he quits again or the system ends the session.
 */
export class Quitting {
  readonly #parts: QuittingParts;
  #isEnding = false;
  #isSessionEnding = false;

  constructor(parts: QuittingParts) {
    this.#parts = parts;
  }

  get isSessionEnding(): boolean {
    return this.#isSessionEnding;
  }

  /** Nothing is waited for any more. */
  sessionEnds(): void {
    this.#isSessionEnding = true;
  }

  quit(): void {
    const { clock, shutDown, exit } = this.#parts;
    if (this.#isEnding && this.#awaitsBlock()) {
      exit();
      return;
    }
    clock.after(SHUTDOWN_LIMIT_MS, () => this.#onLimit());
    if (this.#isEnding) return;
    this.#isEnding = true;
    void shutDown()
      .catch(() => undefined)
      .then(exit);
  }

  #onLimit(): void {
    const { clock, onBlockAwaited, exit } = this.#parts;
    if (!this.#awaitsBlock()) {
      exit();
      return;
    }
    onBlockAwaited();
    clock.after(BLOCK_LIMIT_MS, exit);
  }

  #awaitsBlock(): boolean {
    return !this.#isSessionEnding && this.#parts.isBlockUnderWay();
  }
}
