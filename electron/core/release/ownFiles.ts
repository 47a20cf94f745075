import { createHash } from 'node:crypto';
import type * as FileSystem from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { OwnFiles } from '../../contract/release.ts';
import { problem } from '../../contract/problem.ts';
import { verifySignature } from './minisign.ts';
import { signedAs } from './release.ts';

/** In the app's folder of resources; its signature lies beside it. scripts/release/sums.mjs writes it. */
export const LIST_NAME = 'SHA256SUMS';

export interface Installed {
  /** The folder that holds all of the app. */
  readonly folder: string;
  /** Where the list is, from there. */
  readonly list: string;
  readonly version: string;
  readonly keys: readonly string[];
  /** Electron's own takes archives for folders: there it is `node:original-fs`. */
  readonly files: typeof FileSystem;
}

/** Compares every file of the app with the signed list. Reads only. */
export async function compareOwnFiles(app: Installed): Promise<OwnFiles> {
  const list = await read(app, app.list);
  const signature = await read(app, `${app.list}.minisig`);
  if (list === null || signature === null) return { state: 'unsigned' };
  const comment = verifySignature(list, signature.toString(), app.keys);
  if (!comment.ok) return { state: 'refused', problem: comment.error };
  const expected = parseSums(list.toString());
  if (expected === null || comment.value !== signedAs(LIST_NAME, app.version)) {
    return { state: 'refused', problem: problem('fileListForeign') };
  }

  const found = await filesBelow(app, '');
  const changed: string[] = [];
  for (const file of found) {
    const hash = expected.get(file);
    if (hash !== undefined && hash !== (await sha256(app, file))) changed.push(file);
  }
  const own = [app.list, `${app.list}.minisig`];
  const missing = [...expected.keys()].filter((file) => !found.includes(file));
  return {
    state: 'compared',
    signedAs: comment.value,
    same: expected.size - changed.length - missing.length,
    changed,
    missing,
    command: `cd '${app.folder}' && minisign -Vm ${app.list} -P ${app.keys[0] ?? ''} && sha256sum --quiet -c ${app.list}`,
    added: found.filter((file) => !expected.has(file) && !own.includes(file)),
  };
}

/** As `sha256sum` writes it. */
function parseSums(text: string): Map<string, string> | null {
  const lines = text.split('\n').filter((line) => line !== '');
  const sums = new Map<string, string>();
  for (const line of lines) {
    const [, hash, file] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (hash === undefined || file === undefined) return null;
    sums.set(file, hash);
  }
  return sums;
}

/** Everything that is no folder, by sorted paths with slashes. */
async function filesBelow(app: Installed, inside: string): Promise<string[]> {
  const entries = await app.files.promises.readdir(join(app.folder, inside), {
    withFileTypes: true,
  });
  const paths: string[] = [];
  for (const entry of entries) {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    paths.push(...(entry.isDirectory() ? await filesBelow(app, path) : [path]));
  }
  return paths.sort();
}

async function sha256({ folder, files }: Installed, file: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(files.createReadStream(join(folder, file)), hash);
  } catch {
    return null; // what cannot be read is not what was listed
  }
  return hash.digest('hex');
}

async function read({ folder, files }: Installed, file: string): Promise<Buffer | null> {
  return files.promises.readFile(join(folder, file)).catch(() => null);
}

/** Where an installed app of this system has its folder and list, from its program. */
export function installedAt(program: string): Pick<Installed, 'folder' | 'list'> {
  const folder = dirname(program);
  return process.platform === 'darwin'
    ? { folder: dirname(folder), list: `Resources/${LIST_NAME}` }
    : { folder, list: `resources/${LIST_NAME}` };
}
