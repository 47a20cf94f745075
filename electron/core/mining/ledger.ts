import type { Problem } from '../../contract/problem.ts';
import type { Luck, ShareRecord, Snapshot } from '../../contract/snapshot.ts';
import type { Share } from '../work/job.ts';
import { difficultyOfHash } from '../work/target.ts';

const RECENT_SHARES = 100;
const NORMAL_CHANCE = 0.2;
const UNLUCKY_CHANCE = 0.05;

/** What one run on one work source came to: its hashes, and what became of every share. Bounded. */
export class ShareLedger {
  #hashes = 0;
  #found = 0;
  #expected = 0;
  #expectedSinceFound = 0;
  #hashingMsSinceFound = 0;
  #accepted = 0;
  #rejected = 0;
  #stale = 0;
  #acceptedDifficulty = 0;
  #bestDifficulty = 0;
  #lastAcceptedAtMs: number | null = null;
  readonly #pending = new Map<Share, ShareRecord>();
  /** Newest first. */
  readonly #recent: ShareRecord[] = [];

  get hashes(): number {
    return this.#hashes;
  }
  get accepted(): number {
    return this.#accepted;
  }
  get rejected(): number {
    return this.#rejected;
  }
  get stale(): number {
    return this.#stale;
  }
  get pending(): number {
    return this.#pending.size;
  }

  /** So many hashes were finished in `durationMs` of hashing, while a share took `difficulty` of them on average. */
  hashed(hashes: number, durationMs: number, difficulty: bigint | undefined): void {
    this.#hashes += hashes;
    this.#hashingMsSinceFound += durationMs;
    if (difficulty === undefined) return;
    this.#expected += hashes / Number(difficulty);
    this.#expectedSinceFound += hashes / Number(difficulty);
  }

  /** `atMs`: Unix time. */
  found(share: Share, atMs: number): void {
    this.#found += 1;
    this.#expectedSinceFound = 0;
    this.#hashingMsSinceFound = 0;
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

  markRejected(share: Share, problem: Problem): void {
    this.#rejected += 1;
    this.#settle(share, { outcome: 'rejected', problem });
  }

  markStale(share: Share, problem: Problem): void {
    this.#stale += 1;
    this.#settle(share, { outcome: 'stale', problem });
  }

  /** Shares whose fate the source can no longer tell, because it was left. */
  abandonPending(problem: Problem): Share[] {
    const lost = [...this.#pending.keys()];
    for (const share of lost) this.markStale(share, problem);
    return lost;
  }

  /** Rate in hashes per second and difficulty of now; null before the first hash. */
  luck(hashesPerSecond: number | null, difficulty: bigint | undefined): Luck | null {
    if (this.#hashes === 0) return null;
    const chanceOfWait = Math.exp(-this.#expectedSinceFound);
    const isKnown = hashesPerSecond !== null && hashesPerSecond > 0 && difficulty !== undefined;
    return {
      foundShares: this.#found,
      expectedShares: this.#expected,
      expectedMs: isKnown ? (Number(difficulty) / hashesPerSecond) * 1000 : null,
      waitedMs: this.#hashingMsSinceFound,
      chanceOfWait,
      verdict: howUnlucky(chanceOfWait),
    };
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

function howUnlucky(chance: number): Luck['verdict'] {
  if (chance >= NORMAL_CHANCE) return 'normal';
  return chance >= UNLUCKY_CHANCE ? 'unlucky' : 'unusual';
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
