import { rmSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { step } from '../support/children.mjs';
import { path } from '../support/paths.mjs';

/** A .tar.gz in release/ that holds one folder called `name`: for those whose system has no .deb. */
export async function makeArchive({ folder, name, epochSeconds }) {
  const staged = join(dirname(folder), name);
  rmSync(staged, { recursive: true, force: true });
  renameSync(folder, staged);
  await step(
    'tar',
    [
      ...['--create', '--format=gnu', '--sort=name', `--mtime=@${epochSeconds}`],
      ...['--owner=0', '--group=0', '--numeric-owner', '--use-compress-program=gzip -9n'],
      ...['--file', path('release', `${name}.tar.gz`), '--directory', dirname(staged), name],
    ],
    `${name}.tar.gz could not be made (see above).`,
  );
}
