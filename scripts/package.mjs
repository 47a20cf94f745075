/**
 * `npm run package -- [electron-builder's options]`: packs the app into release/. With --test-fallback, the Electron that
 * serves development and tests is packed, unpacked into a folder: for looking at a package, never for users.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildDesktop } from './build-desktop.mjs';
import { electronNeeds, electronRuntime } from './electron-runtime.mjs';
import {
  billOfMaterials,
  electronComponent,
  engineComponent,
  fontComponent,
  licencesText,
  npmComponents,
  packagesOf,
} from './packaging/components.mjs';
import { libraryHashes } from './packaging/engineFiles.mjs';
import { run } from './support/children.mjs';
import { node24, path, root, tools } from './support/paths.mjs';
import { main } from './support/say.mjs';
import { setUp } from './set-up.mjs';

export const FALLBACK = '--test-fallback';
const manifest = JSON.parse(readFileSync(path('package.json'), 'utf8'));
const hashes = path('native/dist/library-hashes.json');

/** Answers electron-builder's exit code. The engine for another system than this must have been built. */
export async function pack(words) {
  // Whoever installs it must be able to read it, whatever the mask of whoever packs it.
  process.umask(0o022);
  const options = words.filter((word) => word !== FALLBACK);
  const withFallback = words.includes(FALLBACK);
  const target = targetOf(options);
  await setUp(withFallback ? electronNeeds() : []);
  await buildDesktop();
  const extra = withFallback ? await fallbackOptions() : [];
  writeComponents(
    withFallback ? await fallbackVersion() : manifest.devDependencies.electron,
    target,
  );

  // With this file beside it, the engine's loader takes no library but these. A development build has no such file.
  writeFileSync(hashes, JSON.stringify(libraryHashes(target)));
  try {
    return await run(node24, [tools.electronBuilder, ...options, ...extra, '--publish=never'], {
      cwd: root,
      env: { ...process.env, IBCTMINER_TARGET: target },
    });
  } finally {
    rmSync(hashes, { force: true });
  }
}

/** Such as `win32-x64`: what electron-builder packs for, by its options; without any, for this system. */
function targetOf(options) {
  const systems = { '--linux': 'linux', '--win': 'win32', '--mac': 'darwin' };
  const system = options.find((option) => option in systems);
  const processor = options.find((option) => option === '--x64' || option === '--arm64');
  return `${systems[system] ?? process.platform}-${processor?.slice(2) ?? process.arch}`;
}

async function fallbackOptions() {
  const folder = dirname(await electronRuntime());
  return ['--dir', `-c.electronDist=${folder}`, `-c.electronVersion=${await fallbackVersion()}`];
}

async function fallbackVersion() {
  return readFileSync(`${dirname(await electronRuntime())}/version`, 'utf8').trim();
}

/** What others made and is inside, and their licences: electron-builder takes both along. */
function writeComponents(electronVersion, target) {
  const modules = ['main', 'preload', 'renderer'].flatMap((part) =>
    JSON.parse(readFileSync(path('out', part, 'modules.json'), 'utf8')),
  );
  const components = [
    ...npmComponents(packagesOf(modules), target),
    fontComponent(),
    engineComponent(target),
    electronComponent(electronVersion, target),
  ];
  writeFileSync(path('out/LICENSES.txt'), licencesText(components));
  const { name, version } = manifest;
  writeFileSync(path('out/sbom.cdx.json'), billOfMaterials({ name, version, components }));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(() => pack(process.argv.slice(2)));
}
