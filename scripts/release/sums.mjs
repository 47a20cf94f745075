import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesBelow } from '../packaging/tree.mjs';
import { path } from '../support/paths.mjs';
import { say } from '../support/say.mjs';

export const { version } = JSON.parse(readFileSync(path('package.json'), 'utf8'));

/** Of the unpacked app, in its folder: where the app looks for it. */
export const OWN_LIST = 'resources/SHA256SUMS';

/** Writes the sums of all files below a folder into `toSign[0]`, and tells how to sign that and the others there. */
export function writeSums(folder, toSign) {
  const notListed = toSign.flatMap((file) => [file, `${file}.minisig`]);
  const files = entriesBelow(folder).filter(
    (entry) => !notListed.includes(entry) && lstatSync(join(folder, entry)).isFile(),
  );
  writeFileSync(
    join(folder, toSign[0]),
    files.map((file) => `${sha256(join(folder, file))}  ${file}\n`).join(''),
  );
  say(`${files.length} files are listed. Sign, where the key is:`);
  for (const file of toSign) {
    const name = file.split('/').pop();
    say(`  minisign -S -s KEY -t 'ibctminer ${name} ${version}' -m '${join(folder, file)}'`);
  }
}

export function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
