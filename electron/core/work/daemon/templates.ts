import type { ChainTop } from './node.ts';
import type { BlockTemplate } from './template.ts';

/** A template that was given out as a job. */
export interface Work {
  readonly jobId: string;
  readonly template: BlockTemplate;
  /** The chain as it was when the template was made. */
  readonly top: ChainTop;
  readonly takenAtMs: number;
  /** A second solution of the same template could not join the chain either. */
  isSolved: boolean;
}

/** One is made every 15 s; the engine leaves the one before within a hash. */
const MOST_TEMPLATES = 8;

/** The templates on top of the current block: what solutions may still be for. */
export class Templates {
  readonly #works = new Map<string, Work>();
  #count = 0;

  add(template: BlockTemplate, top: ChainTop, takenAtMs: number): Work {
    this.#count += 1;
    const jobId = this.#count.toString(16);
    for (const [id, known] of this.#works) {
      const isOutdated = known.template.prev_hash !== template.prev_hash;
      if (isOutdated || this.#works.size >= MOST_TEMPLATES) this.#works.delete(id);
    }
    const work = { jobId, template, top, takenAtMs, isSolved: false };
    this.#works.set(jobId, work);
    return work;
  }

  find(jobId: string): Work | undefined {
    return this.#works.get(jobId);
  }
}
