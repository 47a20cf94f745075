import { execFile, execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { yieldToStages } from '../../../support/yieldToStages.ts';

const run = promisify(execFile);

const cache = resolve(import.meta.dirname, '../../../../.cache/debian');
/** Beside apt and what it needs: what docs/install.md types with, and what this class needs. */
const additions = 'curl,mount,sudo,systemd';
const image = join(cache, `bookworm,${additions}.tar`);
const archives = join(cache, 'archives');

/** Nothing comes because it is recommended: packages must need all that they need. What was downloaded serves the next time. */
const aptSettings = `
APT::Get::Assume-Yes "true";
APT::Install-Recommends "false";
Binary::apt::APT::Keep-Downloaded-Packages "true";
`;

/** Makes a folder the root of a program. Not by chroot, in which Chromium could not make its sandbox. */
const enter = `
root=$0
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount -t proc proc "$root/proc"
mount --bind "$1" "$root/var/cache/apt/archives"
mkdir -p "$root$2"
mount --bind "$2" "$root$2"
pages=sys/kernel/mm/hugepages/hugepages-2048kB
for file in proc/sys/vm/nr_hugepages $pages/nr_hugepages $pages/free_hugepages; do
  mount --bind "$root/srv/huge-pages" "$root/$file"
done
shift 2
mkdir -p "$root/outside"
cd "$root"
pivot_root . outside
umount -l /outside
exec "$@"`;

/**
 * A Debian that has never seen this program: apt, and what apt needs. Needs root. It shares the network and the display, but has
 * a number of huge pages of its own: the kernel's is for the whole computer, and others use them.
 */
export class FreshSystem {
  readonly root: string;
  /** A folder of the ordinary user's that has the same path on both sides. */
  readonly shared = mkdtempSync(join(tmpdir(), 'shared-'));

  /** Makes the image that every such system begins as, unless it is there. */
  static async prepare(): Promise<void> {
    mkdirSync(archives, { recursive: true });
    if (existsSync(image)) return;
    const options = ['--variant=apt', `--include=${additions}`, '--format=tar'];
    const quick = ['--dpkgopt=force-unsafe-io'];
    await run('mmdebstrap', [...options, ...quick, 'bookworm', `${image}.part`]);
    renameSync(`${image}.part`, image);
  }

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'ibctminer-debian-'));
    execFileSync('tar', ['-xf', image, '-C', this.root, '--exclude=./dev/*']);
    for (const file of ['etc/resolv.conf', 'etc/hosts']) {
      copyFileSync(`/${file}`, join(this.root, file));
    }
    writeFileSync(join(this.root, 'etc/apt/apt.conf.d/99test'), aptSettings);
    // Nobody needs this system after a power cut.
    writeFileSync(join(this.root, 'etc/dpkg/dpkg.cfg.d/test'), 'force-unsafe-io\n');
    writeFileSync(join(this.root, 'srv/huge-pages'), '0\n');
    this.run(`useradd -m miner && chown miner:miner ${this.shared}`);
  }

  get hugePages(): number {
    return Number(readFileSync(this.at('srv/huge-pages'), 'utf8'));
  }

  /** As root; `{ status, said }`, with stdout and stderr together. */
  run(script: string): { readonly status: number | null; readonly said: string } {
    return this.#run('sh', '-c', script);
  }

  /** The same as the ordinary user. */
  runAsUser(script: string): { readonly status: number | null; readonly said: string } {
    return this.#run(...asUser, 'sh', '-c', script);
  }

  get userId(): string {
    return this.run('id -u miner').said.trim();
  }

  /**
   * A program of the ordinary user's, whose home is /home/miner. A session of its own, as at a desktop of its own: hashing at the
   * lowest priority then goes on beside what these tests build.
   */
  start(...command: readonly string[]): ChildProcess {
    return this.#start(...asUser, 'env', `XDG_RUNTIME_DIR=${this.shared}`, ...command);
  }

  startAsRoot(...command: readonly string[]): ChildProcess {
    return this.#start(...command);
  }

  at(path: string): string {
    return join(this.root, path);
  }

  remove(): void {
    for (const folder of [this.root, this.shared]) rmSync(folder, { recursive: true, force: true });
  }

  #run(...command: readonly string[]) {
    const merged = ['sh', '-c', 'exec "$0" "$@" 2>&1', ...command];
    const { status, stdout } = spawnSync('unshare', this.#within(...merged), {
      encoding: 'utf8',
      env: environment,
      maxBuffer: 64 << 20,
    });
    return { status, said: stdout };
  }

  #start(...command: readonly string[]): ChildProcess {
    const child = spawn('unshare', this.#within(...command), {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    yieldToStages(child.pid);
    return child;
  }

  #within(...command: readonly string[]): string[] {
    const namespace = ['--mount', '--propagation', 'private'];
    return [...namespace, 'sh', '-ec', enter, this.root, archives, this.shared, ...command];
  }
}

const asUser = [
  ...['setpriv', '--reuid=miner', '--regid=miner', '--clear-groups'],
  ...['env', 'HOME=/home/miner'],
];

const environment = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  DEBIAN_FRONTEND: 'noninteractive',
  LC_ALL: 'C.UTF-8',
  DISPLAY: process.env['DISPLAY'],
};
