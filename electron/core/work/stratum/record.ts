import type { Share } from '../job.ts';

const REJECTS_IN_A_ROW = 5;
const REMEMBERED_SHARES = 4096;

/** What must survive a reconnect: everything else about a pool is forgotten with its connection. */
export class PoolRecord {
  /** The pool once complained that the nonce's last byte was not left alone. */
  reservesNonce = false;
  readonly #sent = new Set<string>();
  #rejectedInARow = 0;
  /** Another five in a row are fatal. */
  #onProbation = true;

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
}
