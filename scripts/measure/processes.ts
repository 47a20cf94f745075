import { readdirSync, readFileSync } from 'node:fs';

/** Threads of the same name in one process: `main/electron`, `renderer/Compositor`. */
export type CpuByThread = ReadonlyMap<string, number>;

export interface ProcessOf {
  readonly pid: number;
  /** Electron's word: Browser is the main process, Tab the page, GPU what draws. */
  readonly type: string;
}

const isEngines = (thread: string) => thread.startsWith('ibct-');

/** Milliseconds of CPU used so far by every thread that is not the engine's (Linux, Documentation/scheduler/sched-stats.rst). */
export function cpuMs(processes: readonly ProcessOf[]): CpuByThread {
  const used = new Map<string, number>();
  for (const { pid, type } of processes) {
    for (const task of tasksOf(pid)) {
      const thread = read(`/proc/${pid}/task/${task}/comm`).trim();
      if (isEngines(thread)) continue;
      const [nanoseconds = 0] = read(`/proc/${pid}/task/${task}/schedstat`).split(' ').map(Number);
      const name = `${type}/${thread}`;
      used.set(name, (used.get(name) ?? 0) + nanoseconds / 1e6);
    }
  }
  return used;
}

/** MiB of memory, shared pages counted in parts (proportional set size). */
export function memoryMiB(processes: readonly ProcessOf[]): number {
  const kilobytes = processes.map(({ pid }) =>
    Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0),
  );
  return Math.round(kilobytes.reduce((sum, size) => sum + size, 0) / 1024);
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Empty once it is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
