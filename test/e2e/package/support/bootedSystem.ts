import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { FreshSystem } from './freshSystem.ts';

const patience = { timeout: 300_000, interval: 500 };

/** Makes a folder the root of a systemd, which finds what it finds in a container: devices, processes, a cgroup of its own. */
const boot = `
root=$0
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir -p "$root/dev/pts" "$root/dev/shm" "$root/outside"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
mount -t tmpfs tmpfs "$root/run"
cd "$root"
pivot_root . outside
umount -l /outside
# A container's systemd relies on it, for what it hands to services.
mount --make-rshared /
exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --unit=multi-user.target`;

/** A fresh system that its own systemd has started. */
export class BootedSystem {
  readonly #cgroup: string;
  readonly #starter: ChildProcess;

  static async start({ root }: FreshSystem): Promise<BootedSystem> {
    const started = new BootedSystem(root);
    await vi.waitFor(() => {
      expect(started.run('systemctl is-active multi-user.target').said).toBe('active\n');
    }, patience);
    return started;
  }

  private constructor(root: string) {
    const [, place] = / (\S+) cgroup2 /.exec(readFileSync('/proc/mounts', 'utf8')) ?? [];
    if (place === undefined) throw new Error('This kernel has no cgroups of version 2.');
    this.#cgroup = join(place, `package-test-${process.pid}`);
    mkdirSync(this.#cgroup);
    const own = ['--mount', '--pid', '--cgroup', '--ipc', '--uts', '--propagation', 'private'];
    const unshare = ['unshare', ...own, '--fork', '--kill-child', 'sh', '-ec', boot, root];
    const inCgroup = 'echo $$ >"$0/cgroup.procs"; exec "$@"';
    this.#starter = spawn('sh', ['-ec', inCgroup, this.#cgroup, ...unshare], { stdio: 'ignore' });
  }

  /** As root; `{ status, said }`, with stdout and stderr together. */
  run(script: string): { readonly status: number | null; readonly said: string } {
    const pid = String(this.#starter.pid);
    const systemd = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    const command = ['-t', systemd, '-a', 'sh', '-c', `${script} 2>&1`];
    const { status, stdout } = spawnSync('nsenter', command, { encoding: 'utf8' });
    return { status, said: stdout };
  }

  async end(): Promise<void> {
    this.#starter.kill('SIGKILL');
    const remove = [this.#cgroup, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';'];
    await vi.waitFor(() => expect(spawnSync('find', remove).status).toBe(0), patience);
  }
}
