/**
 * What is signed with a release (docs/RELEASING.md). Neither needs a key: the lists are signed elsewhere.
 *
 *   node scripts/release/list.mjs files FOLDER     every file of the unpacked app in FOLDER: resources/SHA256SUMS
 *   node scripts/release/list.mjs release FOLDER   what is published from FOLDER: SHA256SUMS and release.json
 */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesBelow } from '../packaging/tree.mjs';
import { path } from '../support/paths.mjs';
import { main, say, SetUpError } from '../support/say.mjs';

const { version } = JSON.parse(readFileSync(path('package.json'), 'utf8'));

await main(() => {
  const [what, folder] = process.argv.slice(2);
  if (!['files', 'release'].includes(what) || folder === undefined || !existsSync(folder)) {
    throw new SetUpError('Say what to list, and of which folder: files FOLDER, or release FOLDER.');
  }
  const list = what === 'files' ? 'resources/SHA256SUMS' : 'SHA256SUMS';
  const toSign = [list];
  if (what === 'release') {
    toSign.push('release.json');
    const release = { version, issuedAt: new Date().toISOString() };
    writeFileSync(join(folder, 'release.json'), `${JSON.stringify(release)}\n`);
  }
  const notListed = toSign.flatMap((file) => [file, `${file}.minisig`]);
  const files = entriesBelow(folder).filter(
    (entry) => !notListed.includes(entry) && lstatSync(join(folder, entry)).isFile(),
  );
  writeFileSync(
    join(folder, list),
    files.map((file) => `${sha256(join(folder, file))}  ${file}\n`).join(''),
  );
  say(`${files.length} files are listed. Sign, where the key is:`);
  for (const file of toSign) {
    const name = file.split('/').pop();
    say(`  minisign -S -s KEY -t 'ibctminer ${name} ${version}' -m '${join(folder, file)}'`);
  }
});

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
