import type { Clock } from '../clock.ts';

/** The newest answer to a question that takes time: whoever wants to know has it asked anew when it is old. */
export class Newest<T> {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #freshMs: number;
  readonly #ask: (last: T) => Promise<T>;
  #value: T;
  #askedAtMs = -Infinity;
  #isAsking = false;

  /** `ask` is given the last answer: where it comes to know nothing new, that is still the newest. */
  constructor(
    clock: Pick<Clock, 'nowMs'>,
    atFirst: T,
    freshMs: number,
    ask: (last: T) => Promise<T>,
  ) {
    this.#clock = clock;
    this.#value = atFirst;
    this.#freshMs = freshMs;
    this.#ask = ask;
  }

  /** Without asking anew. */
  get last(): T {
    return this.#value;
  }

  get value(): T {
    this.ask();
    return this.#value;
  }

  /** Where the answer is old. */
  ask(): void {
    const nowMs = this.#clock.nowMs();
    if (this.#isAsking || nowMs - this.#askedAtMs < this.#freshMs) return;
    this.#askedAtMs = nowMs;
    this.#isAsking = true;
    void this.#ask(this.#value)
      .then((value) => (this.#value = value))
      .finally(() => (this.#isAsking = false));
  }
}
