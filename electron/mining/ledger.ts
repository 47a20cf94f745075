import type { ShareRecord, Snapshot } from '../shared/snapshot.ts';
import type { Share } from '../work/job.ts';

const RECENT_SHARES = 100;
const REMEMBERED_BLOBS = 4096;
const TWO_TO_256 = 1n << 256n;

/** Every share of this session: what became of it, and the totals. Bounded. */
export class ShareLedger {
  #accepted = 0;
  #rejected = 0;
  #stale = 0;
  #acceptedDifficulty = 0;
  #bestDifficulty = 0;
  #lastAcceptedAtMs: number | null = null;
  #rejectedInARow = 0;
  readonly #pending = new Map<Share, ShareRecord>();
  /** Newest first. */
  readonly #recent: ShareRecord[] = [];
  readonly #knownBlobs = new Set<string>();

  get accepted(): number {
    return this.#accepted;
  }
  get rejected(): number {
    return this.#rejected;
  }
  get stale(): number {
    return this.#stale;
  }
  /** Rejections since the last accepted share. */
  get rejectedInARow(): number {
    return this.#rejectedInARow;
  }

  /** Notes a new share. False when this very blob and nonce were noted before: it must not be sent twice. */
  found(share: Share, atMs: number): boolean {
    const blob = toHex(share.blob);
    if (this.#knownBlobs.has(blob)) return false;
    this.#knownBlobs.add(blob);
    forgetOldest(this.#knownBlobs, REMEMBERED_BLOBS);

    this.#bestDifficulty = Math.max(this.#bestDifficulty, shareDifficulty(share));
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
    return true;
  }

  markAccepted(share: Share, atMs: number, roundTripMs: number): void {
    this.#accepted += 1;
    this.#rejectedInARow = 0;
    this.#acceptedDifficulty += Number(share.difficulty);
    this.#lastAcceptedAtMs = atMs;
    this.#settle(share, { outcome: 'accepted', roundTripMs });
  }

  markRejected(share: Share, message: string): void {
    this.#rejected += 1;
    this.#rejectedInARow += 1;
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

/** The difficulty a share's own hash would have satisfied: 2^256 / hash, as a number for display. */
export function shareDifficulty(share: Share): number {
  const hash = BigInt(`0x${toHex(share.result.toReversed())}`);
  return hash === 0n ? Number.MAX_SAFE_INTEGER : Number(TWO_TO_256 / hash);
}

function forgetOldest(set: Set<string>, limit: number): void {
  if (set.size <= limit) return;
  for (const oldest of set) {
    set.delete(oldest);
    return;
  }
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
