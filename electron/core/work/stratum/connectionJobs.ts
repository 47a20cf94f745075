import { problem, type Problem } from '../../../contract/problem.ts';
import type { Cancel, Clock } from '../../clock.ts';
import { sameBytes } from '../bytes.ts';
import { buildsOnSameBlock, isShareOf, NONCE_BYTES, type Job, type Share } from '../job.ts';
import { meetsTarget } from '../target.ts';
import type { Remedy } from './backoff.ts';
import { parseJob, type JobRules } from './parseJob.ts';
import type { PoolMemory } from './poolMemory.ts';
import { RateLimit } from './rateLimit.ts';

/** Pools keep at most this many jobs of a connection. */
const REMEMBERED_JOBS = 16;
/** Jobs pass at once up to this burst; a flood is thinned to its newest, four a second. */
const JOB_BURST = 4;
const JOB_INTERVAL_MS = 250;
const TOLERATED_BROKEN_JOBS = 5;
const FIRST_JOB_DEADLINE_MS = 20_000;
/** Monero's blocks come every two minutes in the mean, and a job with each. */
const JOB_DEADLINE_MS = 600_000;
/** A pool that answers otherwise gets more time: about five times a day no block is found for ten minutes. */
const LAST_JOB_DEADLINE_MS = 1_200_000;
/** A keepalived goes out every 30 s. */
const LIVELY_MS = 90_000;

/** `send` it; it came too late (`stale`); or it must not leave here, for it is wrong (`fault`). */
export type ShareVerdict =
  | { readonly verdict: 'send' }
  | { readonly verdict: 'stale' | 'fault'; readonly error: Problem };

type News =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'unminable'; readonly error: Problem };

export interface ConnectionJobsParts {
  readonly clock: Clock;
  readonly memory: PoolMemory;
  readonly paysForStale: boolean;
  /** How long the pool has said nothing. */
  readonly silenceMs: () => number;
  readonly onJob: (job: Job) => void;
  /** Nothing can be mined until the next job, and why; each reason is told once. */
  readonly onUnminable: (error: Problem) => void;
  /** The connection is of no use any more. */
  readonly end: (error: Problem, remedy?: Remedy) => void;
}

/** The jobs of one connection: hands the newest on, sees to it that they come, and knows which shares still count. */
export class ConnectionJobs {
  readonly #parts: ConnectionJobsParts;
  readonly #rate: RateLimit;
  /** As the pool sees it, handed on or not. */
  #newest: Job | undefined;
  /** Handed on, newest last. */
  readonly #recent: Job[] = [];
  /** What the pool said last, while it must wait for its turn. */
  #delayed: News | undefined;
  #cancelDelay: Cancel | undefined;
  #cancelDeadline: Cancel | undefined;
  #lastAtMs: number | undefined;
  #brokenInARow = 0;
  #toldUnminable: string | undefined;

  constructor(parts: ConnectionJobsParts) {
    this.#parts = parts;
    this.#rate = new RateLimit(parts.clock, JOB_BURST, JOB_INTERVAL_MS);
  }

  /** After the login: from now on the pool owes us work. */
  await(): void {
    this.#watch(FIRST_JOB_DEADLINE_MS);
  }

