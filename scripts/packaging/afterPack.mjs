import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, getRawHeader } from '@electron/asar';
import { sha256 } from '../release/sums.mjs';
import { koffiBinary } from './engineFiles.mjs';

const libraryNames = {
  linux: 'librandomx_native.so',
  darwin: 'librandomx_native.dylib',
  win32: 'randomx_native.dll',
};
const hashesFile = 'node_modules/randomx-native-prebuilt/dist/library-hashes.json';
/** electron-builder's numbers for architectures. */
const architectures = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

/** Looks at what was packed before it is signed or compressed; throws when anything would be missing or too much. */
export default function afterPack({ appOutDir, packager, electronPlatformName, arch }) {
  const resources =
    electronPlatformName === 'darwin'
      ? join(appOutDir, `${packager.appInfo.productFilename}.app/Contents/Resources`)
      : join(appOutDir, 'resources');
  // The launcher of the test fallback (scripts/electron-fallback) is no part of an app.
  rmSync(join(resources, 'app'), { recursive: true, force: true });

  const target = `${electronPlatformName}-${architectures[arch]}`;
  const engine = join(resources, 'native', libraryNames[electronPlatformName]);
  demand(existsSync(engine), `the engine for ${target} was not built`);
  for (const name of ['LICENSES.txt', 'sbom.cdx.json']) {
    demand(existsSync(join(resources, name)), `${name} is missing`);
  }
  const archive = join(resources, 'app.asar');
  const { unpacked, packed } = filesIn(archive);
  // Packing for another system takes the koffi of this one unless it was installed for that system.
  const koffi = unpacked.filter((name) => name.endsWith('.node'));
  demand(
    koffi.length === 1 && koffi[0] === koffiBinary(target),
    `koffi's binary for ${target} is not there, or another's is: ${koffi.join(', ')}`,
  );
  for (const name of [
    'out/main/main.js',
    'out/preload/preload.cjs',
    'out/renderer/index.html',
    'node_modules/randomx-native-prebuilt/dist/index.js',
    hashesFile,
    'assets/icon.png',
  ]) {
    demand(packed.includes(name), `${name} is missing`);
  }
  // Of what has no hash there, the loader takes any.
  const hashes = JSON.parse(extractFile(archive, hashesFile));
  for (const [name, file] of [
    [target, engine],
    [`koffi-${target}`, join(`${archive}.unpacked`, koffi[0])],
  ]) {
    demand(hashes[name] === sha256(file), `${hashesFile} has another hash for ${name}`);
  }
  const strangers = packed.filter((name) => /^(test|scripts|native|electron)\//.test(name));
  demand(strangers.length === 0, `it would contain ${strangers.slice(0, 3).join(', ')}`);
  demand(
    readFileSync(archive).length < 40_000_000,
    'it is far bigger than this app: something was packed that should not be',
  );
}

function demand(condition, fault) {
  if (!condition) throw new Error(`The package is not right: ${fault}.`);
}

function filesIn(archive) {
  const packed = [];
  const unpacked = [];
  const walk = (node, path) => {
    for (const [name, entry] of Object.entries(node.files)) {
      const full = path === '' ? name : `${path}/${name}`;
      if (entry.files !== undefined) walk(entry, full);
      else (entry.unpacked ? unpacked : packed).push(full);
    }
  };
  walk(getRawHeader(archive).header, '');
  return { packed, unpacked };
}
