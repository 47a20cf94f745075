/** What is needed of the engine's report on the CPU. */
export interface CpuFacts {
  readonly name: string;
  readonly features: readonly string[];
  readonly cpus: readonly {
    readonly id: number;
    readonly allowed: boolean;
    readonly numaNode?: number;
  }[];
  /** Ids of the hashing threads that pay, the most worthwhile first. */
  readonly recommendedCpus: readonly number[];
}

export interface ThreadAdvice {
  readonly quiet: number;
  readonly balanced: number;
  readonly full: number;
}

/** Hashing threads of each power profile: a quarter, a half and all of those that pay, at least one. */
export function adviseThreads(cpu: CpuFacts): ThreadAdvice {
  const full = Math.max(1, cpu.recommendedCpus.length);
  return {
    quiet: Math.max(1, Math.floor(full / 4)),
    balanced: Math.max(1, Math.floor(full / 2)),
    full,
  };
}

/** The same CPU with other threads recommended: as many as were measured to be fastest, when that is known. */
export function withMeasured<T extends CpuFacts>(cpu: T, bestThreads: number | null): T {
  return bestThreads === null ? cpu : { ...cpu, recommendedCpus: cpusFor(cpu, bestThreads) };
}

/** The logical CPUs for so many hashing threads: those that pay come first, then the others this process may use. */
export function cpusFor(cpu: CpuFacts, threads: number): readonly number[] {
  const others = cpu.cpus
    .filter(({ id, allowed }) => allowed && !cpu.recommendedCpus.includes(id))
    .map(({ id }) => id);
  return [...cpu.recommendedCpus, ...others].slice(0, threads);
}
