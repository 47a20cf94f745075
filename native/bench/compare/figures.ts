import type { Race } from './race.ts';

/** One engine's part in a round. */
export interface Lap {
  readonly engine: string;
  readonly isOurs: boolean;
  readonly datasetSeconds: number | null;
  /** Hashes per second, slice by slice. */
  readonly speeds: readonly number[];
}

interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

type Conditions = Pick<Race, 'algorithm' | 'mode' | 'threads' | 'pages'>;

/** What is told of an engine after a round. */
export interface LapFigures extends Conditions {
  readonly engine: string;
  readonly hashesPerSecond: Spread;
  readonly datasetSeconds: number | null;
}

/** What is told of one of ours and a rival after all rounds: the ratios of what each round has found. */
export interface RatioFigures extends Conditions {
  readonly engine: string;
  readonly against: string;
  readonly rounds: number;
  readonly isFasterBy: Spread;
  /** Null where nobody timed a dataset. */
  readonly buildsFasterBy: Spread | null;
}

export function figuresOfLap(race: Race, { engine, datasetSeconds, speeds }: Lap): LapFigures {
  return {
    engine,
    ...conditionsOf(race),
    hashesPerSecond: spreadOf(speeds),
    datasetSeconds,
  };
}

/** Each of ours against each rival. In all rounds the same engines come in the same order. */
export function ratiosOf(race: Race, rounds: readonly (readonly Lap[])[]): RatioFigures[] {
  const engines = rounds[0] ?? [];
  const pairs = engines.flatMap((own, ours) =>
    engines.flatMap((other, rival) =>
      own.isOurs && !other.isOurs ? [{ own, other, ours, rival }] : [],
    ),
  );
  return pairs.map(({ own, other, ours, rival }) => {
    const both = rounds.flatMap((laps) => {
      const [mine, theirs] = [laps[ours], laps[rival]];
      return mine === undefined || theirs === undefined ? [] : [{ mine, theirs }];
    });
    const builds = both.flatMap(({ mine, theirs }) =>
      mine.datasetSeconds === null || theirs.datasetSeconds === null
        ? []
        : [theirs.datasetSeconds / mine.datasetSeconds],
    );
    return {
      engine: own.engine,
      against: other.engine,
      ...conditionsOf(race),
      rounds: both.length,
      isFasterBy: spreadOf(
        both.map(({ mine, theirs }) => median(mine.speeds) / median(theirs.speeds)),
      ),
      buildsFasterBy: builds.length === 0 ? null : spreadOf(builds),
    };
  });
}

function conditionsOf({ algorithm, mode, threads, pages }: Race): Conditions {
  return { algorithm, mode, threads, pages };
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
