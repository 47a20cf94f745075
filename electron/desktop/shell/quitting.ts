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
  /**
   * The process ends before all has ended: writes down at once that this is no crash. Windows ends the process as soon as the
   * listeners of the session's end have returned, so nothing here may wait. May be called more than once.
   */
  readonly noteCleanEnd: () => void;
  readonly exit: () => void;
}

/**
 * Every Quit ends everything once, and then the process. A block on its way to the user's node, the last hashes' too, is waited for,
 * unless the user has been told of it and quits again, or the system ends the session.
 */
export class Quitting {
  readonly #parts: QuittingParts;
  #isEnding = false;
  #isBlockTold = false;
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
    this.#parts.noteCleanEnd();
    if (this.#isEnding) this.#parts.clock.after(SHUTDOWN_LIMIT_MS, () => this.#leave());
  }

  quit(): void {
    const { clock, shutDown, exit } = this.#parts;
    if (this.#isEnding) {
      if (this.#isBlockTold && this.#awaitsBlock()) this.#leave();
      return;
    }
    this.#isEnding = true;
    clock.after(SHUTDOWN_LIMIT_MS, () => this.#onLimit());
    void shutDown().then(exit, () => this.#leave());
    if (this.#awaitsBlock()) this.#tellBlock();
  }

  #onLimit(): void {
    if (!this.#awaitsBlock()) {
      this.#leave();
      return;
    }
    if (!this.#isBlockTold) this.#tellBlock();
    this.#parts.clock.after(BLOCK_LIMIT_MS, () => this.#leave());
  }

  /** Waits for nothing more. */
  #leave(): void {
    this.#parts.noteCleanEnd();
    this.#parts.exit();
  }

  #tellBlock(): void {
    this.#isBlockTold = true;
    this.#parts.onBlockAwaited();
  }

  #awaitsBlock(): boolean {
    return !this.#isSessionEnding && this.#parts.isBlockUnderWay();
  }
}
