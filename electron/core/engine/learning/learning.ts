import type { Senses } from '../../../contract/senses.ts';
import type { Algorithm } from '../../work/job.ts';
import type { EngineStatus } from '../engine.ts';
import { cpuReport, type CpuReport, type Prefetch, type Rounding } from '../library.ts';
import type { EngineSpec } from '../spec.ts';
import type { Tunings } from '../tunings.ts';
import type { Room } from './challengers.ts';
import { Learner, type Pace } from './learner.ts';

/** What is learnt while this process mines: a learner for each question, which outlives a stop. */
export class Learning {
  readonly #tunings: Pick<Tunings, 'knows' | 'learn'>;
  readonly #options: { readonly pace?: Pace; readonly energy?: Senses['energy'] };
  readonly #learners = new Map<string, Learner>();

  /**
   * `pace`: other than that of real mining. `energy`: what counts for those who do not ask for full power, and so for no speed
   * at any price.
   */
  constructor(
    tunings: Pick<Tunings, 'knows' | 'learn'>,
    options: { readonly pace?: Pace; readonly energy?: Senses['energy'] } = {},
  ) {
    this.#tunings = tunings;
    this.#options = options;
  }

  /** Null where nothing is to be learnt, or nothing yet. */
  learnerFor(spec: EngineSpec, algorithm: Algorithm, status: EngineStatus): Learner | null {
    const { state, interleave, hashesByThread } = status;
    if (spec.learns !== true || spec.held !== undefined) return null;
    // Light mode may be on its way to fast mode.
    if (state !== 'fast' && (state !== 'light' || spec.mode !== 'light')) return null;
    const threads = hashesByThread.length;
    const power = typeof spec.threads === 'string' ? spec.threads : 'counted';
    const key = `${algorithm} ${state} ${threads} ${power}`;
    const begun = this.#learners.get(key);
    if (begun !== undefined) return begun;
    if (this.#tunings.knows(algorithm, state, threads)) return null;
    const room = roomFor(cpuReport(), spec, algorithm, state);
    if (!room.lanes && room.mostThreads === null) return null;
    const { pace, energy } = this.#options;
    const spares = energy !== undefined && (power === 'quiet' || power === 'balanced');
    const first = { threads, interleave, rounding: 'auto', prefetch: 'auto' } as const;
    const learner = new Learner(first, room, state, {
      ...(pace === undefined ? {} : { pace }),
      ...(spares ? { energy } : {}),
    });
    this.#learners.set(key, learner);
    return learner;
  }

  /** To be told once a learner has tried all. */
  keep(spec: EngineSpec, algorithm: Algorithm, learner: Learner, { pages }: EngineStatus): void {
    const { learned, mode } = learner;
    for (const [key, begun] of this.#learners) if (begun === learner) this.#learners.delete(key);
    const threadsCompared = spec.threads === 'full';
    // A file that cannot be written costs learning it again.
    if (learned !== null) this.#tunings.learn(algorithm, mode, learned, { threadsCompared, pages });
  }
}

/** How many threads hash is tried only where all that pay were asked for. */
function roomFor(
  { features, cpus }: CpuReport,
  { threads }: EngineSpec,
  algorithm: Algorithm,
  mode: 'light' | 'fast',
): Room {
  const readsDataset = algorithm !== 'cn/1' && mode === 'fast';
  // On other processors all of them are one and the same code.
  const canChoose = readsDataset && process.arch === 'x64';
  const prefetches: readonly Prefetch[] = canChoose ? ['t0', 'nta'] : [];
  const canEmbed = features.includes('avx512') && algorithm === 'rx/0' && mode === 'fast';
  const roundings: readonly Rounding[] = canEmbed ? ['control', 'embedded'] : [];
  const allowed = cpus.filter((cpu) => cpu.allowed).length;
  return {
    lanes: mode === 'fast',
    roundings,
    prefetches,
    mostThreads: threads === 'full' ? allowed : null,
  };
}
