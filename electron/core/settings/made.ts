import { lstatSync } from 'node:fs';
import type { Problem } from '../../contract/problem.ts';
import type { MadeKind } from '../../contract/uninstall.ts';
import { attempt, removeFile, removeLeftovers } from './files.ts';

/**
 * Something that the app makes on a computer. Whoever makes it also tells of it, with the way to undo it: uninstalling has
 * no list of its own.
 */
export interface Made {
  readonly kind: MadeKind;
  /** Where it is. */
  readonly place: string;
  /** It cannot be undone before the process ends; on Windows, not by this process at all. */
  readonly isInUse?: boolean;
  readonly isThere: () => boolean;
  /** What is gone already is no problem. */
  readonly remove: () => Problem | null;
}

export function madeFile(kind: MadeKind, file: string): Made {
  return {
    kind,
    place: file,
    isThere: () => isThere(file),
    remove: () => {
      removeLeftovers(file);
      return removeFile(file);
    },
  };
}

/** A file that may not be looked at is there. */
export function isThere(path: string): boolean {
  let found = true;
  attempt(() => {
    found = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  });
  return found;
}
