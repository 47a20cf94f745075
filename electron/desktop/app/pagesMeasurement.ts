import type { PagesGain } from '../../contract/health.ts';
import { problem } from '../../contract/problem.ts';
import { refused, type Result } from '../../contract/result.ts';
import type { PowerSettings } from '../../contract/settings.ts';
import type { comparePages } from '../../core/engine/comparePages.ts';
import { cpuReport } from '../../core/engine/library.ts';
import { engineProblem } from '../../core/engine/problem.ts';
import { adviseThreads, cpusFor } from '../../core/system/threads.ts';

/** The measurement of what huge pages bring, one at a time. */
export class PagesMeasurement {
  readonly #compare: typeof comparePages;
  #running: { readonly abort: AbortController; readonly ended: Promise<unknown> } | null = null;

  constructor(compare: typeof comparePages) {
    this.#compare = compare;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** With the threads that this power has. */
  async run(power: PowerSettings): Promise<Result<PagesGain>> {
    const abort = new AbortController();
    const ended = this.#measure(power, abort.signal);
    this.#running = { abort, ended };
    const measured = await ended;
    this.#running = null;
    return measured;
  }

  /** Resolves when no thread of it is left. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.ended;
  }

  async #measure(power: PowerSettings, signal: AbortSignal): Promise<Result<PagesGain>> {
    try {
      const cpu = cpuReport();
      const { profile } = power;
      const count = profile === 'custom' ? power.threads : adviseThreads(cpu)[profile];
      const cpus = cpusFor(cpu, count);
      return await this.#compare({ cpus, mode: 'fast', signal });
    } catch (error) {
      return refused(signal.aborted ? problem('comparingEnded') : engineProblem(error));
    }
  }
}
