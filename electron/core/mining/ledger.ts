import type { ShareRecord, Snapshot } from '../../contract/snapshot.ts';
import type { Share } from '../work/job.ts';
import { difficultyOfHash } from '../work/target.ts';

const RECENT_SHARES = 100;

/** Every share of this session: what became of it, and the totals. Bounded. */
export class ShareLedger {
  #accepted = 0;
  #rejected = 0;
  #stale = 0;
  #acceptedDifficulty = 0;
  #bestDifficulty = 0;
  #lastAcceptedAtMs: number | null = null;
  readonly #pending = new Map<Share, ShareRecord>();
  /** Newest first. */
  readonly #recent: ShareRecord[] = [];

  get accepted(): number {
    return this.#accepted;
  }
  get rejected(): number {
    return this.#rejected;
  }
  get stale(): number {
    return this.#stale;
  }

  found(share: Share, atMs: number): void {
    this.#bestDifficulty = Math.max(this.#bestDifficulty, Number(difficultyOfHash(share.result)));
    const record: ShareRecord = {
      foundAtMs: atMs,
      jobId: share.jobId,
      nonce: toHex(share.nonce),
      difficulty: Number(share.difficulty),
      outcome: 'pending',
    };
    this.#pending.set(share, record);
    this.#recent.unshift(record);
    if (this.#recent.length > RECENT_SHARES) this.#recent.pop();
  }

  markAccepted(share: Share, atMs: number, roundTripMs: number): void {
    this.#accepted += 1;
    this.#acceptedDifficulty += Number(share.difficulty);
    this.#lastAcceptedAtMs = atMs;
    this.#settle(share, { outcome: 'accepted', roundTripMs });
  }

  markRejected(share: Share, message: string): void {
    this.#rejected += 1;
    this.#settle(share, { outcome: 'rejected', message });
  }

  markStale(share: Share, message: string): void {
    this.#stale += 1;
    this.#settle(share, { outcome: 'stale', message });
  }

  /** Shares whose fate the source can no longer tell, because its connection ended. */
  abandonPending(message: string): Share[] {
    const lost = [...this.#pending.keys()];
    for (const share of lost) this.markStale(share, message);
    return lost;
  }

  snapshot(): Snapshot['shares'] {
    return {
      accepted: this.#accepted,
      rejected: this.#rejected,
      stale: this.#stale,
      pending: this.#pending.size,
      acceptedDifficulty: this.#acceptedDifficulty,
      bestDifficulty: this.#bestDifficulty,
      lastAcceptedAtMs: this.#lastAcceptedAtMs,
      recent: [...this.#recent],
    };
  }

  #settle(share: Share, fate: Partial<ShareRecord>): void {
    const record = this.#pending.get(share);
    if (record === undefined) return;
    this.#pending.delete(share);
    const index = this.#recent.indexOf(record);
    if (index >= 0) this.#recent[index] = { ...record, ...fate };
  }
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
