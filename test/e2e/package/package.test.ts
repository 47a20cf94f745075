import { execFile } from 'node:child_process';
import * as files from 'node:fs';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compareOwnFiles } from '../../../electron/core/release/ownFiles.ts';
import { de } from '../../../electron/contract/text/de.ts';
import { readProfile } from './support/appArmor.ts';
import { billFaults } from './support/billFaults.ts';
import {
  build,
  buildElsewhere,
  contents,
  packageFile,
  renumbered,
  repository,
  sha256,
} from './support/builds.ts';
import { BootedSystem } from './support/bootedSystem.ts';
import { Documents } from './support/documents.ts';
import { OtherPackage, otherSystems } from './support/otherSystems.ts';
import { FreshSystem } from './support/freshSystem.ts';
import { Owner } from './support/owner.ts';
import { Polkit } from './support/polkit.ts';
import { Window } from './support/window.ts';

const run = promisify(execFile);
const names = ['ibctminer', 'ibctminer-cli'] as const;
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  version: string;
};

let system: FreshSystem;
let elsewhere: Promise<string>;
let lintian: Promise<{ stdout: string }>;
let appArmor: Promise<void>;
let window: Window | undefined;
let owner: Owner;
let polkit: Polkit | undefined;
const old: string[] = [];
const documents = new Documents();
const page = 'docs/install.md';

beforeAll(async () => {
  const prepared = FreshSystem.prepare();
  elsewhere = buildElsewhere();
  elsewhere.catch(() => undefined);
  await build();
  const packages = names.map((name) => packageFile(repository, name));
  const options = ['--allow-root', '--tag-display-limit', '0', '--fail-on', 'error,warning'];
  // Debian's archive takes none that are packed as these are for tests, in a tenth of the time. Half of lintian's own time goes
  // into the spelling of what is inside of Chromium and Node, which is never more than a remark.
  const left = ['--suppress-tags', 'malformed-deb-archive', '-X', 'binaries/spelling'];
  lintian = run('nice', ['lintian', ...options, ...left, ...packages]);
  lintian.catch(() => undefined);
  appArmor = readProfile(join(repository, 'scripts/packaging/files/desktop/apparmor'));
  appArmor.catch(() => undefined);
  await prepared;
  system = new FreshSystem();
  owner = new Owner(documents, system.at('srv/apt'));
  for (const name of names) old.push(renumbered(packageFile(repository, name), '0.9.0'));
  owner.publish(...old);
}, 900_000);
afterAll(async () => {
  await window?.end('SIGKILL');
  await polkit?.end();
  owner.remove();
  system.remove();
  rmSync(join(repository, 'test-artefacts/package'), { recursive: true, force: true });
}, 300_000);

/** What docs/install.md says, with the repository that is here. */
const type = (heading: string) => {
  const commands = documents.under(page, heading);
  return system.run(commands.replaceAll('https://ibctminer.github.io/apt/', 'file:///srv/apt/'));
};

/** What docs/install.md says within a sentence. */
const typeOne = (begin: string) => system.run(documents.one(page, begin));

/** What is of the user's, with SHA-256, when nothing runs. */
const profile = () =>
  system.run('find /home/miner/.config/Ibctminer -type f -exec sha256sum {} + | sort').said;

const versions = () => system.run("dpkg-query -W -f '${Version} ' ibctminer ibctminer-cli").said;

/** Everything in a folder of the system that has the program's name in its path, but for what these tests put there. */
const namedIn = (folder: string) => {
  const others = ['/srv/*', '/var/*/apt/*'].map((path) => `-not -path "${path}"`);
  const { said } = system.run(`find ${folder} -xdev -ipath "*ibctminer*" ${others.join(' ')}`);
  return said.trim().split('\n').sort();
};

/** The user's folder, and what of it is kept when nothing but the settings is to be kept. */
const folder = '/home/miner/.config/Ibctminer';
const kept = [folder, `${folder}/confirmed-address.json`, `${folder}/settings.json`];

/** Another byte in the middle; a package stays as long as it was. */
function change(file: string): void {
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(file, bytes);
}

