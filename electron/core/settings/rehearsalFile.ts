import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  keptForkRehearsal,
  type ForkRehearsal,
  type KeptForkRehearsal,
} from '../../contract/health.ts';
import { problem, type Problem } from '../../contract/problem.ts';
import { measuredMachine, type MeasuredMachine } from '../../contract/tuning.ts';
import { readTextFile, replaceFile } from './files.ts';
import { madeFile, type Made } from './made.ts';

export const REHEARSAL_FILE_NAME = 'fork-rehearsal.json';

const MAX_BYTES = 64 * 1024;

/** What a rehearsal is true for: another app, processor or engine has to rehearse anew. */
const rehearsed = measuredMachine.extend({ app: z.string() });
type Rehearsed = MeasuredMachine & { readonly app: string };

const document = z.object({ version: z.literal(1), rehearsed, outcome: keptForkRehearsal });

/** Keeps how the next fork was rehearsed last. A file that is missing, damaged or about another app counts as none. */
export class RehearsalFile {
  readonly #file: string;
  readonly #here: () => Rehearsed;

  /** `here` may throw: then nothing is known. */
  constructor(file: string, here: () => Rehearsed) {
    this.#file = file;
    this.#here = here;
  }

  made(): Made {
    return madeFile('tuning', this.#file);
  }

  find(): KeptForkRehearsal | null {
    const text = readTextFile(this.#file, MAX_BYTES);
    if (!text.ok || text.value === null) return null;
    try {
      const { rehearsed: by, outcome } = document.parse(JSON.parse(text.value));
      return isDeepStrictEqual(by, this.#here()) ? outcome : null;
    } catch {
      return null;
    }
  }

  /** `fault`: why it is not kept. */
  keep(
    rehearsal: ForkRehearsal,
    rehearsedAtMs: number,
  ): { readonly kept: KeptForkRehearsal; readonly fault: Problem | null } {
    const kept = { ...rehearsal, rehearsedAtMs };
    const text = JSON.stringify({ version: 1, rehearsed: this.#here(), outcome: kept });
    const reason = replaceFile(this.#file, `${text}\n`);
    return { kept, fault: reason && problem('tuningUnwritable', { file: this.#file, reason }) };
  }
}
