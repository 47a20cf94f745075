import type { Race } from './race.ts';

/** One engine's part in a round: ours comes first. */
export interface Lap {
  readonly engine: string;
  readonly datasetSeconds: number | null;
  /** Hashes per second, slice by slice. */
  readonly speeds: readonly number[];
}

interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** What is told of an engine after a round. */
export interface LapFigures {
  readonly engine: string;
  readonly algorithm: Race['algorithm'];
  readonly mode: Race['mode'];
  readonly threads: number;
  readonly pages: Race['pages'];
  readonly hashesPerSecond: Spread;
  readonly datasetSeconds: number | null;
  readonly oursIsFasterBy: number;
  readonly oursBuildsFasterBy: number | null;
}

/** What is told of a rival after several rounds. */
export interface RivalFigures {
  readonly against: string;
  readonly algorithm: Race['algorithm'];
  readonly mode: Race['mode'];
  readonly threads: number;
  readonly rounds: number;
  readonly oursIsFasterBy: Spread;
}

export function figuresOfRound(
  { algorithm, mode, threads, pages }: Race,
  laps: readonly Lap[],
): LapFigures[] {
  const [ours] = laps;
  if (ours === undefined) return [];
  return laps.map(({ engine, datasetSeconds, speeds }) => ({
    engine,
    algorithm,
    mode,
    threads,
    pages,
    hashesPerSecond: spreadOf(speeds),
    datasetSeconds,
    oursIsFasterBy: median(ours.speeds) / median(speeds),
    oursBuildsFasterBy:
      datasetSeconds === null || ours.datasetSeconds === null
        ? null
        : datasetSeconds / ours.datasetSeconds,
  }));
}

/** Nothing after a single round, whose own figures say it all. */
export function figuresOfRounds(
  { algorithm, mode, threads }: Race,
  rounds: readonly (readonly LapFigures[])[],
): RivalFigures[] {
  if (rounds.length < 2) return [];
  return (rounds[0] ?? []).slice(1).map(({ engine: against }, index) => ({
    against,
    algorithm,
    mode,
    threads,
    rounds: rounds.length,
    oursIsFasterBy: spreadOf(rounds.map((round) => round[index + 1]?.oursIsFasterBy ?? NaN)),
  }));
}

function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** Of an even number of values, the middle between the two in the midst. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN;
  return (lower + upper) / 2;
}