  /** A job from the pool, as it came. A broken one leaves the one before in place. */
  receive(params: unknown, rules: JobRules): void {
    const parsed = parseJob(params, rules);
    if (parsed.kind === 'malformed') {
      this.#onBroken(parsed.error);
      return;
    }
    if (this.#lastAtMs !== undefined) this.#parts.memory.movedOn();
    this.#lastAtMs = this.#parts.clock.nowMs();
    this.#watch(JOB_DEADLINE_MS);
    this.#brokenInARow = 0;
    if (parsed.kind === 'job' && this.#newest && isSameJob(this.#newest, parsed.job)) return;
    this.#newest = parsed.kind === 'job' ? parsed.job : undefined;
    this.#offer(parsed);
  }

  /** There is nothing to mine any more. */
  end(): void {
    this.#newest = undefined;
    this.#delayed = undefined;
    this.#cancelDelay?.();
    this.#cancelDelay = undefined;
    this.#cancelDeadline?.();
  }

  judge(share: Share): ShareVerdict {
    const jobs = this.#recent.filter((job) => isShareOf(share, job));
    const job = jobs.at(-1);
    if (!job) return { verdict: 'stale', error: problem('jobGone') };
    const wrongNonce = findWrongNonce(job, share);
    if (wrongNonce) return { verdict: 'fault', error: wrongNonce };
    if (!meetsTarget(share.result, job.target)) {
      if (jobs.some(({ target }) => meetsTarget(share.result, target))) {
        return { verdict: 'stale', error: problem('difficultyRaised') };
      }
      return { verdict: 'fault', error: problem('shareBelowTarget') };
    }
    if (this.#parts.paysForStale) return { verdict: 'send' };
    if (!this.#newest) return { verdict: 'stale', error: problem('jobWithdrawn') };
    if (!buildsOnSameBlock(this.#newest, job)) {
      return { verdict: 'stale', error: problem('blockChanged') };
    }
    return { verdict: 'send' };
  }

  /** It replaces what came before. */
  #offer(news: News): void {
    this.#delayed = news;
    if (this.#cancelDelay) return;
    if (this.#isToldAlready(news) || this.#rate.take()) this.#handOn();
    else this.#delay();
  }

  #delay(): void {
    this.#cancelDelay = this.#parts.clock.after(this.#rate.waitMs(), () => {
      this.#cancelDelay = undefined;
      if (this.#rate.take()) this.#handOn();
      else this.#delay();
    });
  }

  #handOn(): void {
    const news = this.#delayed;
    this.#delayed = undefined;
    if (news?.kind === 'job') {
      this.#toldUnminable = undefined;
      this.#recent.push(news.job);
      if (this.#recent.length > REMEMBERED_JOBS) this.#recent.shift();
      this.#parts.onJob(news.job);
    } else if (news && !this.#isToldAlready(news)) {
      this.#toldUnminable = keyOf(news.error);
      this.#parts.onUnminable(news.error);
    }
  }

  #isToldAlready(news: News): boolean {
    return news.kind === 'unminable' && this.#toldUnminable === keyOf(news.error);
  }

  #onBroken(error: Problem): void {
    this.#brokenInARow += 1;
    if (this.#brokenInARow >= TOLERATED_BROKEN_JOBS) {
      this.#parts.end(problem('jobsMalformed', { why: error }));
    } else if (!this.#newest) this.#offer({ kind: 'unminable', error });
  }

  #watch(deadlineMs: number): void {
    this.#cancelDeadline?.();
    this.#cancelDeadline = this.#parts.clock.after(deadlineMs, () => this.#onSilence());
  }

  #onSilence(): void {
    const { clock, end, memory, silenceMs } = this.#parts;
    if (this.#lastAtMs === undefined) {
      end(problem('noJob', { waitMs: FIRST_JOB_DEADLINE_MS }));
      return;
    }
    const waitMs = clock.nowMs() - this.#lastAtMs;
    if (waitMs < LAST_JOB_DEADLINE_MS && silenceMs() < LIVELY_MS) {
      this.#watch(LAST_JOB_DEADLINE_MS - waitMs);
    } else end(problem('noJobForLong', { waitMs }), memory.hung());
  }
}

function keyOf({ code, values }: Problem): string {
  return JSON.stringify([code, values]);
}

function isSameJob(one: Job, other: Job): boolean {
  return (
    one.jobId === other.jobId &&
    one.target === other.target &&
    one.algorithm === other.algorithm &&
    sameBytes(one.blob, other.blob) &&
    sameBytes(one.seedHash ?? NO_BYTES, other.seedHash ?? NO_BYTES)
  );
}

const NO_BYTES = new Uint8Array(0);

function findWrongNonce(job: Job, share: Share): Problem | undefined {
  const end = job.nonceOffset + NONCE_BYTES;
  const own = end - job.reservedNonceBytes;
  if (!sameBytes(share.blob.subarray(job.nonceOffset, end), share.nonce)) {
    return problem('shareNonceDiffers');
  }
  if (!sameBytes(job.blob.subarray(own, end), share.blob.subarray(own, end))) {
    return problem('shareNonceReserved');
  }
  return undefined;
}
