import { setTimeout as delay } from 'node:timers/promises';
import { cpuReport } from './cpu.ts';
import { RandomxError } from './errors.ts';
import { MAX_INTERLEAVE } from './layout.ts';
import { Miner } from './miner.ts';
import { benchJob, isReady, rateOver, until } from './stopwatch.ts';
import type {
  Algorithm,
  CpuReport,
  MinerOptions,
  MinerSnapshot,
  Prefetch,
  Rounding,
} from './types.ts';

export interface TuneOptions {
  readonly algorithm: Algorithm;
  /** `auto`: fast mode where its memory is to be had. */
  readonly mode: 'auto' | 'fast' | 'light';
  /** Ends the measurement at once; `tune` then throws an AbortError. */
  readonly signal?: AbortSignal;
  /** `done` goes from 0 to 1; `point` is new. */
  readonly onProgress?: (done: number, point?: TuningPoint) => void;
}

type Ways = Required<Pick<MinerOptions, 'rounding' | 'prefetch'>>;
type Pair = readonly [Partial<Ways>, Partial<Ways>];

/** What one setting gave: the mean of two looks, so that a machine that slows down favours nobody. */
export interface TuningPoint {
  readonly threads: number;
  readonly interleave: number;
  readonly hashesPerSecond: number;
}

export interface Tuning {
  readonly algorithm: Algorithm;
  readonly mode: 'fast' | 'light';
  /** What the dataset (light mode: the cache) was in: other pages, other speeds. */
  readonly pages: MinerSnapshot['pages']['cache'];
  readonly rounding: Rounding;
  readonly prefetch: Prefetch;
  /** The best of each number of threads, ascending. */
  readonly curve: readonly TuningPoint[];
  readonly best: TuningPoint;
}

/** No more threads are tried than this many different numbers of them. */
const MOST_STEPS = 6;
const SETTLE_MS = 250;
const SLICE_MS = 600;
/** Of each thread in a slice: one more or less is a tenth. */
const LEAST_BATCHES = 10;
const PASSES = 2;
/** Slices in which two ways are compared. */
const COMPARED_IN = 4;
/** A setting replaces another one only when it is clearly better: by a hundredth. */
const CLEARLY_BETTER = 1.01;
/** Preparing takes about this part of the whole. */
const PREPARING_SHARE = 0.2;

/**
 * Tries numbers of threads, of hashes interleaved in a thread, ways of rounding and of calling dataset lines on this machine,
 * about a minute in all.
 * Pages and the dataset's SIMD path need no trial: the engine takes the largest pages there are, and measures the other
 * itself whenever it builds. Nothing is sent anywhere. Throws RandomxError.
 */
export async function tune(options: TuneOptions): Promise<Tuning> {
  const cpus = usableCpus(cpuReport());
  const tuner = new Tuner(options, cpus);
  try {
    return await tuner.run();
  } finally {
    await tuner.stop();
  }
}

/** Numbers of threads to try: all up to six, else six steps up to all; what is recommended among them. */
export function threadSteps(usable: number, recommended: number): readonly number[] {
  if (usable <= MOST_STEPS) return Array.from({ length: usable }, (_, index) => index + 1);
  const steps = Array.from({ length: MOST_STEPS - 1 }, (_, index) =>
    Math.max(1, Math.round((usable * (index + 1)) / (MOST_STEPS - 1))),
  );
  return [...new Set([...steps, recommended])]
    .filter((step) => step >= 1 && step <= usable)
    .sort((a, b) => a - b);
}

/** The point to use with so many threads: that number's own, else the nearest one's. */
export function pointFor({ curve }: Pick<Tuning, 'curve'>, threads: number): TuningPoint | null {
  const byDistance = [...curve].sort(
    (a, b) => Math.abs(a.threads - threads) - Math.abs(b.threads - threads),
  );
  return byDistance[0] ?? null;
}

class Tuner {
  readonly #options: TuneOptions;
  readonly #cpus: readonly number[];
  readonly #recommended: number;
  readonly #miner: Miner;
  #mode: 'fast' | 'light' = 'light';
  #ways: Ways = { rounding: 'auto', prefetch: 'auto' };
  #slices = 1;
  #slicesDone = 0;

  constructor(options: TuneOptions, cpus: UsableCpus) {
    this.#options = options;
    this.#cpus = cpus.ids;
    this.#recommended = cpus.recommended;
    this.#miner = Miner.create({ cpus: cpus.ids, mode: options.mode, priority: 'normal' });
  }

  async run(): Promise<Tuning> {
    const { algorithm, onProgress, signal } = this.#options;
    onProgress?.(0);
    this.#miner.setJob(benchJob(algorithm, 0n, 1));
    this.#mode = await this.#prepared();
    const curve = await this.#measureCurve();
    const best = bestOf(curve);
    if (best === null) throw new RandomxError('unknown', 'No hash was computed while measuring.');
    for (const pair of this.#waysToCompare()) await this.#choose(best, pair);
    signal?.throwIfAborted();
    onProgress?.(1);
    const { pages } = this.#miner.poll().snapshot;
    return {
      algorithm,
      mode: this.#mode,
      pages: this.#mode === 'fast' && pages.dataset !== 'none' ? pages.dataset : pages.cache,
      ...this.#ways,
      curve,
      best,
    };
  }

  async stop(): Promise<void> {
    await this.#miner.stop();
  }

  /** Light mode it stays where the engine did not even begin a dataset. */
  async #prepared(): Promise<'fast' | 'light'> {
    const { mode, onProgress, signal } = this.#options;
    let lightSinceMs: number | null = null;
    await until(
      this.#miner,
      (snapshot) => {
        onProgress?.(PREPARING_SHARE * snapshot.datasetProgress);
        if (isReady(snapshot, 'fast')) return true;
        if (snapshot.state !== 'light') return false;
        lightSinceMs ??= performance.now();
        const begun = snapshot.pages.dataset !== 'none';
        const waited = performance.now() - lightSinceMs > DATASET_BEGINS_MS;
        return isReady(snapshot, 'light') && (mode === 'light' || (waited && !begun));
      },
      signal,
    );
    return this.#miner.poll().snapshot.state === 'fast' ? 'fast' : 'light';
  }

