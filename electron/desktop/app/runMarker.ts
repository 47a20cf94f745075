import { existsSync, writeFileSync } from 'node:fs';
import { problem, type Problem } from '../../contract/problem.ts';
import { attempt, removeFile } from '../../core/settings/files.ts';

/**
 * A file that exists exactly while mining is switched on. Found at launch, it means that the app, or the
 * whole computer, ended without a stop: then nothing starts by itself, because mining may be the cause.
 */
export class RunMarker {
  /** Whether the last run ended uncleanly. */
  readonly wasLeftBehind: boolean;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    this.wasLeftBehind = existsSync(file);
  }

  /** A problem keeps nobody from mining: only a crash would not be noticed afterwards. */
  set(): Problem | null {
    const reason = attempt(() => writeFileSync(this.#file, '', { mode: 0o600 }));
    return reason && problem('markerUnwritable', { file: this.#file, reason });
  }

  /** On a problem the next launch takes this run for one that crashed. */
  clear(): Problem | null {
    const reason = removeFile(this.#file);
    return reason && problem('markerUnremovable', { file: this.#file, reason });
  }
}
