import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../contract/problem.ts';
import { readTextFile, replaceFile } from './files.ts';
import { madeFile, type Made } from './made.ts';

const MAX_BYTES = 10_000;
const document = z.object({ version: z.literal(1), address: z.string().max(200).nullable() });

/**
 * The address that the user last confirmed in the app, in a file of its own: settings.json with another one in it was
 * changed by somebody else. Null: none was confirmed. Undefined: nothing is known, as after an update from an older app.
 */
export class ConfirmedAddress {
  readonly #file: string;
  #address: string | null | undefined;

  constructor(folder: string) {
    this.#file = join(folder, 'confirmed-address.json');
    this.#address = read(this.#file);
  }

  made(): Made {
    return madeFile('settings', this.#file);
  }

  get address(): string | null | undefined {
    return this.#address;
  }

  /** On a problem it is remembered for this run only. */
  confirm(address: string | null): Problem | null {
    if (address === this.#address) return null;
    this.#address = address;
    return replaceFile(this.#file, `${JSON.stringify({ version: 1, address })}\n`);
  }
}

function read(file: string): string | null | undefined {
  const text = readTextFile(file, MAX_BYTES);
  if (!text.ok || text.value === null) return undefined;
  try {
    const parsed = document.safeParse(JSON.parse(text.value));
    return parsed.success ? parsed.data.address : undefined;
  } catch {
    return undefined;
  }
}
