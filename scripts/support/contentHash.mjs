import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { path } from './paths.mjs';

/** SHA-256 over the names and bytes of the given files and of all files below the given folders, lower-case hex. */
export function contentHash(names) {
  const hash = createHash('sha256');
  for (const name of names.flatMap(filesBelow)) {
    const bytes = readFileSync(path(name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function filesBelow(name) {
  if (!existsSync(path(name))) return [];
  if (!statSync(path(name)).isDirectory()) return [name];
  return readdirSync(path(name))
    .sort()
    .flatMap((entry) => filesBelow(join(name, entry)));
}

/** The text of a stamp file, or an empty string when there is none. */
export function readStamp(name) {
  return existsSync(path(name)) ? readFileSync(path(name), 'utf8').trim() : '';
}
