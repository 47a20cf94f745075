import type { Clock } from '../clock.ts';
import type { Share } from './job.ts';

/** The shares that a source was given and whose fate it has not told yet: what it waits for before it leaves. */
export class SharesUnderWay {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #shares = new Set<Share>();
  readonly #onNone = new Set<() => void>();

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  add(share: Share): void {
    this.#shares.add(share);
  }

  /** Its fate was told. */
  delete(share: Share): void {
    this.#shares.delete(share);
    if (this.#shares.size === 0) this.#tellNone();
  }

  /** Nobody waits for them any more. */
  clear(): void {
    this.#shares.clear();
    this.#tellNone();
  }

  /** Resolves with the shares that are still under way then: none, unless the time is over. */
  settled(timeoutMs: number): Promise<readonly Share[]> {
    if (this.#shares.size === 0) return Promise.resolve([]);
    return new Promise((resolve) => {
      const cancel = this.#clock.after(timeoutMs, () => resolve([...this.#shares]));
      this.#onNone.add(() => {
        cancel();
        resolve([]);
      });
    });
  }

  #tellNone(): void {
    for (const tell of this.#onNone) tell();
    this.#onNone.clear();
  }
}
