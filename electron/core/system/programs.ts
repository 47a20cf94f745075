import type { SystemFiles } from './systemFiles.ts';

/** Names of the processes that may be seen, each once, sorted (Linux, proc_pid_comm(5): at most 15 characters). */
export function readProgramNames(files: SystemFiles): readonly string[] {
  const names = files
    .list('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((id) => files.read(`/proc/${id}/comm`))
    .filter((name) => name !== null && name !== '');
  return [...new Set(names as string[])].sort((one, other) => one.localeCompare(other, 'en'));
}
