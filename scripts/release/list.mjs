/**
 * What is signed with a release (docs/RELEASING.md). Neither needs a key: the lists are signed elsewhere.
 *
 *   node scripts/release/list.mjs files FOLDER     every file of the unpacked app in FOLDER: resources/SHA256SUMS
 *   node scripts/release/list.mjs release FOLDER   what is published from FOLDER: SHA256SUMS and release.json
 */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, SetUpError } from '../support/say.mjs';
import { OWN_LIST, sha256, version, writeSums } from './sums.mjs';

/** How the app names what takes its place, by what electron-builder.yml calls the files. */
const KINDS = { AppImage: 'appImage', exe: 'nsis', dmg: 'mac' };
const ARCHITECTURES = { x86_64: 'x64', x64: 'x64', arm64: 'arm64' };

await main(() => {
  const [what, folder] = process.argv.slice(2);
  if (!['files', 'release'].includes(what) || folder === undefined || !existsSync(folder)) {
    throw new SetUpError('Say what to list, and of which folder: files FOLDER, or release FOLDER.');
  }
  if (what === 'files') return writeSums(folder, [OWN_LIST]);
  const release = { version, issuedAt: new Date().toISOString(), files: replacements(folder) };
  writeFileSync(join(folder, 'release.json'), `${JSON.stringify(release)}\n`);
  writeSums(folder, ['SHA256SUMS', 'release.json']);
});

function replacements(folder) {
  const start = `ibctminer-${version}-`;
  const found = readdirSync(folder).flatMap((name) => {
    const [, architecture, kind] = /-(\w+)\.(\w+)$/.exec(name) ?? [];
    if (!name.startsWith(start) || !(kind in KINDS) || !(architecture in ARCHITECTURES)) return [];
    const file = join(folder, name);
    const listed = { name, bytes: statSync(file).size, sha256: sha256(file) };
    return [[`${KINDS[kind]}-${ARCHITECTURES[architecture]}`, listed]];
  });
  return Object.fromEntries(found);
}
