import { readFileSync, readdirSync } from 'node:fs';

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
}

/** Every descendant of a process (Linux), itself included. */
export function processTree(root: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(entryOf);
  const found = [root];
  for (const pid of found) {
    found.push(...all.filter(({ parent }) => parent === pid).map((entry) => entry.pid));
  }
  return found;
}

/** Whether a process is there and not a zombie. */
export function isRunning(pid: number): boolean {
  const state = statOf(pid)?.[0];
  return state !== undefined && state !== 'Z';
}

function entryOf(name: string): ProcessEntry[] {
  const parent = statOf(Number(name))?.[1];
  return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }];
}

/** State and parent of proc(5)'s stat; what comes before them may hold blanks and brackets. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ', 2);
  } catch {
    return undefined;
  }
}
