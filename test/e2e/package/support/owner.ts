import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { repository } from './builds.ts';
import type { Documents } from './documents.ts';

const page = 'docs/RELEASING.md';
const gpgKey = 'Ibctminer packages';
/** What a person answers at gpg's prompts: that the key has no password. */
const gpgAnswers = 'batch\npinentry-mode loopback\npassphrase-fd 0\n';

/** Who makes a release, as docs/RELEASING.md tells, with keys that only this object has. */
export class Owner {
  /** minisign's public key, in one line. */
  readonly key: string;
  readonly #documents: Documents;
  readonly #home = mkdtempSync('/tmp/ibctminer-owner-');

  /** `apt`: the folder that is served. */
  constructor(documents: Documents, apt: string) {
    this.#documents = documents;
    mkdirSync(apt, { recursive: true });
    symlinkSync(apt, join(this.#home, 'apt'));
    symlinkSync(join(repository, 'scripts'), join(this.#home, 'scripts'));
    mkdirSync(join(this.#home, 'gpg'), { mode: 0o700 });
    writeFileSync(join(this.#home, 'gpg/gpg.conf'), gpgAnswers);
    this.#type(documents.one(page, 'minisign -G'));
    this.key = readFileSync(join(this.#home, 'now.pub'), 'utf8').trim().split('\n').at(-1) ?? '';
    this.#type(documents.one(page, 'gpg --quick-gen-key'));
    this.#type(documents.one(page, 'gpg --export'));
  }

  /** Lists these packages in the apt repository beside those that it has, and signs as it is told to. */
  publish(...debs: readonly string[]): void {
    this.#lay('release', debs);
    const commands = ['mkdir -p apt/pool', 'cp release/', 'node scripts/release/apt.mjs'];
    const said = this.#type(commands.map((one) => this.#documents.one(page, one)).join(' && '));
    for (const [command] of said.matchAll(/gpg .*/g)) this.#type(command);
  }

  /** A folder with these files, their list and its signature; the app's own list of releases is tried elsewhere. */
  release(...files: readonly string[]): string {
    const folder = this.#lay('published', files);
    const list = this.#documents.one(page, 'node scripts/release/list.mjs');
    const told = this.#type(list.replace('FOLDER', folder));
    this.sign(told.replace(/.*release\.json.*/, ''));
    return folder;
  }

  /** Signs as `told`; `file` in the place of the one that is named there. */
  sign(told: string, file?: string): void {
    for (const [command] of told.matchAll(/minisign -S .*/g)) {
      const replaced = file === undefined ? command : command.replace(/-m '.*'/, `-m '${file}'`);
      this.#type(replaced.replace('KEY', 'now.key'));
    }
  }

  remove(): void {
    this.#type('gpgconf --kill all');
    rmSync(this.#home, { recursive: true, force: true });
  }

  #lay(name: string, files: readonly string[]): string {
    const folder = join(this.#home, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const file of files) cpSync(file, join(folder, basename(file)));
    return folder;
  }

  /** What it says on stderr. */
  #type(command: string): string {
    const { status, stderr } = spawnSync('sh', ['-c', command.replace('KEY', `'${gpgKey}'`)], {
      cwd: this.#home,
      encoding: 'utf8',
      env: {
        ...{ ...process.env, GNUPGHOME: join(this.#home, 'gpg') },
        PATH: `${join(repository, 'node_modules/.bin')}:${process.env['PATH']}`,
      },
      // minisign asks twice for a password: none.
      input: command.startsWith('minisign') ? '\n\n' : '',
    });
    if (status !== 0) throw new Error(`${command}\n${stderr}`);
    return stderr;
  }
}
