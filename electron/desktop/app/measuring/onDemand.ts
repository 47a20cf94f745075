import type { ForkRehearsal, KeptForkRehearsal, PagesGain } from '../../../contract/health.ts';
import { problem } from '../../../contract/problem.ts';
import { refused, success, type Result } from '../../../contract/result.ts';
import type { PowerSettings } from '../../../contract/settings.ts';
import type { comparePages } from '../../../core/engine/comparePages.ts';
import { cpuReport } from '../../../core/engine/library.ts';
import { engineProblem } from '../../../core/engine/problem.ts';
import type { rehearseFork, RehearsalOptions } from '../../../core/mining/rehearseFork.ts';
import { FAST_MODE_BYTES } from '../../../core/system/memory.ts';
import { cpusFor } from '../../../core/system/threads.ts';
import { threadsFor } from '../power.ts';

/** Hashes with the threads of this power until done; an abort makes it throw. */
type Measure<T> = (power: PowerSettings, signal: AbortSignal) => Promise<Result<T>>;

/** Something that hashes while the user waits for what comes of it, one at a time. */
export class OnDemand<T> {
  readonly #measure: Measure<T>;
  #running: { readonly abort: AbortController; readonly ended: Promise<unknown> } | null = null;

  constructor(measure: Measure<T>) {
    this.#measure = measure;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  async run(power: PowerSettings): Promise<Result<T>> {
    const abort = new AbortController();
    const ended = this.#outcome(power, abort.signal);
    this.#running = { abort, ended };
    const outcome = await ended;
    this.#running = null;
    return outcome;
  }

  /** Resolves when no thread of it is left. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.ended;
  }

  async #outcome(power: PowerSettings, signal: AbortSignal): Promise<Result<T>> {
    try {
      return await this.#measure(power, signal);
    } catch (error) {
      return refused(signal.aborted ? problem('comparingEnded') : engineProblem(error));
    }
  }
}

/** What huge pages bring. */
export function pagesOnDemand(compare: typeof comparePages): OnDemand<PagesGain> {
  return new OnDemand((power, signal) => {
    const cpu = cpuReport();
    return compare({ cpus: cpusFor(cpu, threadsFor(power, cpu)), mode: 'fast', signal });
  });
}

/** How this computer mines over the next fork, in the mode in which it would mine now. */
export function forkOnDemand(
  rehearse: typeof rehearseFork,
  keep: (rehearsal: ForkRehearsal) => KeptForkRehearsal,
  parts: Pick<RehearsalOptions, 'openEngine' | 'practice'>,
): OnDemand<KeptForkRehearsal> {
  return new OnDemand(async (power, signal) => {
    const cpu = cpuReport();
    const hasMemory = cpu.memory.availableBytes >= FAST_MODE_BYTES;
    const mode = power.mode === 'light' || !hasMemory ? 'light' : 'fast';
    const threads = { count: threadsFor(power, cpu) };
    const rehearsed = await rehearse({ ...parts, engine: { threads, mode }, signal });
    return rehearsed.ok ? success(keep(rehearsed.value)) : rehearsed;
  });
}
