import { closeSync, openSync, readSync, readdirSync } from 'node:fs';

/** What Linux tells about the machine in small files; handed in so that tests can be any machine. */
export interface SystemFiles {
  /** The text of a file, without white space around it; null when there is none or it may not be read. */
  read(path: string): string | null;
  /** Names in a folder, sorted; empty when there is none. */
  list(path: string): readonly string[];
}

/** Files of /proc and /sys have no true size: this much is read of each, into the same memory. */
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

export const systemFiles: SystemFiles = {
  read(path) {
    try {
      const descriptor = openSync(path, 'r');
      try {
        return buffer.toString('utf8', 0, readSync(descriptor, buffer)).trim();
      } finally {
        closeSync(descriptor);
      }
    } catch {
      // Another system, an older kernel or a container: the fact is then not known.
      return null;
    }
  },
  list(path) {
    try {
      return readdirSync(path).sort();
    } catch {
      return [];
    }
  },
};

/** A whole number as the kernel writes it; null for anything else. */
export function parseCount(text: string | null): number | null {
  if (text === null || !/^-?\d{1,15}$/.test(text)) return null;
  return Number(text);
}
