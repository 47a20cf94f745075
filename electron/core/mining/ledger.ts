import type { Problem } from '../../contract/problem.ts';
import type { Luck, ShareRecord, Snapshot } from '../../contract/snapshot.ts';
import type { Share } from '../work/job.ts';
import { difficultyOfHash } from '../work/target.ts';

const RECENT_SHARES = 100;
const NORMAL_CHANCE = 0.2;
const UNLUCKY_CHANCE = 0.05;

/** What a ledger has come to: every figure only grows. Rejected and stale shares by the code of the problem. */
export interface Tally {
  readonly hashes: number;
  readonly hashingMs: number;
  readonly expectedShares: number;
  readonly foundShares: number;
  readonly accepted: number;
  readonly acceptedDifficulty: number;
  readonly bestDifficulty: number;
  readonly rejected: Record<string, number>;
  readonly stale: Record<string, number>;
}

/** What one run on one work source came to: its hashes, and what became of every share. Bounded. */
export class ShareLedger {
  #hashes = 0;
  #hashingMs = 0;
  #found = 0;
  #expected = 0;
  #expectedSinceFound = 0;
  #hashingMsSinceFound = 0;
  #accepted = 0;
  readonly #rejected = new Map<string, number>();
  readonly #stale = new Map<string, number>();
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
    return sumOf(this.#rejected);
  }
  get stale(): number {
    return sumOf(this.#stale);
  }
  get pending(): number {
    return this.#pending.size;
  }

  get tally(): Tally {
    return {
      hashes: this.#hashes,
      hashingMs: this.#hashingMs,
      expectedShares: this.#expected,
      foundShares: this.#found,
      accepted: this.#accepted,
      acceptedDifficulty: this.#acceptedDifficulty,
      bestDifficulty: this.#bestDifficulty,
      rejected: Object.fromEntries(this.#rejected),
      stale: Object.fromEntries(this.#stale),
    };
  }

  /** So many hashes were finished in `durationMs` of hashing, while a share took `difficulty` of them on average. */
  hashed(hashes: number, durationMs: number, difficulty: bigint | undefined): void {
    this.#hashes += hashes;
    this.#hashingMs += durationMs;
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
    count(this.#rejected, problem.code);
    this.#settle(share, { outcome: 'rejected', problem });
  }

  markStale(share: Share, problem: Problem): void {
    count(this.#stale, problem.code);
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
      rejected: this.rejected,
      stale: this.stale,
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

function count(amounts: Map<string, number>, code: string): void {
  amounts.set(code, (amounts.get(code) ?? 0) + 1);
}

function sumOf(amounts: ReadonlyMap<string, number>): number {
  return [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
}

function howUnlucky(chance: number): Luck['verdict'] {
  if (chance >= NORMAL_CHANCE) return 'normal';
  return chance >= UNLUCKY_CHANCE ? 'unlucky' : 'unusual';
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
