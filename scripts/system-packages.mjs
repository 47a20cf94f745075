import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { step } from './support/children.mjs';
import { SetUpError, say } from './support/say.mjs';

/**
 * Debian packages by what they are needed for. One that brings a command is not asked for where any such command exists,
 * whoever installed it.
 */
const needs = {
  build: [
    { name: 'cmake', command: 'cmake' },
    { name: 'g++', command: 'c++' },
    { name: 'make', command: 'make' },
  ],
  test: [
    { name: 'ccache', command: 'ccache' },
    { name: 'clang-format', command: 'clang-format' },
    { name: 'monero', command: 'monerod' },
    { name: 'openssl', command: 'openssl' },
    { name: 'librandomx0' },
    { name: 'librandomx-dev' },
  ],
  windows: [
    { name: 'g++-mingw-w64-x86-64-posix', command: 'x86_64-w64-mingw32-g++-posix' },
    { name: 'wine64', command: 'wine64' },
  ],
  emulator: [{ name: 'qemu-user-static', command: 'qemu-aarch64-static' }],
  arm64: [{ name: 'g++-aarch64-linux-gnu', command: 'aarch64-linux-gnu-g++' }],
  package: [
    { name: 'gnupg', command: 'gpg' },
    { name: 'lintian', command: 'lintian' },
    { name: 'minisign', command: 'minisign' },
    { name: 'mmdebstrap', command: 'mmdebstrap' },
    { name: 'desktop-file-utils', command: 'desktop-file-validate' },
    { name: 'appstream', command: 'appstreamcli' },
    { name: 'systemd', command: 'systemd-analyze' },
    { name: 'xvfb', command: 'Xvfb' },
    { name: 'xdotool', command: 'xdotool' },
    { name: 'dbus', command: 'dbus-daemon' },
    { name: 'at-spi2-core' },
    { name: 'python3-gi' },
    { name: 'gir1.2-atspi-2.0' },
  ],
  unpack: [{ name: 'unzip', command: 'unzip' }],
  desktop: [
    'libnss3',
    'libatk1.0-0',
    'libatk-bridge2.0-0',
    'libcups2',
    'libdrm2',
    'libgtk-3-0',
    'libgbm1',
    'libasound2',
    'libxkbcommon0',
    'libxcomposite1',
    'libxdamage1',
    'libxrandr2',
  ].map((name) => ({ name })),
  desktopTest: [
    { name: 'xvfb', command: 'Xvfb' },
    { name: 'xauth', command: 'xauth' },
    { name: 'chromium', command: 'chromium' },
    { name: 'chromium-headless-shell', command: 'chromium-headless-shell' },
    { name: 'fonts-dejavu-core' },
    { name: 'dbus', command: 'dbus-daemon' },
    { name: 'libglib2.0-bin', command: 'gdbus' },
    { name: 'xfce4-panel', command: 'xfce4-panel' },
    { name: 'xfwm4', command: 'xfwm4' },
    { name: 'python3-dbusmock' },
  ],
};

/** Names of the Debian packages that are missing for the given needs; only commands are looked for elsewhere. */
export function systemPackagesMissing(kinds) {
  const wanted = [...new Set(kinds)]
    .flatMap((kind) => needs[kind])
    .filter(({ command }) => !inPath(command));
  if (wanted.length === 0) return [];
  const installed = installedDebianPackages(wanted.map(({ name }) => name));
  if (installed === null) return wanted.filter(({ command }) => command).map(({ name }) => name);
  return wanted.map(({ name }) => name).filter((name) => !installed.has(name));
}

function inPath(command) {
  if (command === undefined) return false;
  const names = process.platform === 'win32' ? [`${command}.exe`] : [command];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => names.some((name) => existsSync(join(folder, name))));
}

/** Null where there is no dpkg. Newer releases renamed some libraries with a t64 suffix and say what they provide. */
function installedDebianPackages(names) {
  try {
    const format = '${db:Status-Abbrev}|${Package}|${Provides}\n';
    const patterns = names.flatMap((name) => [name, `${name}t64`]);
    const output = execFileSync('dpkg-query', ['-W', '-f', format, ...patterns], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return namesIn(output);
  } catch (error) {
    // Exit code 1 says that some names are unknown; the known ones are on stdout all the same.
    return error.status === 1 ? namesIn(error.stdout) : null;
  }
}

function namesIn(output) {
  return new Set(
    output
      .split('\n')
      .filter((line) => line.startsWith('ii'))
      .flatMap((line) => line.split('|').slice(1).join(',').split(','))
      .map((name) => name.trim().split(' ')[0]),
  );
}

/** Whether installSystemPackages() can do its work here, or tell with which command it is done. */
export const canInstallPackages = () => inPath('apt-get');

/** As root, installs them; otherwise says with which one command it is done. */
export async function installSystemPackages(names) {
  const install = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (!canInstallPackages()) {
    throw new SetUpError(
      `These are missing: ${names.join(', ')} (Debian's names). Install them, then run the same command again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new SetUpError(
      `Some system packages are missing. Install them with this command, then run the same command again:\n` +
        `  sudo sh -c 'apt-get update && ${install}'`,
    );
  }
  say(`installing system packages: ${names.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const failure = `apt-get could not install them (see above). Try by hand: ${install}`;
  await step('apt-get', ['-q', 'update'], failure, { env });
  await step('sh', ['-c', `exec apt-get -q ${install.slice('apt-get '.length)}`], failure, { env });
}
