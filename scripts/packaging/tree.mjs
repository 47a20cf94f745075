import { chmodSync, lstatSync, lutimesSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Everything below a folder, as sorted paths from it; folders before what is in them. */
export function entriesBelow(folder, inside = '') {
  return readdirSync(join(folder, inside))
    .sort()
    .flatMap((name) => {
      const entry = inside === '' ? name : `${inside}/${name}`;
      const isFolder = lstatSync(join(folder, entry)).isDirectory();
      return isFolder ? [entry, ...entriesBelow(folder, entry)] : [entry];
    });
}

/** What is loaded into programs is none. */
const isLibrary = (file) => /\.(so(\.\d+)*|node)$/.test(file);

/** Nothing of who built it, when and with which mask: one time for all, 0755 for folders and programs, 0644 for the rest. */
export function levelTree(folder, epochSeconds) {
  for (const entry of [...entriesBelow(folder).reverse(), '.']) {
    const file = join(folder, entry);
    const stat = lstatSync(file);
    if (!stat.isSymbolicLink()) {
      const runs = (stat.mode & 0o100) !== 0 && !isLibrary(entry);
      chmodSync(file, stat.isDirectory() || runs ? 0o755 : 0o644);
    }
    lutimesSync(file, epochSeconds, epochSeconds);
  }
}
