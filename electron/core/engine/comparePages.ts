import { setTimeout as delay } from 'node:timers/promises';
import type { PagesGain } from '../../contract/health.ts';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import { systemClock } from '../clock.ts';
import { cpuReport, Miner, type MinerJob, type MinerSnapshot, type PagePolicy } from './library.ts';

export interface ComparePagesOptions {
  readonly cpus: readonly number[];
  /** Fast mode needs the memory of two datasets. */
  readonly mode: 'fast' | 'light';
  /** Ends the measurement at once; an AbortError is then thrown. */
  readonly signal?: AbortSignal;
  /** Of each of six turns. */
  readonly turnMs?: number;
}

const TURN_MS = 2500;
const SETTLE_MS = 250;
const POLL_MS = 20;
/** There and back, so that what changes with time favours nobody. */
const turns = ['huge', 'small', 'small', 'huge', 'huge', 'small'] as const;

/** Work that is nobody's, and whose hashes are never low enough for anything. */
const job: MinerJob = {
  ...{ algorithm: 'rx/0', key: new Uint8Array(32), blob: new Uint8Array(112), target: 0n },
  ...{ nonceOffset: 39, reservedNonceBytes: 0 },
};
/** Dataset and cache twice, and room for what else runs. */
const FAST_BYTES = 5 * 2 ** 30;

/**
 * What huge pages bring on this machine: the same threads hash rx/0 in turns with them and without, each with memory of its own.
 * Nothing is sent anywhere. Throws RandomxError. Errors: `comparingNeedsMemory`, `enginePagesUnavailable`.
 */
export async function comparePages(options: ComparePagesOptions): Promise<Result<PagesGain>> {
  const bytes = cpuReport().memory.availableBytes;
  if (options.mode === 'fast' && bytes < FAST_BYTES) {
    return refused(problem('comparingNeedsMemory', { bytes }));
  }
  const miners: Miner[] = [];
  try {
    const huge = await prepared(options, 'auto', miners);
    const small = await prepared(options, '4k', miners);
    if (pagesOf(small, options.mode) !== '4k') return refused(problem('enginePagesUnavailable'));
    const rates = { huge: [] as number[], small: [] as number[] };
    for (const turn of turns) {
      rates[turn].push(await rateOf(turn === 'huge' ? huge : small, options));
    }
    return success({
      pages: pagesOf(huge, options.mode),
      threads: options.cpus.length,
      hugeHashesPerSecond: middle(rates.huge),
      smallHashesPerSecond: middle(rates.small),
    });
  } finally {
    await Promise.all(miners.map((miner) => miner.stop()));
  }
}

/** One turn in which the computer had something else to do does not count. */
const middle = (three: readonly number[]): number => [...three].sort((a, b) => a - b)[1] ?? 0;

/** Paused, with everything built. */
async function prepared(
  options: ComparePagesOptions,
  pages: PagePolicy,
  miners: Miner[],
): Promise<Miner> {
  const { cpus, mode } = options;
  const miner = Miner.create({ cpus, mode, pages, priority: 'normal' });
  miners.push(miner);
  miner.setJob(job);
  await hashing(miner, options);
  await pause(miner, options);
  return miner;
}

async function rateOf(miner: Miner, options: ComparePagesOptions): Promise<number> {
  const { signal, turnMs = TURN_MS } = options;
  miner.resume();
  await hashing(miner, options);
  await delay(SETTLE_MS, undefined, { signal });
  const before = count(miner);
  const beganAtMs = systemClock.nowMs();
  await delay(turnMs, undefined, { signal });
  const hashes = count(miner) - before;
  const rate = (hashes * 1000) / (systemClock.nowMs() - beganAtMs);
  await pause(miner, options);
  return rate;
}

const hashing = (miner: Miner, { mode, signal }: ComparePagesOptions): Promise<void> =>
  until(miner, ({ state, seconds }) => state === mode && seconds.firstHash > 0, signal);

async function pause(miner: Miner, { signal }: ComparePagesOptions): Promise<void> {
  miner.pause();
  await until(miner, ({ state }) => state === 'paused', signal);
}

async function until(
  miner: Miner,
  done: (snapshot: MinerSnapshot) => boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (;;) {
    const { snapshot, events } = miner.poll();
    const error = events.find((event) => event.type === 'error')?.error;
    // A measurement of something slower than what was asked for would mislead.
    if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.code });
    if (done(snapshot)) return;
    await delay(POLL_MS, undefined, { signal });
  }
}

const count = (miner: Miner): number =>
  miner.poll().snapshot.hashesByThread.reduce((total, hashes) => total + hashes, 0);

function pagesOf(miner: Miner, mode: 'fast' | 'light'): PagesGain['pages'] {
  const { pages } = miner.poll().snapshot;
  return mode === 'fast' ? pages.dataset : pages.cache;
}
