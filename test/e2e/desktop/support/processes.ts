import { readdirSync, readFileSync } from 'node:fs';

/** Every process below `pid`, itself included. */
export function family(pid: number): number[] {
  const parents = new Map(running().map((child) => [child, parentOf(child)]));
  const members = new Set([pid]);
  for (let before = 0; before !== members.size;) {
    before = members.size;
    for (const [child, parent] of parents) if (members.has(parent)) members.add(child);
  }
  return [...members];
}

/** Those of `pids` that still run; a zombie does not. */
export function stillRunning(pids: readonly number[]): number[] {
  return pids.filter((pid) => !['', 'Z', 'X'].includes(stateOf(pid)));
}

/** How many of the process's threads hash. */
export function hashingThreads(pid: number): number {
  const names = readdirSync(`/proc/${pid}/task`).map((task) =>
    readOrEmpty(`/proc/${pid}/task/${task}/comm`),
  );
  return names.filter((name) => name.trim() === 'ibct-hash').length;
}

/** Belongs to an ordinary user and may use few system calls: mode 2 is a seccomp filter. */
export function isConfined(pid: number): boolean {
  const status = readOrEmpty(`/proc/${pid}/status`);
  return /^Seccomp:\t2$/m.test(status) && !/^Uid:\t0\t/m.test(status);
}

function running(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function parentOf(pid: number): number {
  return Number(/^\d+ \(.*\) \S (\d+)/s.exec(stat(pid))?.[1] ?? 0);
}

function stateOf(pid: number): string {
  return /^\d+ \(.*\) (\S)/s.exec(stat(pid))?.[1] ?? '';
}

function stat(pid: number): string {
  return readOrEmpty(`/proc/${pid}/stat`);
}

/** Empty once the process or thread is gone. */
function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
