import { existsSync, rmSync, writeFileSync } from 'node:fs';

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

  set(): void {
    writeFileSync(this.#file, '', { mode: 0o600 });
  }

  clear(): void {
    rmSync(this.#file, { force: true });
  }
}
