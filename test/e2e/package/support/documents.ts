import { typedInDebian } from '../../../docs/typed.ts';

/** What our documents tell people to type on Debian, and the owner to make a release: asked for here, and which of it was not. */
export class Documents {
  readonly #untyped = new Set(typedInDebian);

  /** The blocks under a heading, as one script. */
  under(page: string, heading: string): string {
    const block = typedInDebian.filter(
      (told) => told.isInBlock && told.page === page && told.heading === heading,
    );
    if (block.length === 0) throw new Error(`${page} has no commands under ${heading}.`);
    for (const { command } of block) this.#isTyped(command);
    return ['set -e', ...block.map(({ command }) => command), ''].join('\n');
  }

  /** The one command of a page that begins so. */
  one(page: string, begin: string): string {
    const found = typedInDebian.find(
      (told) => told.page === page && told.command.startsWith(begin),
    );
    if (found === undefined) throw new Error(`${page} has no command that begins with ${begin}.`);
    this.#isTyped(found.command);
    return found.command;
  }

  get untyped(): readonly string[] {
    return [...this.#untyped].map(({ page, command }) => `${page}: ${command}`);
  }

  #isTyped(command: string): void {
    for (const told of this.#untyped) if (told.command === command) this.#untyped.delete(told);
  }
}
