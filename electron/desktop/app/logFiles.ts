import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogFolder } from '../../contract/logLine.ts';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import type { Text } from '../../contract/text/index.ts';
import { plainLine } from '../../contract/text/why.ts';
import { attempt, readTextFile, replaceFile } from '../../core/settings/files.ts';
import { isThere, type Made } from '../../core/settings/made.ts';
import { Refusals } from '../../core/settings/refusals.ts';
import type { LogRing } from './logRing.ts';

export interface LogFilesOptions {
  /** The app's own folder. */
  readonly parent: string;
  readonly log: LogRing;
  readonly text: () => Text;
  /** Asks the user where to; null when he thinks better of it. */
  readonly chooseFile: (name: string, extension: string) => Promise<string | null>;
  /** When a file has grown so big, the next one is begun; the newest few are kept. */
  readonly fileBytes?: number;
}

const FILES = 5;
const FILE_BYTES = 1_000_000;

/** Keeps the log on disk: readable lines, in files of which the oldest go. What cannot be written is told once. */
export class LogFiles {
  readonly #options: LogFilesOptions;
  readonly #folder: string;
  #written = 0;
  readonly #refusals: Refusals;

  constructor(options: LogFilesOptions) {
    this.#options = options;
    this.#folder = join(options.parent, 'logs');
    this.#refusals = new Refusals((fault) => options.log.tell('warn', fault));
  }

  /** Appends what was logged since; a line that cannot be written now is tried again as long as the ring has it. */
  flush(): void {
    const { log, text } = this.#options;
    const { entries, count } = log.since(this.#written);
    if (entries.length === 0) return;
    const lines = entries.map((entry) => `${plainLine(text(), entry)}\n`).join('');
    const reason = attempt(() => {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      this.#makeRoom();
      appendFileSync(this.#file(0), lines, { mode: 0o600 });
    });
    if (reason === null) this.#written = count;
    const folder = this.#folder;
    this.#refusals.note(reason && problem('logUnwritable', { folder, reason }));
  }

  place(): LogFolder {
    return { folder: this.#folder, fault: this.#refusals.fault };
  }

  /** Where all of it was written to, oldest first; null when the user chose nothing. */
  async export(): Promise<Result<string | null>> {
    this.flush();
    const file = await this.#options.chooseFile('ibctminer-log.txt', 'txt');
    if (file === null) return success(null);
    const text = this.#readAll();
    const reason = text.ok ? replaceFile(file, text.value) : text.error;
    return reason === null ? success(file) : refused(problem('logUnexportable', { file, reason }));
  }

  made(): Made {
    const folder = this.#folder;
    return {
      kind: 'logs',
      place: folder,
      isThere: () => isThere(folder),
      remove: () => attempt(() => rmSync(folder, { recursive: true, force: true })),
    };
  }

  #readAll(): Result<string> {
    const texts = [];
    for (let age = FILES - 1; age >= 0; age -= 1) {
      const text = readTextFile(this.#file(age), Infinity);
      if (!text.ok) return text;
      texts.push(text.value ?? '');
    }
    return success(texts.join(''));
  }

  #makeRoom(): void {
    const size = statSync(this.#file(0), { throwIfNoEntry: false })?.size ?? 0;
    if (size < (this.#options.fileBytes ?? FILE_BYTES)) return;
    const names = readdirSync(this.#folder);
    for (let age = FILES - 2; age >= 0; age -= 1) {
      if (names.includes(nameOf(age))) renameSync(this.#file(age), this.#file(age + 1));
    }
  }

  #file(age: number): string {
    return join(this.#folder, nameOf(age));
  }
}

function nameOf(age: number): string {
  return age === 0 ? 'ibctminer.log' : `ibctminer.${age}.log`;
}
