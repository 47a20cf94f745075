import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

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
 * Throws the file system's error when the folder cannot be written.
 */
export function setLinuxLoginItem(file: string, enabled: boolean, program: Program): void {
  if (!enabled) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, desktopEntry(program), { mode: 0o600 });
}

/**
 * The app may have moved since the entry was written. An entry that the user removed, or switched off in the desktop's own
 * settings, stays as it is. Throws the file system's error when the entry cannot be written.
 */
export function repairLinuxLoginItem(file: string, command: LaunchCommand): void {
  const entry = readOrNull(file);
  if (entry === null) return;
  const repaired = entry.replace(/^Exec=.*$/m, () => execLine(command));
  if (repaired !== entry) writeFileSync(file, repaired, { mode: 0o600 });
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