describe('the life of the packages on a Debian that knows nothing of them', () => {
  let begun: number;

  it('are installed from our repository by what the docs say to type', () => {
    begun = performance.now();
    const { status, said } = type('From our repository');
    expect(status, said.slice(-2000)).toBe(0);
    expect(versions()).toBe('0.9.0 0.9.0 ');
  });

  it('start nothing by themselves', () => {
    expect(system.run('find /etc -name "*ibctminer*" -not -path "/etc/apt/*"').said.trim()).toBe(
      '/etc/apparmor.d/ibctminer-desktop',
    );
  });

  it('are set up from the keyboard, and mine for an ordinary user, with the sandbox', async () => {
    window = await Window.open(system);
    await window.setUp();
    await window.mine();
    const seconds = Math.round((performance.now() - begun) / 1000);
    process.stderr.write(`from nothing to a share of the practice pool: ${seconds} s\n`);
    expect(window.isConfined()).toBe(true);
    expect(await window.end('SIGTERM')).toBe(0);
  });

  it('reserve huge pages as the docs tell, and give them back', async () => {
    // Debian's desktops bring polkit; the app comes without it.
    expect(system.run('apt-get install pkexec procps minisign').status).toBe(0);
    polkit = await Polkit.start(system);
    const asked = documents.under(page, 'Huge pages');
    expect(system.runAsUser(asked)).toEqual({ status: 0, said: 'reserved: 1280\n' });
    expect(system.hugePages).toBe(1280);
    // To nobody else, nor for anything else.
    expect(system.runAsUser('pkexec /sbin/sysctl -w vm.nr_hugepages=1').status).toBe(127);
    const byHand = documents.under('docs/huge-pages.md', 'Linux').split(/(?<=conf)\n(?=sudo rm)/);
    expect(byHand).toHaveLength(2);
    const lasting = '/etc/sysctl.d/90-ibctminer.conf';
    for (const [commands, count] of [
      [byHand[0], 1200],
      [byHand[1], 0],
    ] as const) {
      expect(system.run(`${commands}`).status).toBe(0);
      expect(system.hugePages).toBe(count);
      expect(system.run(`test -e ${lasting}`).status).toBe(count > 0 ? 0 : 1);
    }
  });

  it('are not upgraded from a repository that was tampered with', () => {
    // All that they need is there; Debian's own lists take apt far longer than ours.
    system.run('rm /etc/apt/sources.list');
    owner.publish(...names.map((name) => packageFile(repository, name)));
    for (const [file, complaint] of [
      ['dists/stable/InRelease', 'signatures were invalid'],
      ['dists/stable/main/binary-amd64/Packages.gz', 'Hash Sum mismatch'],
      ['pool/ibctminer-cli_1.0.0_amd64.deb', 'Hash Sum mismatch'],
    ] as const) {
      change(system.at(`srv/apt/${file}`));
      const { said } = type('Upgrade');
      expect(said, file).toContain(complaint);
      expect(versions(), file).toBe('0.9.0 0.9.0 ');
      change(system.at(`srv/apt/${file}`));
    }
  });

  it('are upgraded from it, and go on with the user’s settings, history and consent', async () => {
    const before = profile();
    expect(before).toContain('/.config/Ibctminer/history-1/');
    const { status, said } = type('Upgrade');
    expect(status, said.slice(-2000)).toBe(0);
    expect(versions()).toBe(`${version} ${version} `);
    expect(profile()).toBe(before);
    window = await Window.open(system);
    const command = await window.reserveHugePages();
    expect(command).toMatch(/^pkexec \/usr\/libexec\/ibctminer\/reserve-huge-pages \d+$/);
    expect(command).toMatch(new RegExp(` ${system.hugePages}$`));
    await window.mine();
    expect(window.isConfined()).toBe(true);
  });

  it('list in the window what they made, and undo it but for what the user keeps', async () => {
    await window?.openAtLogin();
    const listed = (await window?.uninstall())?.split('\n');
    const made = ['settings.json', 'history-1', 'logs', 'mining', 'browser'];
    expect(listed).toEqual(expect.arrayContaining(made.map((name) => `${folder}/${name}`)));
    expect(listed).toContain('/home/miner/.config/autostart/ibctminer.desktop');
    expect(listed).toContain('sudo apt remove ibctminer');
    expect(listed).toContain('pkexec /usr/libexec/ibctminer/reserve-huge-pages 0');
    expect(system.hugePages).toBe(0);
    expect(await window?.end()).toBe(0);
    await vi.waitFor(() => expect(namedIn('/home')).toEqual(kept), { timeout: 60_000 });
  });

  it('are checked by one command from outside, which names what was changed', async () => {
    const folder = '/usr/lib/ibctminer';
    const list = 'resources/SHA256SUMS';
    owner.sign(readFileSync(join(repository, 'build.log'), 'utf8'), system.at(`${folder}/${list}`));
    const keys = [owner.key];
    const installed = { folder: system.at(folder), list, version, keys, files };
    const found = await compareOwnFiles(installed);
    expect(found).toMatchObject({ state: 'compared', changed: [], missing: [], added: [] });
    const told = documents.one('SECURITY.md', 'cd ').replace('KEY', owner.key);
    // The app shows it with its own folder and key.
    const shown = found.state === 'compared' ? found.command : '';
    expect(shown.replace(`'${system.root}${folder}'`, folder)).toBe(told);
    expect(system.run(told).status).toBe(0);
    const file = `${folder}/resources/app.asar`;
    change(system.at(file));
    const { status, said } = system.run(told);
    expect(status).not.toBe(0);
    expect(said).toContain('resources/app.asar: FAILED');
    change(system.at(file));
    rmSync(system.at(`${folder}/${list}.minisig`));

    const download = owner.release(...names.map((name) => packageFile(repository, name)));
    const check = documents.one('SECURITY.md', 'minisign ').replace('KEY', owner.key);
    const checked = () => run('sh', ['-c', check], { cwd: download });
    expect((await checked()).stdout.match(/^ibctminer.*: OK$/gm)).toHaveLength(2);
    change(join(download, 'SHA256SUMS'));
    await expect(checked()).rejects.toThrow();
  });

  it('are not replaced by something older, and say why', () => {
    old.forEach((file, place) => copyFileSync(file, system.at(`${names[place]}_0.9.0_amd64.deb`)));
    const script = documents.under(page, 'From a file').replaceAll(version, '0.9.0');
    const { status, said } = system.run(`cd /\n${script}`);
    expect(status).not.toBe(0);
    expect(said).toContain('downgrade');
    const dpkg = system.run('dpkg -i /ibctminer_0.9.0_amd64.deb');
    expect(dpkg.status).not.toBe(0);
    expect(dpkg.said).toContain(`${version} is installed, and 0.9.0 is older`);
    expect(versions()).toBe(`${version} ${version} `);
    system.run('rm /ibctminer*.deb');
  });

  it('do not run without the sandbox', async () => {
    const app = system.start('ibctminer-desktop', '--no-sandbox');
    let said = '';
    app.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    const timer = setTimeout(() => app.kill('SIGKILL'), 300_000);
    const code = await new Promise((resolve) => app.once('close', resolve));
    clearTimeout(timer);
    expect(said).toContain('does not run without its sandbox');
    expect(code).toBe(1);
  });

  it.each([
    ['as people type it', () => `exec ${documents.one(page, 'ibctminer --practice')}`],
    [
      'from the folder of an archive',
      () => `cd /usr/lib/ibctminer-cli && exec ${documents.one(page, './node ')}`,
    ],
    [
      'as the service runs it, without a compiler for JavaScript',
      () =>
        'exec /usr/lib/ibctminer-cli/node --jitless --disable-proto=delete /usr/lib/ibctminer-cli/app/dist/miner.js --practice --mode light',
    ],
  ])('mine in the terminal %s', async (_, typed) => {
    const miner = system.start('sh', '-c', typed());
    let said = '';
    miner.stdout?.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise((resolve) => miner.once('exit', resolve));
    await vi.waitFor(() => expect(said).toContain('Share accepted'), { timeout: 300_000 });
    miner.kill('SIGTERM');
    await ended;
  });

  it('speak the language of whoever types', () => {
    const [option] = Object.values(de.terminal.option);
    expect(typeOne('ibctminer --help').said).not.toContain(option);
    expect(system.run(`unset LC_ALL; ${documents.one(page, 'LANG=')}`).said).toContain(option);
  });

  it('mine as a service that systemd starts, as the docs tell', async () => {
    const booted = await BootedSystem.start(system);
    try {
      const commands = documents
        .under(page, 'At boot, on a computer that is yours')
        .replace(/{ .* }/, '{ "practice": true, "mode": "light", "threads": 1 }')
        // It goes on until Ctrl+C.
        .replace('journalctl', 'timeout -s INT 2 journalctl');
      const { status, said } = booted.run(commands);
      expect(status, said).toBe(124);
      const log = () => booted.run('journalctl --no-pager -o cat -u ibctminer').said;
      await vi.waitFor(() => expect(log()).toContain('Share accepted'), { timeout: 300_000 });
      const process = booted.run('cat /proc/$(systemctl show -P MainPID ibctminer)/status').said;
      expect(process).toMatch(/^Uid:\t6\d{4}\t/m);
      expect(process).toMatch(/^NoNewPrivs:\t1\nSeccomp:\t2$/m);
      booted.run(documents.one(page, 'sudo systemctl disable'));
      const ended = 'systemctl show -P Result -P ActiveState -P UnitFileState ibctminer';
      expect(booted.run(ended).said.trim().split('\n').sort()).toEqual([
        'disabled',
        'inactive',
        'success',
      ]);
    } finally {
      await booted.end();
    }
  });

  it('load their AppArmor profile only where it parses', () => {
    const asked = (parses: boolean) => {
      const parser = `#!/bin/sh\necho "$@"\n[ "$1" != --skip-kernel-load ] || ${parses}\n`;
      writeFileSync(system.at('usr/local/sbin/apparmor_parser'), parser, { mode: 0o755 });
      const kernel =
        'mount -t tmpfs none /sys/kernel/security; mkdir /sys/kernel/security/apparmor';
      const path = 'PATH=/usr/local/sbin:$PATH';
      return system.run(`${kernel}; ${path} /var/lib/dpkg/info/ibctminer.postinst configure`);
    };
    const profile = '/etc/apparmor.d/ibctminer-desktop';
    const tried = `--skip-kernel-load --quiet ${profile}\n`;
    const loaded = `--replace --write-cache --skip-read-cache ${profile}\n`;
    expect(asked(false)).toEqual({ status: 0, said: tried });
    expect(asked(true)).toEqual({ status: 0, said: tried + loaded });
    system.run('rm /usr/local/sbin/apparmor_parser');
  });

  it('reserve only so many huge pages', () => {
    const helper = '/usr/libexec/ibctminer/reserve-huge-pages';
    for (const wrong of ['', '-1', '1e3', '99999', '8193', '5 5', '"$(id)"']) {
      expect(system.run(`${helper} ${wrong}`)).toEqual({
        status: 2,
        said: 'usage: reserve-huge-pages COUNT (0 to 8192)\n',
      });
    }
  });

  it('load neither an engine nor a koffi that is not their own', () => {
    for (const file of ['*/koffi.node', '*/librandomx_native.so']) {
      system.run(
        `find /usr/lib/ibctminer-cli -path "${file}" -exec sh -c 'cp $0 /tmp/kept; echo >>$0' {} \\;`,
      );
      const { status, said } = system.run('ibctminer --practice --duration 20');
      expect(said).toContain('was changed after it was');
      expect(status).toBe(1);
      system.run(`find /usr/lib/ibctminer-cli -path "${file}" -exec cp /tmp/kept {} \\;`);
    }
  });

  it('leave exactly what is the user’s when they are purged', () => {
    const { status, said } = type('Remove');
    expect(status, said.slice(-2000)).toBe(0);
    typeOne('sudo rm ');
    const configuration = ['/etc/ibctminer', '/etc/ibctminer/config.json'];
    expect(namedIn('/')).toEqual([...configuration, ...kept]);
  });

  it('had everything typed that the documents tell to type', () => {
    expect(documents.untyped).toEqual([]);
  });
});

