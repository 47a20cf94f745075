import { createHash } from 'node:crypto';
import * as files from 'node:fs';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareOwnFiles } from '../../../electron/core/release/ownFiles.ts';
import { TestSigner } from '../../support/minisign.ts';

const signer = new TestSigner();
const list = 'resources/SHA256SUMS';
const contents: Readonly<Record<string, string>> = {
  ibctminer: 'the program',
  'locales/en US.pak': 'words',
  'resources/app.asar': 'the app',
};
let folder: string;

const put = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
const compare = (keys = [signer.publicKey]) =>
  compareOwnFiles({ folder, list, version: '1.0.0', keys, files });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'own files '));
  const sums = Object.entries(contents).map(
    ([file, text]) => `${createHash('sha256').update(text).digest('hex')}  ${file}\n`,
  );
  for (const [file, text] of Object.entries(contents)) put(file, text);
  put(list, sums.join(''));
  put(`${list}.minisig`, signer.sign(sums.join(''), 'ibctminer SHA256SUMS 1.0.0'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('files that are as they were released are told to be so', async () => {
  const outcome = await compare();
  expect(outcome).toMatchObject({
    state: 'compared',
    same: 3,
    changed: [],
    missing: [],
    added: [],
  });
  expect(outcome).toMatchObject({ signedAs: 'ibctminer SHA256SUMS 1.0.0' });
});

test('a changed file, a missing one and one too many are told by name', async () => {
  put('resources/app.asar', 'the app?');
  put('locales/more.pak', '');
  rmSync(join(folder, 'ibctminer'));
  expect(await compare()).toMatchObject({
    same: 1,
    changed: ['resources/app.asar'],
    missing: ['ibctminer'],
    added: ['locales/more.pak'],
  });
});

test('a folder in the place of a file is no such file', async () => {
  rmSync(join(folder, 'ibctminer'));
  put('ibctminer/deeper', 'the program');
  expect(await compare()).toMatchObject({ missing: ['ibctminer'], added: ['ibctminer/deeper'] });
});

test('a build without a list, or without its signature, is told to be unsigned', async () => {
  rmSync(join(folder, `${list}.minisig`));
  expect(await compare()).toEqual({ state: 'unsigned' });
  rmSync(join(folder, list));
  expect(await compare()).toEqual({ state: 'unsigned' });
});

test('a list that was changed, signed by others, or made for something else is refused', async () => {
  expect(await compare([new TestSigner().publicKey])).toMatchObject({
    problem: { code: 'signatureForeign' },
  });
  expect(await compare([])).toMatchObject({ problem: { code: 'releaseKeyNone' } });
  const text = files.readFileSync(join(folder, list), 'utf8');
  put(list, text.replace('ibctminer', 'ibctmined'));
  expect(await compare()).toMatchObject({ state: 'refused', problem: { code: 'signatureWrong' } });
  for (const comment of ['ibctminer SHA256SUMS 0.9.0', 'ibctminer release.json 1.0.0']) {
    put(list, text);
    put(`${list}.minisig`, signer.sign(text, comment));
    expect(await compare(), comment).toMatchObject({ problem: { code: 'fileListForeign' } });
  }
  put(list, 'no list');
  put(`${list}.minisig`, signer.sign('no list', 'ibctminer SHA256SUMS 1.0.0'));
  expect(await compare()).toMatchObject({ problem: { code: 'fileListForeign' } });
});
