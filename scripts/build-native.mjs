import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { sha256 } from './release/sums.mjs';
import { contentHash, readStamp } from './support/contentHash.mjs';
import { step } from './support/children.mjs';
import { node24, path, root, tools } from './support/paths.mjs';
import { SetUpError, say } from './support/say.mjs';

const target = `${process.platform}-${process.arch}`;
const names = { win32: 'randomx_native.dll', darwin: 'librandomx_native.dylib' };
/** Other systems that it can be built for from here. */
const toolchains = { 'win32-x64': 'windows-x64', 'linux-arm64': 'linux-arm64' };

/** What Node and Electron load on this machine. */
export const libraryFile = libraryFor(target);

/** The library of a system, such as `win32-x64`, and where it is when it is built. */
export function libraryFor(system) {
  const name = names[system.split('-')[0]] ?? 'librandomx_native.so';
  return { target: system, path: path('native/build', system, name) };
}

/** Each half of native/ is built again when the bytes of its sources change. */
const library = {
  output: `native/build/${target}`,
  stamp: `native/build/${target}/built-from`,
  sources: ['native/CMakeLists.txt', 'native/include', 'native/src'],
};
const javaScript = {
  output: 'native/dist',
  stamp: 'native/dist/built-from',
  sources: ['native/js', 'native/tsconfig.json', 'native/package.json', 'tsconfig.json'],
};

const stale = (part) => readStamp(part.stamp) !== contentHash(part.sources);

export function nativeBuildMissing() {
  return stale(library) || damaged() || stale(javaScript);
}

export async function buildNative() {
  if (stale(library) || damaged()) await build(library, () => buildLibrary(target));
  if (stale(javaScript)) await build(javaScript, buildJavaScript);
}

/** Whether the library is not as it was built. */
function damaged() {
  const { path: file } = libraryFile;
  const sum = `${file}.sha256`;
  if (!existsSync(file)) return true;
  return existsSync(sum) && readFileSync(sum, 'utf8').trim() !== sha256(file);
}

/** The stamp is of the sources as they were before the build, and goes away first: an interrupted build is no build. */
async function build(part, work) {
  const hash = contentHash(part.sources);
  rmSync(path(part.stamp), { force: true });
  mkdirSync(path(part.output), { recursive: true });
  await work();
  writeFileSync(path(part.stamp), `${hash}\n`);
}

/** Builds what users run on that system, from here (system-packages.mjs has what it takes). */
export async function buildLibrary(system) {
  say(`building the engine for ${system} (C++, about a minute)`);
  const failure = 'The engine could not be built (see above).';
  const folder = path('native/build', system);
  const { path: file } = libraryFor(system);
  const toolchain = system === target ? undefined : toolchains[system];
  if (system !== target && toolchain === undefined) {
    throw new SetUpError(
      `From here the engine can be built for ${Object.keys(toolchains).join(', ')}.`,
    );
  }
  // Linked anew: by its time alone a damaged one would pass for built.
  rmSync(file, { force: true });
  await step(
    'cmake',
    [
      ...['-S', path('native'), '-B', folder, '-DCMAKE_BUILD_TYPE=Release'],
      // Tests set it, so that what they compile again is what is in the compiler's cache.
      `-DIBCT_WERROR=${process.env.IBCT_WERROR === 'ON' ? 'ON' : 'OFF'}`,
      ...(toolchain === undefined
        ? []
        : [`-DCMAKE_TOOLCHAIN_FILE=${path(`native/cmake/${toolchain}.cmake`)}`]),
    ],
    failure,
  );
  await step(
    'cmake',
    [
      '--build',
      folder,
      '--target',
      'randomx_native',
      '--config',
      'Release',
      '--parallel',
      String(availableParallelism()),
    ],
    failure,
  );
  // What the loader compares before it loads.
  writeFileSync(`${file}.sha256`, `${sha256(file)}\n`);
}

async function buildJavaScript() {
  say("compiling the engine's JavaScript");
  if (existsSync(path(javaScript.output))) rmSync(path(javaScript.output), { recursive: true });
  await step(
    node24,
    [tools.tsc, '-p', path('native/tsconfig.json')],
    "The engine's JavaScript could not be compiled (see above).",
    { cwd: root },
  );
}
