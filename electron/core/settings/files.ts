import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { problem, type Problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';

/** Files of ours, whose faults are values: no full disk and no missing right ends the app. */

/**
 * Replaces `file` by `text` so that any later reader, after a crash or a power cut too, finds the old text or the new one
 * whole. Only this user can read it. On a fault the old file is untouched.
 */
export function replaceFile(file: string, text: string): Problem | null {
  const temporary = `${file}.${process.pid}.tmp`;
  const fault = attempt(() => {
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  });
  if (fault !== null) removeFile(temporary);
  else syncFolder(dirname(file));
  return fault;
}

/** UTF-8 without a byte order mark; null when there is no such file. More than `maxBytes` is a fault. */
export function readTextFile(file: string, maxBytes: number): Result<string | null> {
  let text: string | null = null;
  let size = 0;
  const fault = attempt(() => {
    const found = statSync(file, { throwIfNoEntry: false });
    // A device or a pipe may never end.
    if (found?.isFile() === false) throw Object.assign(new Error(file), { code: 'EISDIR' });
    size = found?.size ?? -1;
    if (size >= 0 && size <= maxBytes) text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  });
  if (fault !== null) return refused(fault);
  return size > maxBytes ? refused(problem('fileTooLarge')) : success(text);
}

/** One that is not there is removed already. */
export function removeFile(file: string): Problem | null {
  return attempt(() => rmSync(file, { force: true }));
}

/** Removes what writers that were killed in the middle left beside `file`. */
export function removeLeftovers(file: string): void {
  const prefix = `${basename(file)}.`;
  attempt(() => {
    for (const name of readdirSync(dirname(file))) {
      const isLeftover = name.startsWith(prefix) && /^\d+\.tmp$/.test(name.slice(prefix.length));
      if (isLeftover) removeFile(join(dirname(file), name));
    }
  });
}

/** Runs what the file system may refuse; why it did, in words. */
export function attempt(work: () => void): Problem | null {
  try {
    work();
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Why the file system refused, in words. */
export function reasonOf(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return problem('noPermission');
    case 'EROFS':
      return problem('diskReadOnly');
    case 'ENOSPC':
    case 'EDQUOT':
      return problem('diskFull');
    case 'EISDIR':
      return problem('notAFile');
    default:
      return problem('systemSaid', { said: code });
  }
}

/** Makes the rename itself last. Windows opens no folders and needs none of this; nor do file systems that refuse it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  attempt(() => {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}
