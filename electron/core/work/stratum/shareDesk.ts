import type { Share } from '../job.ts';
import type { SourceEvent } from '../source.ts';
import type { Remedy } from './backoff.ts';
import type { Clock } from '../../clock.ts';
import { classifyError, type ErrorClass } from './errors.ts';
import type { JobDesk } from './jobDesk.ts';
import { submitRefusal, type Outcome } from './messages.ts';
import { PendingShares, type ExpiredShare } from './pending.ts';
import { RateLimit } from './rate.ts';
import type { PoolRecord } from './record.ts';

/** Shares pass at once up to this burst, then twenty a second: no pool wants more of one miner. */
const SHARE_BURST = 60;
const SHARE_INTERVAL_MS = 50;
/** So many unanswered shares with not a byte received meanwhile: nobody is there. */
const SILENT_EXPIRIES = 3;

export interface ShareDeskParts {
  readonly clock: Clock;
  readonly record: PoolRecord;
  readonly jobs: JobDesk;
  /** Returns the request's id; undefined when the message would be too long. */
  readonly send: (share: Share) => number | undefined;
  readonly heardAtMs: () => number | undefined;
  readonly tell: (event: Extract<SourceEvent, { share: Share }>) => void;
  readonly end: (code: string, message: string, remedy?: Remedy) => void;
}

/** The shares of one connection: which may leave, what became of them, and what follows from that. */
export class ShareDesk {
  readonly #parts: ShareDeskParts;
  readonly #pending: PendingShares;
  readonly #rate: RateLimit;
  #expiredInSilence = 0;
  #acceptedAny = false;

  constructor(parts: ShareDeskParts) {
    this.#parts = parts;
    this.#pending = new PendingShares(parts.clock, (expired) => this.#onExpired(expired));
    this.#rate = new RateLimit(parts.clock, SHARE_BURST, SHARE_INTERVAL_MS);
  }

  get acceptedAny(): boolean {
    return this.#acceptedAny;
  }

  submit(share: Share): void {
    const judged = this.#parts.jobs.judge(share);
    if (judged.verdict === 'stale') {
      this.#parts.tell({ type: 'stale', share, error: judged.error });
    } else if (judged.verdict === 'fault') {
      this.#parts.tell({ type: 'rejected', share, error: judged.error });
    } else if (!this.#rate.take()) {
      const text = 'The pool asks for so little work a share that this one was left out.';
      this.#stale(share, 'too_many_shares', text);
    } else if (!this.#parts.record.remember(share)) {
      this.#reject(share, 'share_repeated', 'The same share was found twice; it was sent once.');
    } else {
      const id = this.#parts.send(share);
      if (id !== undefined) this.#pending.add(id, share);
      else this.#reject(share, 'share_too_long', 'The pool’s job id is too long to be sent back.');
    }
  }

  /** False when no share waits for an answer with this id. */
  answer(id: number, outcome: Outcome): boolean {
    const pending = this.#pending.take(id);
    if (!pending) return false;
    const { share, roundTripMs } = pending;
    const refusal = outcome.ok ? submitRefusal(outcome.result) : outcome.message;
    if (refusal === undefined) {
      this.#acceptedAny = true;
      this.#parts.record.accepted();
      this.#parts.tell({ type: 'accepted', share, roundTripMs });
    } else this.#onRefused(share, refusal);
    return true;
  }

  /** Ends without a word; gives the shares whose fate stays unknown. */
  close(): readonly Share[] {
    return this.#pending.clear();
  }

  #onRefused(share: Share, refusal: string): void {
    const kind = classifyError(refusal);
    const code = kind ?? 'rejected';
    const message = `The pool refused a share: “${refusal}”.`;
    if (kind === 'stale' || kind === 'sessionLost') this.#stale(share, code, message);
    else this.#reject(share, code, message);
    this.#drawConsequence(kind, code, message);
  }

  #drawConsequence(kind: ErrorClass | undefined, code: string, message: string): void {
    switch (kind) {
      case 'stale':
      case 'throttled':
        break;
      case 'nonceReserved':
        this.#parts.record.reservesNonce = true;
        this.#parts.end(code, message);
        break;
      case 'sessionLost':
      case 'transient':
        this.#parts.end(code, message);
        break;
      case 'ban':
        this.#parts.end('banned', message, 'waitOutBan');
        break;
      case 'fatal':
        this.#parts.end('refused', message, 'giveUp');
        break;
      case 'ownFault':
      case 'rejected':
      case undefined:
        this.#countReject(message);
    }
  }

  #countReject(message: string): void {
    const text = `Five shares in a row were refused. ${message} Mining on this pool was stopped:`;
    switch (this.#parts.record.rejected()) {
      case 'goOn':
        break;
      case 'pause':
        this.#parts.end('shares_rejected', `${text} it is tried again in a while.`, 'waitOutBan');
        break;
      case 'giveUp':
        this.#parts.end(
          'shares_rejected',
          `${text} this computer's results may be wrong. Undo overclocking, or try another pool.`,
          'giveUp',
        );
    }
  }

  #onExpired({ share, sentAtMs }: ExpiredShare): void {
    const heard = (this.#parts.heardAtMs() ?? -Infinity) >= sentAtMs;
    this.#expiredInSilence = heard ? 0 : this.#expiredInSilence + 1;
    this.#stale(share, 'unanswered', 'The pool did not answer this share within a minute.');
    if (this.#expiredInSilence >= SILENT_EXPIRIES) {
      this.#parts.end('pool_silent', 'The pool does not answer any more.');
    }
  }

  #stale(share: Share, code: string, message: string): void {
    this.#parts.tell({ type: 'stale', share, error: { code, message } });
  }

  #reject(share: Share, code: string, message: string): void {
    this.#parts.tell({ type: 'rejected', share, error: { code, message } });
  }
}
