import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

export const repository = resolve(import.meta.dirname, '../../../..');
/** Another path, with a space in it; in the repository, so that nothing big is copied. */
const elsewhere = join(repository, 'test-artefacts/package/some where else');
const epoch = execFileSync('git', ['log', '-1', '--format=%ct'], {
  cwd: repository,
  encoding: 'utf8',
});

/** Packs with whatever Electron there is; users never get what these tests made. */
const command = ['scripts/dist.mjs', '--test-fallback', '--quick'];

export async function build(): Promise<void> {
  await runBuild(repository, '022', 0, { SOURCE_DATE_EPOCH: epoch.trim() });
}

/**
 * The same sources in another folder, for another user, elsewhere in the world. The engine is compiled there: his compiler's cache
 * has nothing of ours. Gives way to whatever else these tests do.
 */
export async function buildElsewhere(): Promise<string> {
  rmSync(elsewhere, { recursive: true, force: true });
  mkdirSync(elsewhere, { recursive: true });
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: repository,
      encoding: 'utf8',
    },
  );
  for (const file of listed
    .split('\0')
    .filter((name) => name && existsSync(join(repository, name)))) {
    cpSync(join(repository, file), join(elsewhere, file));
  }
  mkdirSync(join(elsewhere, '.cache'));
  mkdirSync(join(repository, '.cache/somebody'), { recursive: true });
  for (const folder of ['node_modules', '.cache/electron']) {
    execFileSync('cp', ['-al', join(repository, folder), join(elsewhere, folder)]);
  }
  await runBuild(elsewhere, '077', 10, {
    SOURCE_DATE_EPOCH: epoch.trim(),
    TZ: 'Pacific/Kiritimati',
    LC_ALL: 'tr_TR.UTF-8',
    HOME: join(repository, '.cache/somebody'),
    USER: 'somebody',
  });
  return elsewhere;
}

async function runBuild(
  cwd: string,
  mask: string,
  niceness: number,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const script = `umask ${mask}; exec nice -n ${niceness} "$0" "$@" >build.log 2>&1`;
  const child = spawn('sh', ['-c', script, process.execPath, ...command], {
    cwd,
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(readFileSync(join(cwd, 'build.log'), 'utf8').slice(-4000));
}

/** The one package of that name that a build made. */
export function packageFile(folder: string, name: 'ibctminer' | 'ibctminer-cli'): string {
  const found = readdirSync(join(folder, 'release')).find((file) => file.startsWith(`${name}_`));
  if (found === undefined) throw new Error(`There is no ${name} in ${folder}/release.`);
  return join(folder, 'release', found);
}

export function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** What went into a package: mode, SHA-256 (or the link's target) and path of every file. */
export function contents(folder: string, name: string): string[] {
  const root = join(folder, 'release/staging', name);
  return (readdirSync(root, { recursive: true }) as string[]).sort().map((path) => {
    const file = join(root, path);
    const stat = lstatSync(file);
    const what = stat.isSymbolicLink() ? readlinkSync(file) : stat.isFile() ? sha256(file) : '/';
    return `${stat.mode.toString(8)} ${what} ${path}`;
  });
}

/** The same package, called another version. */
export function renumbered(file: string, version: string): string {
  const folder = join(repository, 'test-artefacts/package/renumbered');
  const made = join(
    repository,
    'test-artefacts/package',
    `${sha256(file).slice(0, 8)}_${version}.deb`,
  );
  rmSync(folder, { recursive: true, force: true });
  execFileSync('dpkg-deb', ['-R', file, folder]);
  const now = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    version: string;
  };
  for (const part of ['control', 'preinst']) {
    execFileSync('sed', ['-i', `s/${now.version}/${version}/`, join(folder, 'DEBIAN', part)]);
  }
  execFileSync('dpkg-deb', ['-Zzstd', '-z1', '--root-owner-group', '-b', folder, made]);
  rmSync(folder, { recursive: true, force: true });
  return made;
}
