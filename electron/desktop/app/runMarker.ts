import { readFileSync, writeFileSync } from 'node:fs';
import { problem, type Problem } from '../../contract/problem.ts';
import { attempt, removeFile } from '../../core/settings/files.ts';
import { madeFile, type Made } from '../../core/settings/made.ts';
import {
  areGone,
  readSurroundings,
  surroundingsSchema,
  type Host,
} from '../../core/system/bootAndDisplay.ts';

/**
 * A file that exists exactly while mining is switched on. Found at launch, it means that the app ended without a stop: then
 * nothing starts by itself, because mining may be the cause. Not so where the app was ended with what it ran in: the
 * file tells which start of the computer and which display server that was.
 */
export class RunMarker {
  /** Whether the last run ended uncleanly. */
  readonly wasLeftBehind: boolean;
  readonly #file: string;
  readonly #host: Host | undefined;

  constructor(file: string, host?: Host) {
    this.#file = file;
    this.#host = host;
    this.wasLeftBehind = this.#isCrash();
  }

  made(): Made {
    return madeFile('marker', this.#file);
  }

  /** A problem keeps nobody from mining: only a crash would not be noticed afterwards. */
  set(): Problem | null {
    const text = JSON.stringify(readSurroundings(this.#host));
    const reason = attempt(() => writeFileSync(this.#file, text, { mode: 0o600 }));
    return reason && problem('markerUnwritable', { file: this.#file, reason });
  }

  /** On a problem the next launch takes this run for one that crashed. */
  clear(): Problem | null {
    const reason = removeFile(this.#file);
    return reason && problem('markerUnremovable', { file: this.#file, reason });
  }

  #isCrash(): boolean {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'ENOENT';
    }
    const before = surroundingsSchema.safeParse(parseJson(text));
    return !before.success || !areGone(before.data, this.#host);
  }
}

/** Undefined for what is no JSON: a file that was cut short, say. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
