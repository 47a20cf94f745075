import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createPackageWithOptions } from '@electron/asar';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = join(import.meta.dirname, '../../../scripts/packaging/afterPack.mjs');
const { default: afterPack } = (await import(script)) as { default: (context: object) => void };

const contents = [
  'out/main/main.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'node_modules/randomx-native-prebuilt/dist/index.js',
  'node_modules/randomx-native-prebuilt/dist/library-hashes.json',
  'assets/icon.png',
];
const systems = [
  { platform: 'linux', name: 'x64', arch: 1, library: 'librandomx_native.so' },
  { platform: 'linux', name: 'arm64', arch: 3, library: 'librandomx_native.so' },
  { platform: 'win32', name: 'x64', arch: 1, library: 'randomx_native.dll' },
  { platform: 'darwin', name: 'arm64', arch: 3, library: 'librandomx_native.dylib' },
];
type System = (typeof systems)[number];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(file: string, content = 'bytes'): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** What packaging writes down, when the engine and koffi have these bytes. */
function hashes({ platform, name }: System, engine = 'bytes', koffi = 'bytes'): string {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const target = `${platform}-${name}`;
  return JSON.stringify({ [target]: sha256(engine), [`koffi-${target}`]: sha256(koffi) });
}

/** An app as electron-builder leaves it, with these files in its archive. */
async function packed(system: System, files: readonly string[], written = hashes(system)) {
  const { platform, name, arch, library } = system;
  const resources = join(
    folder,
    platform === 'darwin' ? 'app/Ibctminer.app/Contents/Resources' : 'app/resources',
  );
  for (const file of files) {
    const content = file.endsWith('library-hashes.json') ? written : undefined;
    put(join(folder, 'sources', file), content);
  }
  for (const file of [`native/${library}`, 'LICENSES.txt', 'sbom.cdx.json']) {
    put(join(resources, file));
  }
  const archive = join(resources, 'app.asar');
  await createPackageWithOptions(join(folder, 'sources'), archive, { unpack: '*.node' });
  cpSync(join(folder, 'sources'), `${archive}.unpacked`, { recursive: true });
  return {
    appOutDir: join(folder, 'app'),
    packager: { appInfo: { productFilename: 'Ibctminer' } },
    electronPlatformName: platform,
    arch,
    title: name,
  };
}

const koffi = ({ platform, name }: System, libc = platform) =>
  `node_modules/@koromix/koffi-${platform}-${name}/${libc}_${name}/koffi.node`;

it.each(systems)('takes an app for $platform-$name that is whole', async (system) => {
  const app = await packed(system, [...contents, koffi(system)]);
  expect(() => afterPack(app)).not.toThrow();
});

it.each(systems)('refuses an app for $platform-$name with a foreign koffi', async (system) => {
  const foreign = { ...system, platform: 'freebsd' };
  for (const file of [koffi(foreign), koffi(system, 'musl')]) {
    rmSync(join(folder, 'sources'), { recursive: true, force: true });
    const app = await packed(system, [...contents, koffi(system), file]);
    expect(() => afterPack(app)).toThrow('another');
  }
});

it.each([...contents, koffi(systems[2] as System)])(
  'refuses an app without %s',
  async (missing) => {
    const system = systems[2] as System;
    const files = [...contents, koffi(system)].filter((file) => file !== missing);
    const app = await packed(system, files);
    expect(() => afterPack(app)).toThrow('not right');
  },
);

it('refuses an app whose loader would take another engine or koffi, or any', async () => {
  const system = systems[2] as System;
  const other = hashes(systems[0] as System);
  for (const written of [hashes(system, 'others'), hashes(system, 'bytes', 'others'), other]) {
    rmSync(join(folder, 'sources'), { recursive: true, force: true });
    const app = await packed(system, [...contents, koffi(system)], written);
    expect(() => afterPack(app)).toThrow('another hash');
  }
});

it('refuses an app with the sources or the tests inside', async () => {
  const system = systems[0] as System;
  const app = await packed(system, [...contents, koffi(system), 'test/something.ts']);
  expect(() => afterPack(app)).toThrow('test/something.ts');
});
