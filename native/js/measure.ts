import { setTimeout as delay } from 'node:timers/promises';
import { RandomxError } from './errors.ts';
import { hash, releaseCaches } from './hash.ts';
import { Miner } from './miner.ts';
import { benchJob, isReady, rateOver, until } from './stopwatch.ts';
import type { Algorithm, MinerSnapshot, PagePolicy } from './types.ts';

export interface BenchOptions {
  readonly algorithm: Algorithm;
  readonly cpus: readonly number[];
  /** Of hashing; preparation comes on top. */
  readonly seconds: number;
  readonly mode: 'fast' | 'light';
  readonly pages: PagePolicy;
  readonly interleave: number | 'auto';
  readonly verify: boolean;
}

export interface BenchResult {
  readonly algo: Algorithm;
  readonly threads: number;
  /** Of slices of about a second. */
  readonly hashesPerSecond: {
    readonly median: number;
    readonly min: number;
    readonly max: number;
  };
  /** Null where there is none. */
  readonly datasetSeconds: number | null;
  readonly cacheSeconds: number | null;
  readonly firstHashSeconds: number;
  readonly pages: MinerSnapshot['pages'];
  readonly options: Readonly<Record<string, unknown>>;
  /**
   * XOR of the little-endian u64 at bytes 24..31 of the results of nonces 0 to 99, 16 hex digits. For rx/* key and input are
   * those of XMRig's benchmark: 32 zero bytes and 112 zero bytes with the nonce at offset 39. (cn/1: the same input.)
   */
  readonly digest: string;
}

type Say = (line: string) => void;

const SLICE_MS = 1000;
const WARM_UP_MS = 500;
const TUNE_MS = 1500;
const DIGEST_HASHES = 100;
const INTERPRETED_HASHES = 4;
const EVERY_HASH = (1n << 64n) - 1n;

/** XMRig's published sums for the first 10,000 nonces (BenchState_test.h). */
const PUBLISHED_HASHES = 10_000;
const publishedSums: Readonly<Partial<Record<Algorithm, bigint>>> = {
  'rx/0': 0x4a597463865acf0en,
  'rx/2': 0x57d2051d099613a4n,
};

/** Prepares, measures and stops. Throws RandomxError when the engine cannot do what was asked for. */
export async function measure(options: BenchOptions, say: Say): Promise<BenchResult> {
  const miner = Miner.create(
    minerOptions(options, options.interleave === 'auto' ? 1 : options.interleave),
  );
  try {
    return await measureWith(miner, options, say);
  } finally {
    await miner.stop();
    await releaseCaches();
  }
}

async function measureWith(miner: Miner, options: BenchOptions, say: Say): Promise<BenchResult> {
  const { algorithm } = options;
  say(`preparing ${options.mode} mode`);
  // Other input than the digest's, so that its nonces are still to be hashed in the mode that is measured.
  miner.setJob(benchJob(algorithm, 0n, 1));
  await until(miner, (snapshot) => isReady(snapshot, options.mode));
  const interleave = await chooseInterleave(miner, options, say);

  const hashes = options.verify && options.mode === 'fast' ? PUBLISHED_HASHES : DIGEST_HASHES;
  const results = await firstResults(miner, algorithm, hashes);
  if (options.verify) await verify(options, results, say);

  miner.setJob(benchJob(algorithm, 0n, 0));
  await delay(WARM_UP_MS);
  say(`hashing for ${options.seconds} s`);
  const rates = await sliceRates(miner, options.seconds);
  const { snapshot } = miner.poll();
  const light = options.mode === 'light' || algorithm === 'cn/1';
  return {
    algo: algorithm,
    threads: options.cpus.length,
    hashesPerSecond: spread(rates),
    datasetSeconds: light ? null : rounded(snapshot.seconds.dataset),
    cacheSeconds: algorithm === 'cn/1' ? null : rounded(snapshot.seconds.cache),
    firstHashSeconds: rounded(snapshot.seconds.firstHash),
    pages: snapshot.pages,
    options: {
      mode: options.mode,
      pages: options.pages,
      cpus: options.cpus,
      seconds: options.seconds,
      interleave,
      verified: options.verify,
      paths: snapshot.paths,
    },
    digest: hexSum(results.slice(0, DIGEST_HASHES)),
  };
}

