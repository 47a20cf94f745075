import type { Cancel, Clock } from '../../clock.ts';

/** Calls back whenever nothing of ours was sent for a while. */
export class Keepalive {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #onSilence: () => void;
  #intervalMs: number;
  #cancel: Cancel | undefined;

  /** An interval of 0 means never. */
  constructor(clock: Pick<Clock, 'after'>, intervalMs: number, onSilence: () => void) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#onSilence = onSilence;
  }

  /** Something was sent: the interval begins anew. */
  restart(): void {
    this.#cancel?.();
    if (this.#intervalMs <= 0) return;
    this.#cancel = this.#clock.after(this.#intervalMs, () => {
      this.restart();
      this.#onSilence();
    });
  }

  stop(): void {
    this.#intervalMs = 0;
    this.#cancel?.();
  }
}
