import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repository } from './builds.ts';

/** An apt repository as docs/RELEASING.md makes it, in `folder`, with a key that only this object has. */
export class AptRepository {
  readonly folder: string;
  readonly #keys: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(join(folder, 'pool'), { recursive: true });
    this.#keys = mkdtempSync('/tmp/ibctminer-gpg-');
    this.#type(
      "gpg --batch --passphrase '' --quick-gen-key 'A test <test@example.org>' ed25519 sign never",
    );
    this.#type(`gpg --export KEY >'${folder}/ibctminer.gpg'`);
  }

  /** Lists these packages beside those that it has, and signs as it is told to. */
  publish(...debs: readonly string[]): void {
    for (const deb of debs) copyFileSync(deb, join(this.folder, 'pool', basename(deb)));
    const script = join(repository, 'scripts/release/apt.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, this.folder], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    for (const [command] of stderr.matchAll(/gpg .*/g)) this.#type(command);
  }

  remove(): void {
    this.#type('gpgconf --kill all');
    rmSync(this.#keys, { recursive: true, force: true });
  }

  #type(command: string): void {
    execFileSync('sh', ['-c', command.replace('KEY', 'test@example.org')], {
      env: { ...process.env, GNUPGHOME: this.#keys },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }
}