  async #measureCurve(): Promise<TuningPoint[]> {
    const { algorithm } = this.#options;
    const steps = threadSteps(this.#cpus.length, this.#recommended);
    // In light mode the engine decides.
    const lanes = this.#mode === 'light' && algorithm !== 'cn/1' ? 1 : MAX_INTERLEAVE;
    const settings = steps.flatMap((threads) =>
      Array.from({ length: lanes }, (_, index) => ({ threads, interleave: index + 1 })),
    );
    const rates = settings.map(() => 0);
    const indices = settings.map((_, index) => index);
    // There and back, so that what changes with time averages out.
    const order = [...indices, ...indices.reverse()];
    this.#slices = order.length + COMPARED_IN * this.#waysToCompare().length;
    for (const [done, index] of order.entries()) {
      const setting = settings[index];
      if (setting === undefined) continue;
      const rate = (await this.#rateOf(setting)) / PASSES;
      const hashesPerSecond = (rates[index] ?? 0) + rate;
      rates[index] = hashesPerSecond;
      this.#sliceDone(done < settings.length ? undefined : { ...setting, hashesPerSecond });
    }
    const points = settings.map((setting, index) => ({
      ...setting,
      hashesPerSecond: rates[index] ?? 0,
    }));
    return steps.flatMap((threads) => bestOf(points.filter((p) => p.threads === threads)) ?? []);
  }

  #waysToCompare(): readonly Pair[] {
    if (this.#mode !== 'fast' || this.#options.algorithm === 'cn/1') return [];
    const { features } = cpuReport();
    const embeds = features.includes('avx512') && this.#options.algorithm === 'rx/0';
    return [
      ...(embeds ? [[{ rounding: 'control' }, { rounding: 'embedded' }] as const] : []),
      // On other processors they are one and the same code.
      ...(process.arch === 'x64' ? [[{ prefetch: 't0' }, { prefetch: 'nta' }] as const] : []),
    ];
  }

  /** What the engine would choose itself stays unless one way is better in two comparisons, and clearly so in their sum. */
  async #choose(best: TuningPoint, [one, other]: Pair): Promise<void> {
    const before = this.#ways;
    const rateWith = async (way: Partial<Ways>) => {
      this.#ways = { ...before, ...way };
      const rate = await this.#rateOf(best);
      this.#sliceDone();
      return rate;
    };
    const ones = [await rateWith(one)];
    const others = [await rateWith(other), await rateWith(other)];
    ones.push(await rateWith(one));
    this.#ways = before;
    if (isClearlyBetter(ones, others)) this.#ways = { ...before, ...one };
    if (isClearlyBetter(others, ones)) this.#ways = { ...before, ...other };
  }

  #sliceDone(point?: TuningPoint): void {
    this.#slicesDone += 1;
    const share = this.#slicesDone / this.#slices;
    this.#options.onProgress?.(PREPARING_SHARE + (1 - PREPARING_SHARE) * share, point);
  }

  async #rateOf({
    threads,
    interleave,
  }: Pick<TuningPoint, 'threads' | 'interleave'>): Promise<number> {
    const { signal } = this.#options;
    const cpus = this.#cpus.slice(0, threads);
    const mode = this.#mode;
    this.#miner.configure({ cpus, mode, interleave, ...this.#ways, priority: 'normal' });
    await until(
      this.#miner,
      (now) => isReady(now, mode) && now.hashesByThread.length === threads,
      signal,
    );
    await delay(SETTLE_MS, undefined, { signal });
    const leastHashes = LEAST_BATCHES * threads * interleave;
    return rateOver(this.#miner, SLICE_MS, { leastHashes, signal });
  }
}

/** The engine begins with the dataset as soon as light mode runs; its memory may take a while. */
const DATASET_BEGINS_MS = 3000;

interface UsableCpus {
  /** The recommended ones first. */
  readonly ids: readonly number[];
  readonly recommended: number;
}

/** Pair by pair, too: a moment in which the whole machine was faster is in one of them only. */
function isClearlyBetter(some: readonly number[], others: readonly number[]): boolean {
  const sum = (rates: readonly number[]) => rates.reduce((total, rate) => total + rate, 0);
  return (
    some.every((rate, pair) => rate > (others[pair] ?? 0)) &&
    sum(some) > sum(others) * CLEARLY_BETTER
  );
}

function usableCpus({ cpus, recommendedCpus }: CpuReport): UsableCpus {
  const others = cpus.filter(({ id, allowed }) => allowed && !recommendedCpus.includes(id));
  return {
    ids: [...recommendedCpus, ...others.map(({ id }) => id)],
    recommended: recommendedCpus.length,
  };
}

function bestOf(points: readonly TuningPoint[]): TuningPoint | null {
  return points.reduce<TuningPoint | null>(
    (best, point) =>
      best === null || point.hashesPerSecond > best.hashesPerSecond * CLEARLY_BETTER ? point : best,
    null,
  );
}
