import { existsSync, readFileSync } from 'node:fs';
import { step } from './support/children.mjs';
import { node24, path, root } from './support/paths.mjs';
import { say } from './support/say.mjs';

/** Whether node_modules holds what package-lock.json asks for, by the record that npm keeps of its last full install. */
export function nodePackagesMissing() {
  const record = path('node_modules/.package-lock.json');
  if (!existsSync(record) || !existsSync(node24)) return true;
  const wanted = packagesIn(path('package-lock.json'));
  const installed = packagesIn(record);
  return Object.entries(wanted).some(([name, entry]) => {
    if (!name.startsWith('node_modules/') || entry.link) return false;
    const found = installed[name];
    if (found === undefined) return !entry.optional && !entry.devOptional && !entry.peer;
    return found.version !== entry.version || found.integrity !== entry.integrity;
  });
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

export async function installNodePackages() {
  say('installing the npm packages of package-lock.json (about a minute)');
  await step(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'npm ci failed (see above). Check the network connection, then try again.',
    { cwd: root, shell: process.platform === 'win32' },
  );
}
