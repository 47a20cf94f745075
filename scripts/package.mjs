/**
 * `npm run package -- [electron-builder's options]`: packs the app into release/. With --test-fallback, the Electron that
 * serves development and tests is packed, unpacked into a folder: for looking at a package, never for users.
 */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { libraryFile } from './build-native.mjs';
import { buildDesktop } from './build-desktop.mjs';
import { electronNeeds, electronRuntime } from './electron-runtime.mjs';
import { run } from './support/children.mjs';
import { node24, path, root, tools } from './support/paths.mjs';
import { main } from './support/say.mjs';
import { setUp } from './set-up.mjs';

const FALLBACK = '--test-fallback';
const hashes = path('native/dist/library-hashes.json');

await main(async () => {
  const options = process.argv.slice(2).filter((word) => word !== FALLBACK);
  const withFallback = process.argv.includes(FALLBACK);
  await setUp(withFallback ? electronNeeds() : []);
  await buildDesktop();
  const extra = withFallback ? await fallbackOptions() : [];

  // With this file beside it, the engine's loader takes no library but this one. A development build has no such file.
  writeFileSync(hashes, JSON.stringify({ [libraryFile.target]: sha256(libraryFile.path) }));
  try {
    return await run(node24, [tools.electronBuilder, ...options, ...extra, '--publish=never'], {
      cwd: root,
    });
  } finally {
    rmSync(hashes, { force: true });
  }
});

async function fallbackOptions() {
  const folder = dirname(await electronRuntime());
  const version = readFileSync(`${folder}/version`, 'utf8').trim();
  return ['--dir', `-c.electronDist=${folder}`, `-c.electronVersion=${version}`];
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