function minerOptions({ cpus, mode, pages }: BenchOptions, interleave: number) {
  return { cpus, mode, pages, interleave, priority: 'normal' } as const;
}

/** What was asked for, or the fastest of all after a short trial of each. */
async function chooseInterleave(miner: Miner, options: BenchOptions, say: Say): Promise<number> {
  // In light mode the engine decides.
  const light = options.mode === 'light' && options.algorithm !== 'cn/1';
  if (light || options.interleave !== 'auto') return miner.poll().snapshot.interleave;
  let best = { interleave: 1, rate: 0 };
  for (const interleave of [1, 2, 3, 4]) {
    await applyInterleave(miner, options, interleave);
    await delay(WARM_UP_MS);
    const rate = await rateOver(miner, TUNE_MS);
    say(`trying ${interleave} interleaved: ${rate.toFixed(1)} H/s`);
    if (rate > best.rate) best = { interleave, rate };
  }
  await applyInterleave(miner, options, best.interleave);
  return best.interleave;
}

async function applyInterleave(miner: Miner, options: BenchOptions, interleave: number) {
  miner.configure(minerOptions(options, interleave));
  await until(
    miner,
    (snapshot) => isReady(snapshot, options.mode) && snapshot.interleave === interleave,
  );
}

/** Results of nonces 0 to count-1, in their order. */
async function firstResults(miner: Miner, algorithm: Algorithm, count: number) {
  const results = new Map<number, Uint8Array>();
  const jobNumber = miner.setJob(benchJob(algorithm, EVERY_HASH, 0));
  await until(miner, (snapshot, events) => {
    for (const event of events) {
      if (event.type !== 'share' || event.jobNumber !== jobNumber) continue;
      const nonce = Buffer.from(event.nonce).readUInt32LE(0);
      if (nonce < count) results.set(nonce, event.result);
    }
    if (snapshot.droppedEvents > 0) {
      throw new RandomxError(
        'unknown',
        'This computer hashes faster than the benchmark can check.',
      );
    }
    return results.size === count;
  });
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

async function verify(options: BenchOptions, results: readonly Uint8Array[], say: Say) {
  const { algorithm, mode } = options;
  const published = publishedSums[algorithm];
  if (mode === 'fast' && published !== undefined) {
    say(`comparing ${PUBLISHED_HASHES} hashes with the published sum`);
    if (sum(results) !== published) throw wrongHashes();
  }
  const job = benchJob(algorithm, 0n, 0);
  for (const [nonce, result] of results.slice(0, INTERPRETED_HASHES).entries()) {
    const input = Buffer.from(job.blob);
    input.writeUInt32LE(nonce, job.nonceOffset);
    const key = job.key ?? new Uint8Array();
    const expected = await hash({ algorithm, key, input, path: 'interpreter' });
    if (Buffer.compare(expected.result, result) !== 0) throw wrongHashes();
  }
}

function wrongHashes(): RandomxError {
  return new RandomxError(
    'selfTestFailed',
    'The engine computed wrong hashes: do not mine with it, and please report this with your CPU model.',
  );
}

function sum(results: readonly Uint8Array[]): bigint {
  return results.reduce((xor, result) => xor ^ Buffer.from(result).readBigUInt64LE(24), 0n);
}

function hexSum(results: readonly Uint8Array[]): string {
  return sum(results).toString(16).padStart(16, '0');
}

async function sliceRates(miner: Miner, seconds: number): Promise<number[]> {
  const rates: number[] = [];
  for (let slice = 0; slice < seconds; ++slice) rates.push(await rateOver(miner, SLICE_MS));
  return rates;
}

function spread(rates: readonly number[]) {
  const sorted = [...rates].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const at = (index: number) => sorted[index] ?? 0;
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { median: tenth(median), min: tenth(at(0)), max: tenth(at(sorted.length - 1)) };
}

const tenth = (value: number) => Math.round(value * 10) / 10;
const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000;
