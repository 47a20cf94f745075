import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from '../support/children.mjs';
import { path } from '../support/paths.mjs';
import { debianChangelog } from './changelog.mjs';
import { packed } from './staging.mjs';
import { entriesBelow, levelTree } from './tree.mjs';

const scripts = ['preinst', 'postinst', 'prerm', 'postrm'];

/** Makes a .deb of the same bytes from the same files, whoever builds it, where and when. `quick`: large, for tests. */
export async function makeDeb({ staging, facts, quick, target }) {
  const { name, root, files, words } = staging;
  const doc = `usr/share/doc/${name}`;
  staging.write(
    `${doc}/changelog.gz`,
    packed(debianChangelog(name, facts.releases, words.MAINTAINER)),
  );
  staging.write(`${doc}/copyright`, staging.text('copyright') + readFileSync(path('LICENSE')));
  staging.fill('lintian-overrides', `usr/share/lintian/overrides/${name}`);

  const entries = entriesBelow(root).map((entry) => ({
    entry,
    stat: lstatSync(join(root, entry)),
  }));
  const regular = entries.filter(({ stat }) => stat.isFile()).map(({ entry }) => entry);
  const kibibytes = entries.reduce((sum, { stat }) => sum + Math.ceil(stat.size / 1024), 0);
  words.SIZE = String(kibibytes);
  staging.fill('control', 'DEBIAN/control');
  staging.write(
    'DEBIAN/md5sums',
    regular.map((file) => `${md5(join(root, file))}  ${file}\n`).join(''),
  );
  const settings = regular.filter((file) => file.startsWith('etc/'));
  if (settings.length > 0) {
    staging.write('DEBIAN/conffiles', settings.map((file) => `/${file}\n`).join(''));
  }
  for (const script of scripts) {
    const own = existsSync(join(files, script));
    // What both packages do is one folder up.
    if (own || script === 'preinst') {
      staging.fill(own ? script : `../${script}`, `DEBIAN/${script}`, 0o755);
    }
  }
  levelTree(root, facts.epochSeconds);
  const compression = quick ? ['-Zzstd', '-z1'] : ['-Zxz', '-z6'];
  await step(
    'dpkg-deb',
    ['--root-owner-group', ...compression, '--build', root, target],
    `${name} could not be packed (see above).`,
    { env: { ...process.env, SOURCE_DATE_EPOCH: String(facts.epochSeconds) } },
  );
}

function md5(file) {
  return createHash('md5').update(readFileSync(file)).digest('hex');
}
