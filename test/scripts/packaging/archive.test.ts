import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const { makeArchive } = (await import(join(root, 'scripts/packaging/archive.mjs'))) as {
  makeArchive: (order: { folder: string; name: string; epochSeconds: number }) => Promise<void>;
};
const name = `test-${process.pid}`;
const archive = join(root, 'release', `${name}.tar.gz`);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'archive '));
  mkdirSync(join(root, 'release'), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  rmSync(archive, { force: true });
});

async function made(files: readonly string[]): Promise<Buffer> {
  const staged = join(folder, 'usr/lib/miner');
  mkdirSync(staged, { recursive: true });
  chmodSync(staged, 0o755);
  for (const file of files) {
    writeFileSync(join(staged, file), file);
    chmodSync(join(staged, file), 0o755);
  }
  await makeArchive({ folder: staged, name, epochSeconds: 1_790_000_000 });
  return readFileSync(archive);
}

it('is one folder with the program and everything beside it, of nobody in particular', async () => {
  await made(['miner', 'engine']);
  const said = execFileSync('tar', ['-tvf', archive], { encoding: 'utf8', env: { TZ: 'UTC' } });
  const modeOwnerAndName = said.trim().replaceAll(/ +\d+ (?=2026-09-21 14:13)/g, ' ');
  expect(modeOwnerAndName.split('\n')).toEqual([
    `drwxr-xr-x 0/0 2026-09-21 14:13 ${name}/`,
    `-rwxr-xr-x 0/0 2026-09-21 14:13 ${name}/engine`,
    `-rwxr-xr-x 0/0 2026-09-21 14:13 ${name}/miner`,
  ]);
});

it('is the same bytes whenever it is made, in whatever order', async () => {
  const first = await made(['miner', 'engine']);
  expect((await made(['engine', 'miner'])).equals(first)).toBe(true);
});
