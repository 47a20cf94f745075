/**
 * What is signed with a release (docs/RELEASING.md). Neither needs a key: the lists are signed elsewhere.
 *
 *   node scripts/release/list.mjs files FOLDER     every file of the unpacked app in FOLDER: resources/SHA256SUMS
 *   node scripts/release/list.mjs release FOLDER   what is published from FOLDER: SHA256SUMS and release.json
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, SetUpError } from '../support/say.mjs';
import { OWN_LIST, version, writeSums } from './sums.mjs';

await main(() => {
  const [what, folder] = process.argv.slice(2);
  if (!['files', 'release'].includes(what) || folder === undefined || !existsSync(folder)) {
    throw new SetUpError('Say what to list, and of which folder: files FOLDER, or release FOLDER.');
  }
  if (what === 'files') return writeSums(folder, [OWN_LIST]);
  const release = { version, issuedAt: new Date().toISOString() };
  writeFileSync(join(folder, 'release.json'), `${JSON.stringify(release)}\n`);
  writeSums(folder, ['SHA256SUMS', 'release.json']);
});
