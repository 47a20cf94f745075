import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './builds.ts';

/** The folder of an npm package that only these tests need (`name@version`), kept for the next time. */
export function fetched(name: string): string {
  const folder = join(repository, '.cache/packages', name.replace('/', '-'));
  if (existsSync(folder)) return folder;
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const file = execFileSync('npm', ['pack', '--silent', name, '--pack-destination', part], {
    encoding: 'utf8',
  }).trim();
  execFileSync('tar', ['-xzf', join(part, file), '-C', part, '--strip-components=1']);
  rmSync(join(part, file));
  renameSync(part, folder);
  return folder;
}
