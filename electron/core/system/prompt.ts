import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import type { CommandEnd } from '../../contract/health.ts';

/**
 * The system's own prompt for an administrator's password (pkexec(1)): it runs one program without a shell, and this app never sees the
 * password. Asked for by a click only.
 */

export interface PromptFacts {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null where there are none. */
  readonly userId: number | null;
  /** Names of the programs that run, at most 15 characters each. */
  readonly programs: readonly string[];
  readonly isExecutable: (path: string) => boolean;
}

/** Desktops that show polkit's prompt themselves; for the others a program does, whose name says so. */
const showsPrompt = (program: string): boolean =>
  program === 'gnome-shell' ||
  program === 'cinnamon' ||
  (/polkit|policykit/.test(program) && program !== 'polkitd');

/** Whether the prompt can be had: pkexec for an ordinary user in a graphical session with something that shows it. */
export function hasPrompt({ platform, env, userId, programs, isExecutable }: PromptFacts): boolean {
  if (platform !== 'linux' || userId === 0) return false;
  const isGraphical = Boolean(env['WAYLAND_DISPLAY'] ?? env['DISPLAY']);
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return (
    isGraphical &&
    folders.some((folder) => isExecutable(join(folder, 'pkexec'))) &&
    programs.some(showsPrompt)
  );
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Exit codes of pkexec(1). */
const DISMISSED = 126;
const NOT_ALLOWED = 127;
const MAX_SAID = 300;

/**
 * Runs a command whose words stand between single spaces, byte for byte as it is shown; the first is pkexec. Errors: `commandFailed`.
 * An abort ends the prompt.
 */
export function runPrompted(command: string, signal: AbortSignal): Promise<Result<CommandEnd>> {
  const [program = '', ...words] = command.split(' ');
  return new Promise((resolve) => {
    // Without a terminal: pkexec would ask there for the password where no desktop does.
    const child = spawn(program, words, {
      detached: true,
      signal,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, MAX_SAID);
    });
    const failed = (why: string) => resolve(refused(problem('commandFailed', { said: why })));
    child.once('error', ({ message }) => failed(message));
    child.once('close', (code) => {
      if (code === 0) resolve(success('ran'));
      else if (code === DISMISSED) resolve(success('dismissed'));
      else if (code === NOT_ALLOWED) resolve(success('notAllowed'));
      else failed(said.trim() || String(code));
    });
  });
}
