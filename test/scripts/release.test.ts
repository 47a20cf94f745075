import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as files from 'node:fs';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareOwnFiles } from '../../electron/core/release/ownFiles.ts';
import { readRelease } from '../../electron/core/release/release.ts';
import { TestSigner } from '../support/minisign.ts';

const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};
const signer = new TestSigner();
const keys = [signer.publicKey];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'a release '));
  mkdirSync(join(folder, 'resources'));
  writeFileSync(join(folder, 'one.deb'), 'a package');
  writeFileSync(join(folder, 'resources/app.asar'), 'the app');
});
afterEach(() => rmSync(folder, { recursive: true }));

function list(...words: string[]) {
  const script = join(root, 'scripts/release/list.mjs');
  return spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' });
}
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

/** With the comment that the script tells to sign with. */
function signAsTold(stderr: string, file: string): string {
  const [, comment] = new RegExp(`-t '([^']+)' -m '[^']*${file}'`).exec(stderr) ?? [];
  return signer.sign(read(file), comment ?? 'nothing was told');
}

test('the sums of a release are what sha256sum checks, and the app reads its signed list', () => {
  writeFileSync(join(folder, 'SHA256SUMS.minisig'), 'of an earlier time');
  const { status, stderr } = list('release', folder);
  expect(status).toBe(0);
  execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: folder });
  expect(read('SHA256SUMS').match(/ {2}.*/g)).toEqual(['  one.deb', '  resources/app.asar']);
  const signature = signAsTold(stderr, 'release.json');
  expect(readRelease(read('release.json'), signature, keys)).toMatchObject({
    ok: true,
    value: { version, files: {} },
  });
});

test('what takes the place of an installed app is listed by its kind and processor', () => {
  const start = `ibctminer-${version}-`;
  const names = [
    ...[`${start}linux-x86_64.AppImage`, `${start}win-x64.exe`, `${start}mac-arm64.dmg`],
    ...[`${start}linux-x64.tar.gz`, `${start}mac-arm64.zip`, 'ibctminer-0.1.0-win-arm64.exe'],
  ];
  for (const name of names) writeFileSync(join(folder, name), name);
  const { stderr } = list('release', folder);
  const listed = readRelease(read('release.json'), signAsTold(stderr, 'release.json'), keys);
  const files = listed.ok ? listed.value.files : {};
  expect(Object.entries(files).map(([target, { name }]) => [target, name])).toEqual([
    ['appImage-x64', names[0]],
    ['mac-arm64', names[2]],
    ['nsis-x64', names[1]],
  ]);
  const [first = ''] = names;
  const sum = createHash('sha256').update(first).digest('hex');
  expect(files['appImage-x64']).toEqual({ name: first, bytes: first.length, sha256: sum });
});

test('the app finds all of its files as they were listed, and one that was changed since', async () => {
  const { status, stderr } = list('files', folder);
  expect(status).toBe(0);
  const sums = 'resources/SHA256SUMS';
  writeFileSync(join(folder, `${sums}.minisig`), signAsTold(stderr, sums));
  const compare = () => compareOwnFiles({ folder, list: sums, version, keys, files });
  expect(await compare()).toMatchObject({ same: 2, changed: [], missing: [], added: [] });
  writeFileSync(join(folder, 'one.deb'), 'another');
  expect(await compare()).toMatchObject({ same: 1, changed: ['one.deb'] });
});

test('without a folder that exists, it says what to write', () => {
  expect(list('release', join(folder, 'none'))).toMatchObject({ status: 1 });
  expect(list().stderr).toContain('Say what to list');
});
