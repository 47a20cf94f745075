import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { libraryFor } from '../build-native.mjs';
import { path } from '../support/paths.mjs';

/*
 * What others made that is inside of what users install. A component is `{ name, version, purl, licence, hash, text }`: `licence` an
 * SPDX expression, `hash` as CycloneDX has it, `text` the licence in full (none where that is shipped as a file of its own),
 * `description` in words, where there is something to say.
 */

const lock = JSON.parse(readFileSync(path('package-lock.json'), 'utf8')).packages;

/** The npm packages that a bundle is made of, by their folders (`node_modules/zod`). */
export function packagesOf(moduleIds) {
  const folders = moduleIds.flatMap((id) => {
    const [, folder] =
      /^.*?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(
        id.replaceAll('\\', '/'),
      ) ?? [];
    return folder ?? [];
  });
  return [...new Set(folders)].sort();
}

/** The npm packages in these folders (`node_modules/zod`), and those that every bundle leaves outside: koffi, with its binary. */
export function npmComponents(folders, target) {
  return [
    ...new Set([...folders, 'node_modules/koffi']),
    `node_modules/@koromix/koffi-${target}`,
  ].map((folder) => npmComponent(folder));
}

function npmComponent(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path(folder, 'package.json'), 'utf8'));
  return {
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licence: license,
    hash: integrityOf(folder),
    text: licenceIn(name.startsWith('@koromix/') ? 'node_modules/koffi' : folder),
  };
}

function integrityOf(folder) {
  const { integrity } = lock[folder];
  const base64 = integrity.slice('sha512-'.length);
  return { alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') };
}

function licenceIn(folder) {
  const files = readdirSync(path(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  if (files.length === 0) throw new Error(`${folder} has no licence that could be shipped.`);
  return files
    .sort()
    .map((file) => readFileSync(path(folder, file), 'utf8').trim())
    .join('\n\n');
}

/** The window's font, which lies in renderer/. */
export function fontComponent() {
  return {
    name: '@fontsource-variable/inter',
    version: '5.3.0',
    purl: 'pkg:npm/%40fontsource-variable/inter@5.3.0',
    licence: 'OFL-1.1',
    hash: hashOf(path('renderer/styles/fonts/inter-latin-wght-normal.woff2')),
    text: readFileSync(path('renderer/styles/fonts/OFL.txt'), 'utf8').trim(),
  };
}

/** Our own engine, by its bytes. */
export function engineComponent(target) {
  const { version } = JSON.parse(readFileSync(path('native/package.json'), 'utf8'));
  return {
    name: 'randomx-native-prebuilt',
    version,
    purl: `pkg:npm/randomx-native-prebuilt@${version}`,
    licence: 'MIT',
    hash: hashOf(libraryFor(target).path),
  };
}

/** The official Electron by the hash of its archive; that of the tests has none. */
export function electronComponent(version, target) {
  const sums = JSON.parse(readFileSync(path('node_modules/electron/checksums.json'), 'utf8'));
  const content = sums[`electron-v${version}-${target}.zip`];
  return {
    name: 'electron',
    version,
    purl: `pkg:github/electron/electron@v${version}`,
    licence: 'MIT',
    hash: content && { alg: 'SHA-256', content },
    description: 'With Chromium, Node.js and FFmpeg inside. Licences: LICENSES.chromium.html.',
  };
}

/** The Node.js beside the terminal miner. */
export function nodeComponent(file) {
  const { version } = JSON.parse(readFileSync(path('node_modules/node/package.json'), 'utf8'));
  return {
    name: 'node',
    version,
    purl: `pkg:github/nodejs/node@v${version}`,
    licence: 'MIT',
    hash: hashOf(file),
    description: 'With V8, OpenSSL and others inside. Licences: LICENSE.node.',
  };
}

function hashOf(file) {
  const content = createHash('sha256').update(readFileSync(file)).digest('hex');
  return { alg: 'SHA-256', content };
}

/** All licences that no file of their own holds, for people. */
export function licencesText(components) {
  return components
    .filter(({ text }) => text !== undefined)
    .map(({ name, version, licence, text }) => {
      const heading = `${name} ${version} (${licence})`;
      return `${heading}\n${'='.repeat(heading.length)}\n\n${text}\n`;
    })
    .join('\n\n');
}

/** A bill of materials, as CycloneDX 1.6; without time and serial number, so that it is the same for everybody. */
export function billOfMaterials({ name, version, components }) {
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version, ...licences('MIT') } },
    components: components
      .map(({ name, version, purl, licence, hash, description }) => ({
        type: 'library',
        'bom-ref': purl,
        name,
        version,
        ...(description && { description }),
        purl,
        ...licences(licence),
        ...(hash && { hashes: [hash] }),
      }))
      .sort((one, other) => (one.purl < other.purl ? -1 : 1)),
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function licences(expression) {
  return { licenses: [{ expression }] };
}
