import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { madeFile, type Made } from '../../core/settings/made.ts';
import type { LoginEntry } from './loginItem.ts';

/** How the app is started again: the program and its arguments. */
export type LaunchCommand = readonly [program: string, ...args: string[]];

/** What the entry starts. */
export interface Program {
  readonly command: LaunchCommand;
  /** What it does, in a few words. */
  readonly comment: string;
}

/**
 * Open at login on Linux: an XDG autostart entry, which Electron does not write by itself.
 * Throws the file system's error when it cannot be written.
 */
export class LinuxLoginEntry implements LoginEntry {
  readonly #file: string;
  readonly #program: Program;

  constructor(file: string, program: Program) {
    this.#file = file;
    this.#program = program;
  }

  set(openAtLogin: boolean): void {
    if (!openAtLogin) {
      rmSync(this.#file, { force: true });
      return;
    }
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, desktopEntry(this.#program), { mode: 0o600 });
  }

  /** An entry that the user removed, or switched off in the desktop's own settings, stays as it is. */
  repair(): void {
    const entry = readOrNull(this.#file);
    if (entry === null) return;
    const repaired = entry.replace(/^Exec=.*$/m, () => execLine(this.#program.command));
    if (repaired !== entry) writeFileSync(this.#file, repaired, { mode: 0o600 });
  }

  made(): Made {
    return madeFile('loginItem', this.#file);
  }
}

export function desktopEntry({ command, comment }: Program): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Ibctminer',
    `Comment=${comment}`,
    execLine(command),
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

function execLine(command: LaunchCommand): string {
  return `Exec=${command.map(quote).join(' ')}`;
}

/** Quoting of the Desktop Entry Specification, chapter "The Exec key", plus its general string escape. */
function quote(argument: string): string {
  const quoted = `"${argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;
  return quoted.replaceAll('\\', '\\\\');
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
