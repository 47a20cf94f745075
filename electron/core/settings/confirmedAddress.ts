import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../contract/problem.ts';
import { readTextFile, replaceFile } from './files.ts';
import { madeFile, type Made } from './made.ts';

const MAX_BYTES = 100_000;

const confirmed = z.object({
  /** Null: none was confirmed. */
  address: z.string().max(200).nullable(),
  /** By the id of their pool. Absent in the files of older apps. */
  logins: z.record(z.string(), z.string()).optional(),
});
const document = confirmed.extend({ version: z.literal(1) });

/** Whom is mined for: the address, and the logins that pools have of their own. */
export type Confirmed = Readonly<z.infer<typeof confirmed>>;

/**
 * What the user last confirmed in the app, in a file of its own: settings.json with another address in it was changed by
 * somebody else. Undefined: nothing is known, as after an update from an older app.
 */
export class ConfirmedAddress {
  readonly #file: string;
  #known: Confirmed | undefined;

  constructor(folder: string) {
    this.#file = join(folder, 'confirmed-address.json');
    this.#known = read(this.#file);
  }

  made(): Made {
    return madeFile('settings', this.#file);
  }

  get known(): Confirmed | undefined {
    return this.#known;
  }

  /** On a problem it is remembered for this run only. */
  confirm(confirmed: Confirmed): Problem | null {
    const text = JSON.stringify({ version: 1, ...confirmed });
    if (text === JSON.stringify({ version: 1, ...this.#known })) return null;
    this.#known = confirmed;
    return replaceFile(this.#file, `${text}\n`);
  }
}

function read(file: string): Confirmed | undefined {
  const text = readTextFile(file, MAX_BYTES);
  if (!text.ok || text.value === null) return undefined;
  try {
    const parsed = document.safeParse(JSON.parse(text.value));
    if (!parsed.success) return undefined;
    const { address, logins } = parsed.data;
    return { address, ...(logins && { logins }) };
  } catch {
    return undefined;
  }
}
