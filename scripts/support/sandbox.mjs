import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/** What keeps people without rights from making user namespaces, of which Chromium's sandbox is made. */
const switches = [
  { name: 'kernel.apparmor_restrict_unprivileged_userns', off: '1', on: '0' }, // Ubuntu 24.04
  { name: 'kernel.unprivileged_userns_clone', off: '0', on: '1' },
  { name: 'user.max_user_namespaces', off: '0', on: '10000' },
];

/** How Chromium ends when it has no sandbox: its last check fails. */
const crashes = [constants.signals.SIGTRAP, constants.signals.SIGILL, constants.signals.SIGABRT];

/** What to do when Electron crashed (`code` as of `run`) for want of a sandbox; null when it did not. */
export function sandboxAdvice(code, settings = '/proc/sys') {
  if (!crashes.some((signal) => code === 128 + signal)) return null;
  const found = switches.find(({ name, off }) => read(join(settings, ...name.split('.'))) === off);
  if (found === undefined) return null;
  return (
    'this system lets no program without a profile make the user namespaces that Chromium’s sandbox needs; ' +
    `install the package (docs/install.md), or allow them until the next start of the computer: sudo sysctl ${found.name}=${found.on}`
  );
}

function read(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes(error.code)) return null; // not every kernel has each of them
    throw error;
  }
}
