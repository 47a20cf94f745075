import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from './builds.ts';

const run = promisify(execFile);
/** Debian 13's AppArmor with what it needs: version 4, as Ubuntu has it. Debian 12's knows no rules for user namespaces. */
const system = join(repository, '.cache/debian/trixie,apparmor');

/** Throws what AppArmor 4 finds wrong with a profile. */
export async function readProfile(file: string): Promise<void> {
  if (!existsSync(system)) {
    rmSync(`${system}.part`, { recursive: true, force: true });
    mkdirSync(dirname(system), { recursive: true });
    const options = ['--variant=extract', '--include=apparmor', '--format=directory'];
    await run('mmdebstrap', [...options, 'trixie', `${system}.part`]);
    renameSync(`${system}.part`, system);
  }
  const libraries = join(system, 'usr/lib/x86_64-linux-gnu');
  const parser = join(system, 'usr/sbin/apparmor_parser');
  await run(join(libraries, 'ld-linux-x86-64.so.2'), [
    ...['--library-path', libraries, parser, '--base', join(system, 'etc/apparmor.d')],
    ...['--skip-kernel-load', '--skip-cache', '--quiet', file],
  ]);
}
