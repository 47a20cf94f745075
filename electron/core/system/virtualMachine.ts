import type { SystemFiles } from './systemFiles.ts';

/** Whether a hypervisor is below, as x86 CPUs tell Linux; null where nothing tells. */
export function readIsVirtual(files: SystemFiles): boolean | null {
  const flags = /^flags\s*:(.*)$/m.exec(files.read('/proc/cpuinfo') ?? '')?.[1];
  return flags === undefined ? null : flags.split(' ').includes('hypervisor');
}
