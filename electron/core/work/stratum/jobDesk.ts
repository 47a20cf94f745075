import { failure, type Failure } from '../../../contract/result.ts';
import { buildsOnSameBlock, isShareOf, NONCE_BYTES, type Job, type Share } from '../job.ts';
import { parseJob, type JobRules } from './jobs.ts';
import { meetsTarget } from '../target.ts';
import type { Cancel, Clock } from '../../clock.ts';
import { RateLimit } from './rate.ts';

/** Pools keep at most this many jobs of a connection. */
const REMEMBERED_JOBS = 16;
/** Jobs pass at once up to this burst; a flood is thinned to its newest, four a second. */
const JOB_BURST = 4;
const JOB_INTERVAL_MS = 250;
const TOLERATED_BROKEN_JOBS = 5;

/** `send` it; it came too late (`stale`); or it must not leave here, for it is wrong (`fault`). */
export type ShareVerdict =
  { readonly verdict: 'send' } | { readonly verdict: 'stale' | 'fault'; readonly error: Failure };

export interface JobListener {
  job(job: Job): void;
  /** Nothing can be mined until the next job, and why; each reason is told once. */
  unminable(error: Failure): void;
  /** The pool sends nothing but broken jobs. */
  hopeless(error: Failure): void;
}

/** The jobs of one connection: hands the newest on, and knows which shares still count. */
export class JobDesk {
  readonly #clock: Clock;
  readonly #paysForStale: boolean;
  readonly #listener: JobListener;
  readonly #rate: RateLimit;
  /** As the pool sees it, handed on or not. */
  #newest: Job | undefined;
  /** Handed on, newest last. */
  readonly #recent: Job[] = [];
  #cancelDelayed: Cancel | undefined;
  #sawAny = false;
  #brokenInARow = 0;
  #toldUnminable: string | undefined;

  constructor(clock: Clock, paysForStale: boolean, listener: JobListener) {
    this.#clock = clock;
    this.#paysForStale = paysForStale;
    this.#listener = listener;
    this.#rate = new RateLimit(clock, JOB_BURST, JOB_INTERVAL_MS);
  }

  /** True once there was a job, minable or not. */
  get sawAny(): boolean {
    return this.#sawAny;
  }

  /** A job from the pool, as it came. A broken one leaves the one before in place. */
  receive(params: unknown, rules: JobRules): void {
    const parsed = parseJob(params, rules);
    if (parsed.kind === 'malformed') {
      this.#onBroken(parsed.error);
      return;
    }
    this.#sawAny = true;
    this.#brokenInARow = 0;
    if (parsed.kind === 'job') {
      this.#toldUnminable = undefined;
      this.#offer(parsed.job);
    } else {
      this.clear();
      this.#tellUnminable(parsed.error);
    }
  }

  /** There is nothing to mine any more. */
  clear(): void {
    this.#newest = undefined;
    this.#cancelDelayed?.();
    this.#cancelDelayed = undefined;
  }

  judge(share: Share): ShareVerdict {
    const jobs = this.#recent.filter((job) => isShareOf(share, job));
    const job = jobs.at(-1);
    if (!job) return stale('job_gone', 'The share belongs to a job of an earlier connection.');
    const wrongNonce = findWrongNonce(job, share);
    if (wrongNonce) return { verdict: 'fault', error: wrongNonce };
    if (!meetsTarget(share.result, job.target)) {
      if (jobs.some(({ target }) => meetsTarget(share.result, target))) {
        return stale('difficulty_raised', 'The pool raised the difficulty of this job meanwhile.');
      }
      const text = 'The engine found a share that is below its target; it was not sent.';
      return { verdict: 'fault', error: failure('share_below_target', text).error };
    }
    if (!this.#paysForStale && !(this.#newest && buildsOnSameBlock(this.#newest, job))) {
      return stale(
        'block_changed',
        'The pool went on to another block before the share was found.',
      );
    }
    return { verdict: 'send' };
  }

  /** It replaces the one before; a repeated one is ignored. */
  #offer(job: Job): void {
    if (this.#newest && isSameJob(this.#newest, job)) return;
    this.#newest = job;
    if (this.#cancelDelayed) return;
    if (this.#rate.take()) this.#handOn(job);
    else this.#delay();
  }

  #onBroken(error: Failure): void {
    this.#brokenInARow += 1;
    if (!this.#newest) this.#tellUnminable(error);
    if (this.#brokenInARow < TOLERATED_BROKEN_JOBS) return;
    const message = `The pool sends broken jobs. ${error.message}`;
    this.#listener.hopeless({ code: 'jobs_malformed', message });
  }

  #tellUnminable(error: Failure): void {
    if (this.#toldUnminable === error.message) return;
    this.#toldUnminable = error.message;
    this.#listener.unminable(error);
  }

  #delay(): void {
    this.#cancelDelayed = this.#clock.after(this.#rate.waitMs(), () => {
      this.#cancelDelayed = undefined;
      if (!this.#newest) return;
      if (this.#rate.take()) this.#handOn(this.#newest);
      else this.#delay();
    });
  }

  #handOn(job: Job): void {
    this.#recent.push(job);
    if (this.#recent.length > REMEMBERED_JOBS) this.#recent.shift();
    this.#listener.job(job);
  }
}

function stale(code: string, message: string): ShareVerdict {
  return { verdict: 'stale', error: failure(code, message).error };
}

function isSameJob(one: Job, other: Job): boolean {
  return (
    one.jobId === other.jobId &&
    one.target === other.target &&
    one.algorithm === other.algorithm &&
    isEqual(one.blob, other.blob) &&
    isEqual(one.seedHash ?? NO_BYTES, other.seedHash ?? NO_BYTES)
  );
}

const NO_BYTES = new Uint8Array(0);

function findWrongNonce(job: Job, share: Share): Failure | undefined {
  const end = job.nonceOffset + NONCE_BYTES;
  const own = end - job.reservedNonceBytes;
  if (!isEqual(share.blob.subarray(job.nonceOffset, end), share.nonce)) {
    return failure('share_nonce_differs', 'The share’s nonce is not the one in its blob.').error;
  }
  if (!isEqual(job.blob.subarray(own, end), share.blob.subarray(own, end))) {
    const text = 'The share’s nonce changes a byte that belongs to the pool; it was not sent.';
    return failure('share_nonce_reserved', text).error;
  }
  return undefined;
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
