/**
 * `npm run pack-engine -- [win32-x64] [linux-arm64]`: packs randomx-native-prebuilt into release/, as npm installs it, with
 * the engine for this system and for those that are named.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { buildLibrary, libraryFile, libraryFor } from './build-native.mjs';
import { step } from './support/children.mjs';
import { path } from './support/paths.mjs';
import { main } from './support/say.mjs';
import { setUp } from './set-up.mjs';

const needs = { 'win32-x64': ['windows'], 'linux-arm64': ['emulator', 'arm64'] };
const stage = path('release/engine');

await main(async () => {
  const others = process.argv.slice(2).filter((system) => system !== libraryFile.target);
  await setUp(others.flatMap((system) => needs[system] ?? []));
  for (const system of others) await buildLibrary(system);

  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const part of ['package.json', 'README.md', 'include', 'dist']) {
    cpSync(path('native', part), `${stage}/${part}`, { recursive: true });
  }
  cpSync(path('LICENSE'), `${stage}/LICENSE`);
  rmSync(`${stage}/dist/built-from`, { force: true });
  // The loader takes no library but these.
  const hashes = {};
  for (const system of [libraryFile.target, ...others]) {
    const library = libraryFor(system).path;
    const place = `${stage}/prebuilt/${system}/${library.slice(dirname(library).length + 1)}`;
    cpSync(library, place, { recursive: true });
    hashes[system] = createHash('sha256').update(readFileSync(library)).digest('hex');
  }
  writeFileSync(`${stage}/dist/library-hashes.json`, JSON.stringify(hashes));
  await step(
    'npm',
    ['pack', '--pack-destination', path('release')],
    'npm could not pack it (see above).',
    { cwd: stage },
  );
});