describe('the packages', () => {
  it('are without fault for lintian, but for what is named', async () => {
    expect((await lintian.catch((error: unknown) => error as { stdout: string })).stdout).toBe('');
  });

  it('have what desktops, systemd and AppArmor want to know', async () => {
    const root = join(repository, 'release/staging/ibctminer/usr/share');
    await run('desktop-file-validate', [join(root, 'applications/ibctminer.desktop')]);
    const sizes = [16, 24, 32, 48, 64, 128, 256, 512].map((size) => `${size}x${size}`);
    expect(files.readdirSync(join(root, 'icons/hicolor')).sort()).toEqual(
      [...sizes, 'scalable'].sort(),
    );
    const metainfo = join(root, 'metainfo/io.github.ibctminer.metainfo.xml');
    await run('appstreamcli', ['validate', '--no-net', metainfo]);
    const unit = join(
      repository,
      'release/staging/ibctminer-cli/usr/lib/systemd/system/ibctminer.service',
    );
    await appArmor;
    // It misses a miner that is not installed here, and nothing else.
    const { stderr } = await run('systemd-analyze', ['verify', '--man=no', unit]).catch(
      (error: unknown) => error as { stderr: string },
    );
    const complaints = stderr.split('\n').filter((line) => line.includes('ibctminer'));
    expect(complaints).toEqual([expect.stringContaining('ibctminer-cli/node is not executable')]);
    // 0 to 100, of what a service could still do: lower is better.
    await run('systemd-analyze', ['security', '--offline=yes', '--threshold=20', unit]);
  });

  it.each([
    ['ibctminer/usr/lib/ibctminer/resources', ['electron', 'react', 'socks']],
    ['ibctminer-cli/usr/lib/ibctminer-cli', ['node', 'json5', 'socks']],
  ])('list what others made that is in %s, each with its licence', (folder, some) => {
    const read = (file: string) =>
      readFileSync(join(repository, 'release/staging', folder, file), 'utf8');
    const bill = read('sbom.cdx.json');
    expect(billFaults(bill)).toBeNull();
    const { components } = JSON.parse(bill) as {
      components: { name: string; version: string; description?: string }[];
    };
    expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(some));
    const licences = read('LICENSES.txt');
    const own = 'randomx-native-prebuilt';
    for (const { name, version, description } of components) {
      if (name !== own)
        expect(description ?? licences).toMatch(new RegExp(`Licences: |^${name} ${version} `, 'm'));
    }
  });

  it('list their own files as sha256sum checks them', async () => {
    const cwd = join(repository, 'release/staging/ibctminer/usr/lib/ibctminer');
    await run('sha256sum', ['--quiet', '--strict', '-c', 'resources/SHA256SUMS'], { cwd });
  });

  it('are the same bytes from another folder, mask, time zone, language and home', async () => {
    const other = await elsewhere;
    for (const name of names) {
      expect(contents(other, name)).toEqual(contents(repository, name));
      expect(sha256(packageFile(other, name))).toBe(sha256(packageFile(repository, name)));
    }
  });
});

