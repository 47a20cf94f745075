import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { problem, type Problem } from '../../contract/problem.ts';
import {
  measuredMachine,
  tuning,
  type MeasuredMachine,
  type Tuning,
} from '../../contract/tuning.ts';
import { attempt, readTextFile, replaceFile } from './files.ts';
import { madeFile, type Made } from './made.ts';

export const TUNING_FILE_NAME = 'tuning.json';

const MAX_BYTES = 1_000_000;
const MOST_ENTRIES = 32;

const document = z.object({
  version: z.literal(1),
  entries: z.array(measuredMachine.extend({ tuning })).max(MOST_ENTRIES),
});
type Document = z.infer<typeof document>;

/**
 * Keeps what was measured, one entry for each machine, algorithm and mode. A file that is missing or damaged counts as
 * nothing measured: nothing in it cannot be measured again.
 */
export class TuningFile {
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  made(): Made {
    return madeFile('tuning', this.file);
  }

  find(
    machine: MeasuredMachine,
    algorithm: Tuning['algorithm'],
    mode: Tuning['mode'],
  ): Tuning | null {
    const found = this.#read().entries.find(
      (entry) =>
        isOf(entry, machine) && entry.tuning.algorithm === algorithm && entry.tuning.mode === mode,
    );
    return found?.tuning ?? null;
  }

  /** On a problem the old file stays. */
  save(machine: MeasuredMachine, measured: Tuning): Problem | null {
    const others = this.#read().entries.filter(
      ({ tuning: other, ...rest }) =>
        !isOf(rest, machine) ||
        other.algorithm !== measured.algorithm ||
        other.mode !== measured.mode,
    );
    const { cpu, logicalCpus, engine } = machine;
    const entries = [{ cpu, logicalCpus, engine, tuning: measured }, ...others];
    const next: Document = { version: 1, entries: entries.slice(0, MOST_ENTRIES) };
    const text = `${JSON.stringify(document.parse(next), null, 2)}\n`;
    const reason =
      attempt(() => mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 })) ??
      replaceFile(this.file, text);
    return reason && problem('tuningUnwritable', { file: this.file, reason });
  }

  #read(): Document {
    const nothing: Document = { version: 1, entries: [] };
    const text = readTextFile(this.file, MAX_BYTES);
    if (!text.ok || text.value === null) return nothing;
    try {
      const parsed = document.safeParse(JSON.parse(text.value));
      return parsed.success ? parsed.data : nothing;
    } catch {
      return nothing;
    }
  }
}

function isOf(entry: MeasuredMachine, machine: MeasuredMachine): boolean {
  return (
    entry.cpu === machine.cpu &&
    entry.logicalCpus === machine.logicalCpus &&
    entry.engine === machine.engine
  );
}
