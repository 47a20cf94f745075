/**
 * `npm run dist`: what users install, in release/: two Debian packages and two archives for this system. The same commit gives the
 * same bytes (docs/reproducible.md). With --signature FILE, the app's list of its files is packed with its signature. With
 * --test-fallback, the Electron of the tests is packed: never for users. With --quick, packages are large and no archives are
 * made, for tests.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FALLBACK, pack } from './package.mjs';
import { makeArchive } from './packaging/archive.mjs';
import { appStreamReleases, parseChangelog } from './packaging/changelog.mjs';
import { checkFuses } from './packaging/fuses.mjs';
import { makeCliPackage } from './packaging/cliPackage.mjs';
import { makeDesktopPackage } from './packaging/desktopPackage.mjs';
import { refuseOldElectron } from './packaging/electronLines.mjs';
import { OWN_LIST, writeSums } from './release/sums.mjs';
import { path, root } from './support/paths.mjs';
import { main, say, SetUpError } from './support/say.mjs';

const architectures = { x64: 'amd64', arm64: 'arm64' };

await main(async () => {
  const { arch, platform } = process;
  if (platform !== 'linux' || !(arch in architectures)) {
    throw new SetUpError(
      'npm run dist makes the packages for Linux, on Linux. For Windows and macOS: docs/install.md.',
    );
  }
  const withFallback = process.argv.includes(FALLBACK);
  const quick = process.argv.includes('--quick');
  const signature = fileAfter('--signature');
  const manifest = JSON.parse(readFileSync(path('package.json'), 'utf8'));
  if (!withFallback) refuseOldElectron(manifest.devDependencies.electron, new Date());
  const facts = factsOf(manifest, sourceEpochSeconds(), arch);

  const unpacked = path(
    arch === 'x64' ? 'release/linux-unpacked' : `release/linux-${arch}-unpacked`,
  );
  rmSync(unpacked, { recursive: true, force: true });
  const code = await pack(['--linux', '--dir', ...(withFallback ? [FALLBACK] : [])]);
  if (code !== 0) return code;
  await checkFuses(join(unpacked, 'ibctminer-desktop'));
  writeSums(unpacked, [OWN_LIST]);
  if (signature !== undefined) cpSync(signature, join(unpacked, `${OWN_LIST}.minisig`));

  const name = (part) => `${part}_${manifest.version}_${architectures[arch]}.deb`;
  const order = { arch, facts, quick };
  for (const [make, file] of [
    [makeDesktopPackage, name('ibctminer')],
    [makeCliPackage, name('ibctminer-cli')],
  ]) {
    say(`packing release/${file}`);
    await make({ ...order, unpacked, target: path('release', file) });
  }
  if (quick) return 0;
  for (const part of ['ibctminer', 'ibctminer-cli']) {
    await makeArchive({
      folder: path('release/staging', part, 'usr/lib', part),
      name: `${part}-${manifest.version}-linux-${arch}`,
      epochSeconds: facts.epochSeconds,
    });
  }
  return 0;
});

/** The file that an option names. */
function fileAfter(option) {
  const place = process.argv.indexOf(option);
  if (place === -1) return undefined;
  const file = process.argv[place + 1];
  if (file === undefined || !existsSync(file)) {
    throw new SetUpError(`Say after ${option} which file it is.`);
  }
  return file;
}

function factsOf({ version, author, homepage }, epochSeconds, arch) {
  const changes = readFileSync(path('CHANGELOG.md'), 'utf8');
  const releases = parseChangelog(changes, { version, epochSeconds });
  return {
    epochSeconds,
    releases,
    words: {
      VERSION: version,
      ARCHITECTURE: architectures[arch],
      MAINTAINER: `${author.name} <${author.email}>`,
      HOMEPAGE: homepage,
      RELEASES: appStreamReleases(releases),
      DATE: new Date(epochSeconds * 1000).toISOString().slice(0, 10),
    },
  };
}

/** The time that everything inside carries: the commit's, or what SOURCE_DATE_EPOCH says (reproducible-builds.org). */
function sourceEpochSeconds() {
  const told = process.env.SOURCE_DATE_EPOCH;
  if (told !== undefined) {
    if (!/^\d{1,10}$/.test(told))
      throw new SetUpError('SOURCE_DATE_EPOCH must be Unix time in seconds.');
    return Number(told);
  }
  try {
    return Number(
      execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }),
    );
  } catch {
    throw new SetUpError(
      'Build from a git clone, or say in SOURCE_DATE_EPOCH when the sources were made.',
    );
  }
}
