import type { Problem } from '../../../contract/problem.ts';
import type { Share } from '../job.ts';
import type { Remedy } from './backoff.ts';
import type { TlsOptions } from './stratumOptions.ts';
import type { StratumSpec } from '../spec.ts';
import { CertificateTrust } from './trust.ts';

const REJECTS_IN_A_ROW = 5;
const USELESS_IN_A_ROW = 10;
const REMEMBERED_SHARES = 4096;

/** A wait that is still on when the pool is opened again: a ban, say. */
export interface Wait {
  readonly untilMs: number;
  readonly remedy: Remedy;
  readonly error: Problem;
}

/** One memory for each pool, for as long as the app runs: Stop, Start and edits of the list do not make us forget. */
export class PoolMemories {
  readonly #memories = new Map<string, PoolMemory>();

  /** When the user wants to mine there, now: only a ban is still waited out. */
  of(pool: StratumSpec): PoolMemory {
    const key = JSON.stringify(pool);
    const known = this.#memories.get(key);
    if (known !== undefined) {
      known.forgive();
      return known;
    }
    const memory = new PoolMemory();
    this.#memories.set(key, memory);
    return memory;
  }
}

/**
 * What is known of a pool beyond one connection, over reconnects and over changes to another pool and back.
 */
export class PoolMemory {
  /** The pool once complained that the nonce's last byte was not left alone. */
  reservesNonce = false;
  /** Connections that failed since one last went well. */
  failures = 0;
  wait: Wait | undefined;
  #trust: CertificateTrust | undefined;
  readonly #sent = new Set<string>();
  #rejectedInARow = 0;
  /** Another five in a row are fatal. */
  #onProbation = true;
  #uselessInARow = 0;
  #hangs = 0;

  /** The user has asked for this pool anew: what failed before may work now. */
  forgive(): void {
    this.failures = 0;
    if (this.wait?.remedy !== 'waitOutBan') this.wait = undefined;
  }

  /** Which of its certificates are trusted; the options are the same each time. */
  trust(tls: TlsOptions): CertificateTrust {
    this.#trust ??= new CertificateTrust(tls);
    return this.#trust;
  }

  /** False if this share was sent before. */
  remember(share: Share): boolean {
    const key = Buffer.from(share.blob).toString('base64');
    if (this.#sent.has(key)) return false;
    this.#sent.add(key);
    if (this.#sent.size > REMEMBERED_SHARES) {
      const [oldest] = this.#sent;
      if (oldest !== undefined) this.#sent.delete(oldest);
    }
    return true;
  }

  accepted(): void {
    this.#rejectedInARow = 0;
    this.#onProbation = false;
    this.#uselessInARow = 0;
    this.#hangs = 0;
  }

  /**
   * Five in a row: `giveUp` if the pool never took one (our hashes must be wrong), `pause` if it
   * did before, and `giveUp` again when the five after the pause fare no better.
   */
  rejected(): 'goOn' | 'pause' | 'giveUp' {
    this.#rejectedInARow += 1;
    if (this.#rejectedInARow < REJECTS_IN_A_ROW) return 'goOn';
    this.#rejectedInARow = 0;
    const verdict = this.#onProbation ? 'giveUp' : 'pause';
    this.#onProbation = true;
    return verdict;
  }

  /** A share that is no fault of ours counted for nothing. Gives how many in a row, once they are too many. */
  useless(): number | undefined {
    this.#uselessInARow += 1;
    if (this.#uselessInARow < USELESS_IN_A_ROW) return undefined;
    this.#uselessInARow = 0;
    return USELESS_IN_A_ROW;
  }

  /** The pool is there, but nothing comes of it. Once may be chance; then others of the list should have their turn. */
  hung(): Remedy {
    this.#hangs += 1;
    return this.#hangs === 1 ? 'retry' : 'retrySlowly';
  }

  /** Work came after the work of the login. */
  movedOn(): void {
    this.#hangs = 0;
  }
}
