import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CONSENT_VERSION, defaultSettings } from '../../../electron/contract/settings.ts';
import { freePort } from '../../support/ports.ts';
import { isConfined } from '../desktop/support/processes.ts';
import {
  build,
  buildElsewhere,
  contents,
  packageFile,
  renumbered,
  repository,
  sha256,
} from './support/builds.ts';
import { FreshSystem } from './support/freshSystem.ts';

const run = promisify(execFile);
const names = ['ibctminer', 'ibctminer-cli'] as const;
const token = 'package-test-token';

let system: FreshSystem;
let elsewhere: Promise<string>;
let lintian: Promise<{ stdout: string }>;
let port: number;

beforeAll(async () => {
  await build();
  // Both take a processor each while the rest mostly waits.
  elsewhere = buildElsewhere();
  elsewhere.catch(() => undefined);
  const options = ['--allow-root', '--tag-display-limit', '0', '--fail-on', 'error,warning'];
  lintian = run('lintian', [...options, ...names.map((name) => packageFile(repository, name))]);
  lintian.catch(() => undefined);
  system = new FreshSystem();
  port = await freePort();
  for (const name of names) {
    const file = packageFile(repository, name);
    copyFileSync(renumbered(file, '0.9.0'), system.at(`tmp/${name}_old.deb`));
    copyFileSync(file, system.at(`tmp/${name}_new.deb`));
  }
}, 900_000);
afterAll(() => {
  system.remove();
  rmSync(join(repository, 'test-artefacts/package'), { recursive: true, force: true });
}, 300_000);

const install = (age: 'old' | 'new') =>
  system.run(
    `apt-get install -y --no-install-recommends /tmp/ibctminer_${age}.deb /tmp/ibctminer-cli_${age}.deb`,
  );

/** What the running app's API says. */
async function summary() {
  const answer = await fetch(`http://127.0.0.1:${port}/2/summary`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await answer.json()) as { results: { shares_good: number } };
}

/** Runs the window until it has mined so many shares, and ends it; tells whether its page was confined. */
async function mine(shares: number): Promise<{ confined: boolean; code: number | null }> {
  const app = system.start('ibctminer-desktop');
  const ended = new Promise<number | null>((resolve) => app.once('exit', resolve));
  try {
    await vi.waitFor(
      async () => expect((await summary()).results.shares_good).toBeGreaterThanOrEqual(shares),
      { timeout: 300_000, interval: 1000 },
    );
    const pages = processesOf('/usr/lib/ibctminer/ibctminer-desktop').filter(({ args }) =>
      args.includes('--type=renderer'),
    );
    return {
      confined: pages.length > 0 && pages.every(({ pid }) => isConfined(pid)),
      code: await end(),
    };
  } finally {
    app.kill('SIGKILL');
  }
  async function end() {
    app.kill('SIGTERM');
    return ended;
  }
}

function processesOf(program: string) {
  return readdirSync('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .map((pid) => ({ pid, args: argsOf(pid) }))
    .filter(({ args }) => args.startsWith(program));
}

function argsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

const settingsFile = () => system.at('home/miner/.config/Ibctminer/settings.json');

function writeSettings(): void {
  mkdirSync(join(settingsFile(), '..'), { recursive: true });
  const basis = defaultSettings();
  const settings = {
    ...basis,
    consent: { version: CONSENT_VERSION, givenAtMs: 1_790_000_000_000 },
    work: 'practice',
    power: { profile: 'custom', threads: 1, mode: 'light' },
    rules: { ...basis.rules, startAtLaunch: true, pauseOnBattery: false },
    api: { enabled: true, port, token },
  };
  writeFileSync(settingsFile(), JSON.stringify(settings));
  system.run('chown -R miner:miner /home/miner');
}

describe('the life of the packages on a Debian that knows nothing of them', () => {
  it('are installed by apt, which finds everything that they need', () => {
    const { status, said } = install('old');
    expect(status, said.slice(-2000)).toBe(0);
    expect(system.run("dpkg-query -W -f '${Version} ' ibctminer ibctminer-cli").said).toBe(
      '0.9.0 0.9.0 ',
    );
  });

  it('start nothing by themselves', () => {
    expect(system.run('find /etc -name "*ibctminer*"').said.trim()).toBe(
      '/etc/apparmor.d/ibctminer-desktop',
    );
  });

  it('mine for an ordinary user, with the sandbox', async () => {
    writeSettings();
    expect(await mine(2)).toEqual({ confined: true, code: 0 });
  });

  it('are upgraded, and go on with the user’s settings and consent', async () => {
    const before = JSON.parse(readFileSync(settingsFile(), 'utf8')) as object;
    const { status, said } = install('new');
    expect(status, said.slice(-2000)).toBe(0);
    expect(JSON.parse(readFileSync(settingsFile(), 'utf8'))).toEqual(before);
    expect(await mine(1)).toEqual({ confined: true, code: 0 });
  });

  it('are not replaced by something older, and say why', () => {
    const apt = install('old');
    expect(apt.status).not.toBe(0);
    expect(apt.said).toContain('downgrade');
    const dpkg = system.run('dpkg -i /tmp/ibctminer_old.deb');
    expect(dpkg.status).not.toBe(0);
    expect(system.run("dpkg-query -W -f '${Version}' ibctminer").said).not.toBe('0.9.0');
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
    ['as people type it', 'ibctminer'],
    [
      'as the service runs it, without a compiler for JavaScript',
      '/usr/lib/ibctminer-cli/node --jitless --disable-proto=delete /usr/lib/ibctminer-cli/app/dist/miner.js',
    ],
  ])('mine in the terminal %s', async (_, typed) => {
    const miner = system.start(
      ...typed.split(' '),
      ...['--practice', '--mode', 'light', '--threads', '1', '--json', '--duration', '600'],
    );
    let said = '';
    miner.stdout?.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise((resolve) => miner.once('exit', resolve));
    await vi.waitFor(() => expect(said).toContain('"event":"accepted"'), { timeout: 300_000 });
    miner.kill('SIGTERM');
    expect(await ended).toBe(0);
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
    const { status, said } = system.run('apt-get purge -y ibctminer ibctminer-cli');
    expect(status, said.slice(-2000)).toBe(0);
    const left = system.run(
      'find / -xdev -iname "*ibctminer*" -not -path "/tmp/*" -not -path "/var/cache/apt/*"',
    );
    expect(left.said.trim().split('\n')).toEqual(['/home/miner/.config/Ibctminer']);
  });
});

describe('the packages', () => {
  it('are without fault for lintian, but for what is named', async () => {
    expect((await lintian.catch((error: unknown) => error as { stdout: string })).stdout).toBe('');
  });

  it('have what desktops and systemd want to know', async () => {
    const root = join(repository, 'release/staging/ibctminer/usr/share');
    await run('desktop-file-validate', [join(root, 'applications/ibctminer.desktop')]);
    const metainfo = join(root, 'metainfo/io.github.ibctminer.metainfo.xml');
    await run('appstreamcli', ['validate', '--no-net', metainfo]);
    const unit = join(
      repository,
      'release/staging/ibctminer-cli/usr/lib/systemd/system/ibctminer.service',
    );
    // 0 to 100, of what a service could still do: lower is better.
    await run('systemd-analyze', ['security', '--offline=yes', '--threshold=20', unit]);
  });

  it('are the same bytes from another folder, mask, time zone, language and home', async () => {
    const other = await elsewhere;
    for (const name of names) {
      expect(contents(other, name)).toEqual(contents(repository, name));
      expect(sha256(packageFile(other, name))).toBe(sha256(packageFile(repository, name)));
    }
  });
});
