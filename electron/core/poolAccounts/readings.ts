import { z } from 'zod';
import { knownPoolId } from '../../contract/knownPools.ts';
import { readTextFile, removeFile, replaceFile } from '../settings/files.ts';
import { madeFile, type Made } from '../settings/made.ts';
import type { Reading } from './credit.ts';

const HOUR_MS = 3_600_000;
/** The history has single minutes of as many days. */
const KEPT_MS = 7 * 24 * HOUR_MS;
/** A week of all pools, five times over. */
const MOST_BYTES = 1_000_000;

const counter = z.union([knownPoolId, z.literal('p2pool')]);

const reading = z.object({
  pool: counter,
  /** Whose count it is: the address; of P2Pool, its process. */
  address: z.string().max(1100),
  atMs: z.number(),
  creditedHashes: z.number().nonnegative(),
});
const document = z.object({ version: z.literal(1), readings: z.array(reading) });
type Kept = z.infer<typeof reading>;

/** Remembers in a file what pools had credited hour by hour, for a week. One that cannot be read or written begins anew at worst. */
export class Readings {
  readonly #file: string;
  /** Read when it is first needed: most people let no pool be asked. */
  #kept: readonly Kept[] | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** Takes note of the newest, and tells the oldest that it can be compared with: itself at first. */
  note(pool: z.infer<typeof counter>, address: string, newest: Reading): Reading {
    const { atMs, creditedHashes } = newest;
    this.#kept ??= read(this.#file);
    const others = this.#kept.filter((one) => one.pool !== pool);
    const before = this.#kept.filter(
      (one) =>
        one.pool === pool &&
        one.address === address &&
        one.atMs <= atMs &&
        one.atMs > atMs - KEPT_MS,
    );
    // A pool that counts from 0 again has another count.
    const comparable = before.every((one) => one.creditedHashes <= creditedHashes) ? before : [];
    const last = comparable.at(-1);
    if (last === undefined || atMs - last.atMs >= HOUR_MS) {
      comparable.push({ pool, address, atMs, creditedHashes });
      this.#kept = [...others, ...comparable];
      replaceFile(this.#file, `${JSON.stringify({ version: 1, readings: this.#kept })}\n`);
    }
    return comparable[0] ?? newest;
  }

  /** What was sent meanwhile is not known any more. */
  forget(): void {
    this.#kept = [];
    removeFile(this.#file);
  }

  made(): Made {
    return madeFile('history', this.#file);
  }
}

function read(file: string): readonly Kept[] {
  const text = readTextFile(file, MOST_BYTES);
  if (!text.ok || text.value === null) return [];
  try {
    return document.safeParse(JSON.parse(text.value)).data?.readings ?? [];
  } catch {
    return [];
  }
}
