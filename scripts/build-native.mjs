import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { contentHash, readStamp } from './support/contentHash.mjs';
import { step } from './support/children.mjs';
import { node24, path, root, tools } from './support/paths.mjs';
import { say } from './support/say.mjs';

const target = `${process.platform}-${process.arch}`;
const names = { win32: 'randomx_native.dll', darwin: 'librandomx_native.dylib' };

/** What Node and Electron load on this machine. */
export const libraryFile = {
  target,
  path: path('native/build', target, names[process.platform] ?? 'librandomx_native.so'),
};

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
  return stale(library) || stale(javaScript);
}

export async function buildNative() {
  if (stale(library)) await build(library, buildLibrary);
  if (stale(javaScript)) await build(javaScript, buildJavaScript);
}

/** The stamp is of the sources as they were before the build, and goes away first: an interrupted build is no build. */
async function build(part, work) {
  const hash = contentHash(part.sources);
  rmSync(path(part.stamp), { force: true });
  mkdirSync(path(part.output), { recursive: true });
  await work();
  writeFileSync(path(part.stamp), `${hash}\n`);
}

async function buildLibrary() {
  say('building the engine (C++, about a minute)');
  const failure = 'The engine could not be built (see above).';
  const folder = path(library.output);
  await step('cmake', ['-S', path('native'), '-B', folder, '-DCMAKE_BUILD_TYPE=Release'], failure);
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
