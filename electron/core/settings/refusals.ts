import type { Problem } from '../../contract/problem.ts';

/** Of something that is written again and again: why it is refused, told when that begins and not again before it has worked. */
export class Refusals {
  readonly #onFault: (fault: Problem) => void;
  #fault: Problem | null = null;

  constructor(onFault: (fault: Problem) => void) {
    this.#onFault = onFault;
  }

  /** Why the last attempt was refused; null when it was not. */
  get fault(): Problem | null {
    return this.#fault;
  }

  /** What came of an attempt. */
  note(fault: Problem | null): void {
    const isNews = fault !== null && this.#fault === null;
    this.#fault = fault;
    if (isNews) this.#onFault(fault);
  }
}
