import type { HealthCommand } from '../../contract/health.ts';
import { parseCount, type SystemFiles } from './systemFiles.ts';

const THP_SWITCH = '/sys/kernel/mm/transparent_hugepage/enabled';
/** Where administrators put what is to hold at every start (sysctl.d(5), tmpfiles.d(5)). */
const SYSCTL_FILE = '/etc/sysctl.d/90-ibctminer.conf';
const TMPFILES_FILE = '/etc/tmpfiles.d/90-ibctminer.conf';

const MIB = 1024 * 1024;
/** Fast mode, and room for what else runs. */
export const FAST_MODE_BYTES = 3 * 1024 * MIB;
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
  /** Set aside again at every start, by our command. */
  readonly lasts: boolean;
}

/** Null where the system does not tell: not Linux, or a kernel without huge pages. */
export function readHugePages(files: SystemFiles): HugePages | null {
  const folder = '/sys/kernel/mm/hugepages/hugepages-2048kB';
  const total = parseCount(files.read(`${folder}/nr_hugepages`));
  const free = parseCount(files.read(`${folder}/free_hugepages`));
  if (total === null || free === null || free < 0 || total < free) return null;
  const thp = files.read(THP_SWITCH);
  const chosen = /\[(always|madvise|never)\]/.exec(thp ?? '')?.[1];
  return {
    ...{ total, free, lasts: files.read(SYSCTL_FILE) !== null },
    transparent: (chosen as HugePages['transparent'] | undefined) ?? null,
  };
}

/** 2 MiB pages that fast mode uses: dataset, cache and up to `interleave` scratchpads a thread. */
export function hugePagesNeeded(threads: number, interleave: number): number {
  return DATASET_PAGES + CACHE_PAGES + threads * interleave;
}

/**
 * With these the user, not this app, sets aside `needed` pages beside those that others use. A fresh restart is also
 * when memory is whole enough to give them all.
 */
export function hugePagesCommands(
  { total, free, lasts }: HugePages,
  needed: number,
  prompt: PagesPrompt,
): HealthCommand[] {
  const count = total - free + needed;
  const wanted = `vm.nr_hugepages=${count}`;
  return [
    prompted('now', count, prompt) ?? { use: 'now', command: `sudo sysctl -w ${wanted}` },
    { use: 'atBoot', command: `echo '${wanted}' | sudo tee ${SYSCTL_FILE}` },
    giveBackHugePages(total, lasts, prompt),
  ];
}

/** Back to so many pages, which others may use. What was made to last is no business of the prompt's. */
export function giveBackHugePages(
  count: number,
  lasts: boolean,
  prompt: PagesPrompt,
): HealthCommand {
  const command = `sudo rm -f ${SYSCTL_FILE} && sudo sysctl -w vm.nr_hugepages=${count}`;
  return (lasts ? null : prompted('undo', count, prompt)) ?? { use: 'undo', command };
}

/** Who sets pages aside when the system's prompt is asked: the package's own helper, or sysctl where that is not installed. */
export type PagesPrompt = 'helper' | 'sysctl' | 'none';
export const PAGES_HELPER = '/usr/libexec/ibctminer/reserve-huge-pages';
/** That much the helper takes. */
const MOST_PAGES = 8192;

function prompted(use: HealthCommand['use'], count: number, by: PagesPrompt): HealthCommand | null {
  if (by === 'none' || count > MOST_PAGES) return null;
  const words =
    by === 'helper' ? `${PAGES_HELPER} ${count}` : `/sbin/sysctl -w vm.nr_hugepages=${count}`;
  return { use, command: `pkexec ${words}`, canRun: true };
}

/** The kernel gives huge pages by itself to programs that ask for them, as the engine does. */
export function transparentPagesCommands(): HealthCommand[] {
  return [
    { use: 'now', command: `echo madvise | sudo tee ${THP_SWITCH}` },
    {
      use: 'atBoot',
      command: `echo 'w ${THP_SWITCH} - - - - madvise' | sudo tee ${TMPFILES_FILE}`,
    },
    {
      use: 'undo',
      command: `sudo rm -f ${TMPFILES_FILE} && echo never | sudo tee ${THP_SWITCH}`,
    },
  ];
}

/** Pages that somebody has set aside, and the command that gives them back; null where there are none. */
export function reservedHugePages(
  files: SystemFiles,
  prompt: PagesPrompt,
): { readonly count: number; readonly undo: HealthCommand } | null {
  const pages = readHugePages(files);
  if (pages === null || (pages.total === 0 && !pages.lasts)) return null;
  return { count: pages.total, undo: giveBackHugePages(0, pages.lasts, prompt) };
}

/** MemAvailable of /proc/meminfo in bytes: what programs can still have without swapping. */
export function readAvailableBytes(files: SystemFiles): number | null {
  const line = /^MemAvailable:\s+(\d{1,15}) kB$/m.exec(files.read('/proc/meminfo') ?? '');
  return line?.[1] === undefined ? null : Number(line[1]) * 1024;
}
