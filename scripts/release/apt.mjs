/**
 * `node scripts/release/apt.mjs FOLDER`: an apt repository of the packages in FOLDER/pool. It is static files, and needs no
 * key: what it tells to sign is signed where the key is (docs/RELEASING.md).
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { entriesBelow } from '../packaging/tree.mjs';
import { main, say, SetUpError } from '../support/say.mjs';

const architectures = ['amd64', 'arm64'];
/** How long apt believes a list: whoever serves an old one for longer, to hide a newer version, is found out. */
const VALID_DAYS = 60;

await main(() => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined || !existsSync(join(folder, 'pool'))) {
    throw new SetUpError(
      'Say which folder is the repository; its packages lie in its folder pool.',
    );
  }
  const packages = entriesBelow(join(folder, 'pool'))
    .filter((entry) => entry.endsWith('.deb'))
    .map((entry) => packageIn(folder, `pool/${entry}`));
  const suite = join(folder, 'dists/stable');
  rmSync(suite, { recursive: true, force: true });
  const indices = architectures.flatMap((architecture) => {
    const text = packages
      .filter((one) => one.architecture === architecture)
      .map((one) => `${one.text}\n`)
      .join('');
    const name = `main/binary-${architecture}/Packages`;
    return [
      { name, bytes: Buffer.from(text) },
      { name: `${name}.gz`, bytes: gzipSync(text, { level: 9 }) },
    ];
  });
  // Each is listed as it is, which apt checks again, and lies there compressed.
  for (const { name, bytes } of indices.filter((index) => index.name.endsWith('.gz'))) {
    mkdirSync(join(suite, name, '..'), { recursive: true });
    writeFileSync(join(suite, name), bytes);
  }
  const release = join(suite, 'Release');
  writeFileSync(release, releaseText(indices, new Date()));
  say(`${packages.length} packages are listed. Sign, where the key is:`);
  say(`  gpg --local-user KEY --clearsign --output '${join(suite, 'InRelease')}' '${release}'`);
});

/** What apt wants to know of a package: what it says of itself, and where it lies. */
function packageIn(folder, filename) {
  const file = join(folder, filename);
  const control = execFileSync('dpkg-deb', ['--field', file], { encoding: 'utf8' });
  const bytes = readFileSync(file);
  return {
    architecture: /^Architecture: (.+)$/m.exec(control)[1],
    text: `${control.trimEnd()}\nFilename: ${filename}\nSize: ${bytes.length}\nSHA256: ${sha256(bytes)}\n`,
  };
}

function releaseText(indices, now) {
  const until = new Date(now.getTime() + VALID_DAYS * 86_400_000);
  return [
    'Origin: Ibctminer',
    'Label: Ibctminer',
    'Suite: stable',
    'Codename: stable',
    `Date: ${now.toUTCString()}`,
    `Valid-Until: ${until.toUTCString()}`,
    `Architectures: ${architectures.join(' ')}`,
    'Components: main',
    'SHA256:',
    ...indices.map(({ name, bytes }) => ` ${sha256(bytes)} ${bytes.length} ${name}`),
    '',
  ].join('\n');
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
