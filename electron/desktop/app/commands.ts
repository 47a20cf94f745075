import type { CommandEnd, HealthCommand } from '../../contract/health.ts';
import { problem } from '../../contract/problem.ts';
import { refused, type Result } from '../../contract/result.ts';
import type { runPrompted } from '../../core/system/prompt.ts';

export interface CommandsParts {
  readonly run: typeof runPrompted;
  /** As the user sees them. */
  readonly shown: () => Promise<readonly HealthCommand[]>;
}

/** Runs a command that is shown with a button by the system's own prompt, one at a time. */
export class Commands {
  readonly #parts: CommandsParts;
  #running: AbortController | null = null;
  #isOver = false;

  constructor(parts: CommandsParts) {
    this.#parts = parts;
  }

  /** Only what is offered now, word for word. */
  async run(command: string): Promise<Result<CommandEnd>> {
    if (this.#isOver) return refused(problem('quitting'));
    if (this.#running !== null) return refused(problem('promptOpen'));
    const abort = new AbortController();
    this.#running = abort;
    try {
      const shown = await this.#parts.shown();
      const isOffered = shown.some((one) => one.canRun === true && one.command === command);
      if (!isOffered) return refused(problem('commandGone'));
      return await this.#parts.run(command, abort.signal);
    } finally {
      this.#running = null;
    }
  }

  /** Nobody is left to answer. */
  end(): void {
    this.#isOver = true;
    this.#running?.abort();
  }
}
