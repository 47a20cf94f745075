import { parseCount, type SystemFiles } from './systemFiles.ts';

const MIB = 1024 * 1024;
export const HUGE_PAGE_BYTES = 2 * MIB;

/** Memory of RandomX (specification, table 1.2.1, and chapter 7): rounded up to whole huge pages. */
const DATASET_PAGES = Math.ceil((2 ** 31 + 33_554_368) / HUGE_PAGE_BYTES);
const CACHE_PAGES = (256 * MIB) / HUGE_PAGE_BYTES;

export interface HugePages {
  /** 2 MiB pages set aside by the system, and how many of them nobody uses yet. */
  readonly total: number;
  readonly free: number;
  /** Transparent huge pages: `always` and `madvise` give them to the engine, `never` does not. */
  readonly transparent: 'always' | 'madvise' | 'never' | null;
}

/** Null where the system does not tell: not Linux, or a kernel without huge pages. */
export function readHugePages(files: SystemFiles): HugePages | null {
  const folder = '/sys/kernel/mm/hugepages/hugepages-2048kB';
  const total = parseCount(files.read(`${folder}/nr_hugepages`));
  const free = parseCount(files.read(`${folder}/free_hugepages`));
  if (total === null || free === null || free < 0 || total < free) return null;
  const thp = files.read('/sys/kernel/mm/transparent_hugepage/enabled');
  const chosen = /\[(always|madvise|never)\]/.exec(thp ?? '')?.[1];
  return { total, free, transparent: (chosen as HugePages['transparent'] | undefined) ?? null };
}

/** 2 MiB pages that fast mode uses: dataset, cache and up to `interleave` scratchpads a thread. */
export function hugePagesNeeded(threads: number, interleave: number): number {
  return DATASET_PAGES + CACHE_PAGES + threads * interleave;
}

/**
 * The command with which the user, not this app, sets aside `needed` pages beside those that others use. It lasts until
 * the next restart; a fresh restart is also when memory is whole enough to give them all.
 */
export function hugePagesCommand(pages: HugePages, needed: number): string {
  return `sudo sysctl -w vm.nr_hugepages=${pages.total - pages.free + needed}`;
}

/** The same kind of setting, made to last over restarts as docs/huge-pages.md says. */
export const LASTING_HUGE_PAGES_FILE = '/etc/sysctl.d/90-ibctminer.conf';

/** Pages that somebody has set aside, and the user's command that gives them back; null where there are none. */
export function reservedHugePages(
  files: SystemFiles,
): { readonly count: number; readonly command: string } | null {
  const count = readHugePages(files)?.total ?? 0;
  const lasts = files.read(LASTING_HUGE_PAGES_FILE) !== null;
  if (count === 0 && !lasts) return null;
  const forget = lasts ? `sudo rm ${LASTING_HUGE_PAGES_FILE} && ` : '';
  return { count, command: `${forget}sudo sysctl -w vm.nr_hugepages=0` };
}

/** MemAvailable of /proc/meminfo in bytes: what programs can still have without swapping. */
export function readAvailableBytes(files: SystemFiles): number | null {
  const line = /^MemAvailable:\s+(\d{1,15}) kB$/m.exec(files.read('/proc/meminfo') ?? '');
  return line?.[1] === undefined ? null : Number(line[1]) * 1024;
}
