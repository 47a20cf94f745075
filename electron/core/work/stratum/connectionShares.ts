import { problem, type Problem } from '../../../contract/problem.ts';
import type { Clock } from '../../clock.ts';
import type { Share } from '../job.ts';
import type { SourceEvent } from '../source.ts';
import type { Remedy } from './backoff.ts';
import { classifyError, type ErrorClass } from './poolErrors.ts';
import type { ConnectionJobs } from './connectionJobs.ts';
import { submitRefusal, type Outcome } from './messages.ts';
import { PendingShares } from './pendingShares.ts';
import type { PoolMemory } from './poolMemory.ts';
import { RateLimit } from './rateLimit.ts';

/** Shares pass at once up to this burst, then twenty a second: no pool wants more of one miner. */
const SHARE_BURST = 60;
const SHARE_INTERVAL_MS = 50;
/** So many without an answer: whatever else the pool says, it does not work. */
const UNANSWERED_IN_A_ROW = 3;

export interface SharesParts {
  readonly clock: Clock;
  readonly memory: PoolMemory;
  readonly jobs: ConnectionJobs;
  /** Returns the request's id; undefined when the message would be too long. */
  readonly send: (share: Share) => number | undefined;
  readonly tell: (event: Extract<SourceEvent, { share: Share }>) => void;
  readonly end: (error: Problem, remedy?: Remedy) => void;
}

/** The shares of one connection: which may leave, what became of them, and what follows from that. */
export class Shares {
  readonly #parts: SharesParts;
  readonly #pending: PendingShares;
  readonly #rate: RateLimit;
  #unansweredInARow = 0;

  constructor(parts: SharesParts) {
    this.#parts = parts;
    this.#pending = new PendingShares(parts.clock, (share) => this.#onExpired(share));
    this.#rate = new RateLimit(parts.clock, SHARE_BURST, SHARE_INTERVAL_MS);
  }

  submit(share: Share): void {
    const { jobs, memory, send } = this.#parts;
    const judged = jobs.judge(share);
    if (judged.verdict === 'stale') this.#stale(share, judged.error);
    else if (judged.verdict === 'fault') this.#reject(share, judged.error);
    else if (!this.#rate.take()) this.#stale(share, problem('tooManyShares'));
    else if (!memory.remember(share)) this.#reject(share, problem('shareRepeated'));
    else {
      const id = send(share);
      if (id === undefined) this.#reject(share, problem('jobIdTooLong'));
      else this.#pending.add(id, share);
    }
  }

  /** False when no share waits for an answer with this id. */
  answer(id: number, outcome: Outcome): boolean {
    const pending = this.#pending.take(id);
    if (!pending) return false;
    const { share, roundTripMs } = pending;
    this.#unansweredInARow = 0;
    const said = outcome.ok ? submitRefusal(outcome.result) : outcome.said;
    if (said === undefined) {
      this.#parts.memory.accepted();
      this.#parts.tell({ type: 'accepted', share, roundTripMs });
    } else this.#onRefused(share, said);
    return true;
  }

  /** Ends without a word; gives the shares whose fate stays unknown. */
  end(): readonly Share[] {
    return this.#pending.clear();
  }

  #onRefused(share: Share, said: string): void {
    const kind = classifyError(said);
    if (kind === 'stale' || kind === 'sessionLost') {
      const error = problem('shareLate', { said });
      this.#stale(share, error);
      this.#drawConsequence(kind, error, said);
    } else {
      const error =
        said === '' ? problem('shareRefusedSilently') : problem('shareRefused', { said });
      this.#reject(share, error);
      this.#drawConsequence(kind, error, said);
    }
  }

  #drawConsequence(kind: ErrorClass | undefined, error: Problem, said: string): void {
    const { end, memory } = this.#parts;
    switch (kind) {
      case 'stale':
      case 'throttled': {
        const count = memory.useless();
        if (count !== undefined)
          end(problem('noShareCounts', { count, why: error }), memory.hung());
        break;
      }
      case 'nonceReserved':
        memory.reservesNonce = true;
        end(error);
        break;
      case 'sessionLost':
      case 'transient':
        end(error);
        break;
      case 'ban':
        end(problem('banned', { said }), 'waitOutBan');
        break;
      case 'fatal':
        end(error, 'giveUp');
        break;
      case 'ownFault':
      case 'rejected':
      case undefined:
        this.#countReject(error);
    }
  }

  #countReject(why: Problem): void {
    const { end, memory } = this.#parts;
    switch (memory.rejected()) {
      case 'goOn':
        break;
      case 'pause':
        end(problem('sharesRefusedForNow', { why }), 'waitOutBan');
        break;
      case 'giveUp':
        end(problem('sharesRefused', { why }), 'giveUp');
    }
  }

  #onExpired(share: Share): void {
    const { end, memory } = this.#parts;
    this.#unansweredInARow += 1;
    this.#stale(share, problem('shareUnanswered'));
    if (this.#unansweredInARow >= UNANSWERED_IN_A_ROW) {
      end(problem('sharesUnanswered', { count: this.#unansweredInARow }), memory.hung());
    }
  }

  #stale(share: Share, error: Problem): void {
    this.#parts.tell({ type: 'stale', share, error });
  }

  #reject(share: Share, error: Problem): void {
    this.#parts.tell({ type: 'rejected', share, error });
  }
}
