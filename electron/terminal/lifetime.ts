import { systemClock } from '../core/clock.ts';

/** Why the terminal miner ends. */
export type Ending = 'signal' | 'duration' | 'parentDied' | 'outputClosed' | 'failed' | 'finished';

const PARENT_WATCH_MS = 500;
/** Within it, a further signal is the same one, passed on by npm or the terminal. */
const ECHO_MS = 1000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Waits for the first reason to end. A signal that is repeated (npm and the terminal may both send
 * one) is one stop: while the miner ends, further ones are ignored.
 */
export class Lifetime {
  /** Resolves with the first reason. */
  readonly ended: Promise<Ending>;
  readonly #timers: NodeJS.Timeout[] = [];
  #resolve: (ending: Ending) => void = () => undefined;

  /** `durationSeconds` counts from the start of the process. */
  constructor(durationSeconds?: number) {
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    for (const signal of signals) process.on(signal, () => this.end('signal'));
    // Nobody reads any more: there is nobody to mine for.
    process.stdout.on('error', () => this.end('outputClosed'));

    const parent = process.ppid;
    const watch = (): void => {
      if (process.ppid !== parent) this.end('parentDied');
    };
    this.#timers.push(setInterval(watch, PARENT_WATCH_MS));
    if (durationSeconds !== undefined) {
      const leftMs = (durationSeconds - process.uptime()) * 1000;
      this.#timers.push(setTimeout(() => this.end('duration'), Math.max(leftMs, 0)));
    }
  }

  /** What is waited for now may take minutes: whoever signals once more wants to wait no longer. */
  endAtOnceWhenAskedAgain(): void {
    const sinceMs = systemClock.nowMs();
    for (const signal of signals) {
      process.on(signal, () => {
        if (systemClock.nowMs() - sinceMs >= ECHO_MS) process.exit(1);
      });
    }
  }

  end(ending: Ending): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#resolve(ending);
  }
}
