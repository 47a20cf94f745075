import { systemClock, type Clock } from '../clock.ts';
import {
  cpuReport,
  libraryHash,
  pointFor,
  tune,
  type Algorithm,
  type CpuReport,
  type TuningPoint,
} from './library.ts';
import type { EngineStatus, Tuned } from './engine.ts';
import type { Learned } from './learning/learner.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Problem } from '../../contract/problem.ts';
import type { MeasuredMachine, Tuning } from '../../contract/tuning.ts';

/** Where tunings are kept (settings/). */
export interface TuningStore {
  find(
    machine: MeasuredMachine,
    algorithm: Tuning['algorithm'],
    mode: Tuning['mode'],
  ): Tuning | null;
  save(machine: MeasuredMachine, tuning: Tuning): Problem | null;
}

/** Hashes to find out what is fastest. */
export type Tune = typeof tune;

type Mode = Settings['power']['mode'];

/** Measures this machine, and knows what was measured on it. All methods throw RandomxError when the engine is missing. */
export class Tunings {
  readonly #store: TuningStore;
  readonly #clock: Pick<Clock, 'wallMs'>;
  readonly #tune: Tune;
  /** Something new is known. */
  onLearned: () => void = () => undefined;

  constructor(
    store: TuningStore,
    clock: Pick<Clock, 'wallMs'> = systemClock,
    measuring: Tune = tune,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#tune = measuring;
  }

  /** About a minute of hashing; nothing is sent. An abort by `signal` throws AbortError. */
  async measure(
    algorithm: Algorithm,
    mode: Mode,
    signal: AbortSignal,
    onProgress: (done: number, point?: TuningPoint) => void,
  ): Promise<{ readonly tuning: Tuning; readonly problem: Problem | null }> {
    const measured = await this.#tune({ algorithm, mode, signal, onProgress });
    const tuning = {
      ...measured,
      curve: [...measured.curve],
      threadsCompared: true,
      measuredAtMs: this.#clock.wallMs(),
    };
    return { tuning, problem: this.#store.save(machineOf(cpuReport()), tuning) };
  }

  find(algorithm: Algorithm, mode: Mode): Tuning | null {
    const machine = machineOf(cpuReport());
    const fast = mode === 'light' ? null : this.#store.find(machine, algorithm, 'fast');
    // `auto` is light mode where the memory for the other one is missing.
    return fast ?? (mode === 'fast' ? null : this.#store.find(machine, algorithm, 'light'));
  }

  /** Whether it is known how so many threads hash best. */
  knows(algorithm: Algorithm, mode: Tuning['mode'], threads: number): boolean {
    const tuning = this.#store.find(machineOf(cpuReport()), algorithm, mode);
    return tuning?.curve.some((point) => point.threads === threads) ?? false;
  }

  /** Keeps what was learnt while mining, beside what is known of other numbers of threads. */
  learn(
    algorithm: Algorithm,
    mode: Tuning['mode'],
    { curve, threads, rounding, prefetch }: Learned,
    { threadsCompared, pages }: { threadsCompared: boolean; pages: EngineStatus['pages'] },
  ): Problem | null {
    const machine = machineOf(cpuReport());
    const before = this.#store.find(machine, algorithm, mode);
    const best = curve.find((point) => point.threads === threads);
    if (best === undefined) return null;
    const others = before?.curve.filter((old) => curve.every((now) => now.threads !== old.threads));
    const keepsBest = before?.threadsCompared === true && !threadsCompared;
    const reason = this.#store.save(machine, {
      algorithm,
      mode,
      pages: mode === 'fast' && pages.dataset !== 'none' ? pages.dataset : pages.cache,
      rounding,
      prefetch,
      curve: [...(others ?? []), ...curve].sort((one, other) => one.threads - other.threads),
      best: keepsBest ? before.best : best,
      threadsCompared: keepsBest || threadsCompared,
      measuredAtMs: this.#clock.wallMs(),
    });
    this.onLearned();
    return reason;
  }

  /** How many threads were fastest; null where nobody measured it. */
  bestThreads(mode: Mode): number | null {
    const tuning = this.find('rx/0', mode);
    return tuning?.threadsCompared === true ? tuning.best.threads : null;
  }

  optionsFor(algorithm: Algorithm, mode: Mode, threads: number): Tuned {
    const tuning = this.find(algorithm, mode);
    const point = tuning && pointFor(tuning, threads);
    if (tuning === null || point === null) return {};
    const { rounding, prefetch } = tuning;
    return { rounding, prefetch, interleave: point.interleave };
  }
}

export function machineOf({ name, cpus }: CpuReport): MeasuredMachine {
  return { cpu: name, logicalCpus: cpus.length, engine: libraryHash() };
}