describe.each(otherSystems)('the app for $target', (system) => {
  let made: OtherPackage;
  beforeAll(async () => {
    made = await OtherPackage.make(system, await elsewhere);
  }, 900_000);

  it('is made of what it needs there, and nothing else', () => {
    const { target, app } = system;
    const koffi = `resources/app.asar.unpacked/node_modules/@koromix/koffi-${target}`;
    expect(made.files()).toEqual(
      [
        app.program,
        'locales/en-US.pak',
        'resources/app.asar',
        ...['index.js', 'package.json'].map((file) => `${koffi}/${file}`),
        `${koffi}/${target.replace('-', '_')}/koffi.node`,
        `resources/native/${app.engine}`,
        'resources/LICENSE.ibctminer.txt',
        'resources/LICENSES.txt',
        'resources/sbom.cdx.json',
      ].sort(),
    );
  });

  it('hashes there as RandomX does', () => {
    expect(made.hash()).toEqual({
      system: system.target,
      hash: '639183aae1bf4c9a35884cb46b09cad9175f04efd7684e7262a0ac1c2f0b4e3f',
    });
  });

  it.runIf(system.target === 'win32-x64')('is told there how the computer is used', () => {
    expect(made.senses()).toEqual({
      battery: { isInUse: null, percent: null },
      isFullScreen: false,
      programs: expect.arrayContaining([system.app.program, 'services.exe']) as unknown,
    });
  });

  it('loads neither an engine nor a koffi that is not its own', () => {
    for (const name of [system.app.engine, 'koffi.node']) {
      const file = join(made.folder, made.files().find((path) => path.endsWith(name)) ?? '');
      const bytes = readFileSync(file);
      change(file);
      expect(made.hash(), name).toMatchObject({ code: 'libraryMismatch' });
      writeFileSync(file, bytes);
    }
  });
});
