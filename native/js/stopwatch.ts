import { setTimeout as delay } from 'node:timers/promises';
import { RandomxError, toErrorCode } from './errors.ts';
import type { Miner } from './miner.ts';
import type { Algorithm, MinerEvent, MinerJob, MinerSnapshot } from './types.ts';

/** What every measurement needs: work that is nobody's, waiting, and counting hashes over time. */

const POLL_MS = 20;
const MOST_SLICES = 8;

/** XMRig's benchmark: key and input all zero, the nonce at offset 39; `lastByte` makes it another input. */
export function benchJob(algorithm: Algorithm, target: bigint, lastByte: number): MinerJob {
  const blob = new Uint8Array(112);
  blob[111] = lastByte;
  const job = { algorithm, blob, nonceOffset: 39, reservedNonceBytes: 0, target };
  return algorithm === 'cn/1' ? job : { ...job, key: new Uint8Array(32) };
}

/** Hashes come, and in the wanted mode. */
export function isReady(snapshot: MinerSnapshot, mode: 'fast' | 'light'): boolean {
  if (snapshot.seconds.firstHash === 0) return false;
  return snapshot.state === 'fast' || (mode === 'light' && snapshot.state === 'light');
}

/** Polls until `done`. Throws RandomxError when the engine reports anything wrong, AbortError by `signal`. */
export async function until(
  miner: Miner,
  done: (snapshot: MinerSnapshot, events: readonly MinerEvent[]) => boolean,
  signal?: AbortSignal,
): Promise<void> {
  for (;;) {
    const { snapshot, events } = miner.poll();
    for (const event of events) {
      // A benchmark of something slower than what was asked for would mislead.
      if (event.type === 'error')
        throw new RandomxError(toErrorCode(event.error.code), event.error.message);
    }
    if (done(snapshot, events)) return;
    await delay(POLL_MS, undefined, { signal });
  }
}

interface Enough {
  /** Slow threads finish few batches in a slice, and of those that they are at nothing counts: so it is made longer. */
  readonly leastHashes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Hashes per second over about this time, or up to eight times as long. */
export async function rateOver(
  miner: Miner,
  milliseconds: number,
  { leastHashes = 0, signal }: Enough = {},
): Promise<number> {
  const before = count(miner);
  const start = performance.now();
  let hashes = 0;
  for (let slices = 0; slices === 0 || (hashes < leastHashes && slices < MOST_SLICES); ++slices) {
    await delay(milliseconds, undefined, { signal });
    hashes = count(miner) - before;
  }
  return (hashes * 1000) / (performance.now() - start);
}

function count(miner: Miner): number {
  return miner.poll().snapshot.hashesByThread.reduce((total, hashes) => total + hashes, 0);
}
