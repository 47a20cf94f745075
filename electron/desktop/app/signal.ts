/** Something that happens again and again: who tells it is built first, who listens comes later. */
export class Signal<T = void> {
  readonly #listeners: ((value: T) => void)[] = [];

  listen(listener: (value: T) => void): void {
    this.#listeners.push(listener);
  }

  readonly tell = (value: T): void => {
    for (const listener of this.#listeners) listener(value);
  };
}
