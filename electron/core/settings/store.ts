import { chmodSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { problem, type Problem } from '../../contract/problem.ts';
import {
  defaultSettings,
  settings as settingsSchema,
  type Settings,
} from '../../contract/settings.ts';
import { systemClock, type Clock } from '../clock.ts';
import { ConfirmedAddress } from './confirmedAddress.ts';
import { readDocument } from './document.ts';
import { attempt, readTextFile, removeFile, removeLeftovers, replaceFile } from './files.ts';
import { madeFile, type Made } from './made.ts';
import { ownLogins, withConfirmedLogins } from './ownLogins.ts';

const FILE_NAME = 'settings.json';
/** Far beyond any real document; a bigger file is something else. */
const MAX_BYTES = 1_000_000;

/** Somebody else wrote another address into the settings. The confirmed one stays in use until the user decides. */
export interface AddressAlert {
  readonly confirmed: string | null;
  readonly found: string | null;
}

/**
 * Keeps the settings in one file of `folder`, readable by its user only, and never half-written. Where nothing can be
 * written, or the file there cannot be used, changes last as long as the app runs, and `notice` says so.
 */
export class SettingsStore {
  /** What the user must be told about the file found at launch; null when all is well. */
  readonly notice: Problem | null;
  readonly file: string;
  readonly #confirmed: ConfirmedAddress;
  readonly #isKept: boolean;
  #current: Settings;
  #alert: AddressAlert | null = null;
  /** Of the file as it was last read or written. */
  #seen: string;

  constructor(folder: string, clock: Pick<Clock, 'wallMs'> = systemClock) {
    this.file = join(folder, FILE_NAME);
    this.#confirmed = new ConfirmedAddress(folder);
    const opened = open(folder, this.file, clock.wallMs());
    this.notice = opened.notice;
    this.#isKept = opened.isKept;
    this.#seen = stampOf(this.file);
    this.#current = this.#guarded(opened.settings);
  }

  get current(): Settings {
    return this.#current;
  }

  get addressAlert(): AddressAlert | null {
    return this.#alert;
  }

  /** The document, the confirmed address, and documents that were set aside. */
  made(): readonly Made[] {
    const files = [this.file, ...setAside(dirname(this.file))];
    return [...files.map((file) => madeFile('settings', file)), this.#confirmed.made()];
  }

  /** On a problem the old document stays, on disk and in `current`. */
  save(settings: Settings): Problem | null {
    const document = settingsSchema.parse(settings);
    if (this.#isKept) {
      // Somebody may have tidied the folder away meanwhile.
      const reason =
        makeFolder(dirname(this.file)) ??
        replaceFile(this.file, `${JSON.stringify(document, null, 2)}\n`);
      if (reason !== null) return problem('settingsUnwritable', { file: this.file, reason });
      this.#seen = stampOf(this.file);
      // Logins that come this way were typed in the app; an address is confirmed by itself.
      const { address } = this.#confirmed.known ?? { address: document.wallet?.address ?? null };
      this.#confirm(address, document);
    }
    this.#current = document;
    return null;
  }

  /** The user has seen and confirmed this address, or that there is none. */
  confirmAddress(address: string | null): void {
    this.#alert = null;
    this.#confirmed.confirm({ address, logins: ownLogins(this.#current) });
  }

  /** Takes over what somebody else has written since. True when anything is different now; a file that cannot be used is left alone. */
  takeOutsideChanges(): boolean {
    const stamp = stampOf(this.file);
    if (stamp === this.#seen) return false;
    this.#seen = stamp;
    const text = readTextFile(this.file, MAX_BYTES);
    if (!text.ok || text.value === null) return false;
    const read = readDocument(text.value);
    if (!read.ok) return false;
    const before = JSON.stringify([this.#current, this.#alert]);
    this.#current = this.#guarded(read.value);
    return JSON.stringify([this.#current, this.#alert]) !== before;
  }

  /** The document with only confirmed addresses in it; another one raises the alert. */
  #guarded(found: Settings): Settings {
    const address = found.wallet?.address ?? null;
    const { known } = this.#confirmed;
    if (known === undefined) {
      this.#confirm(address, found);
      return found;
    }
    const logins = known.logins ?? ownLogins(found);
    this.#confirmed.confirm({ ...known, logins });
    const confirmed = known.address;
    const { pools, foreign } = withConfirmedLogins(found.pools, { address: confirmed, logins });
    if (address !== confirmed) this.#alert = { confirmed, found: address };
    else this.#alert = foreign === null ? null : { confirmed, found: foreign };
    return { ...found, pools, wallet: confirmed === null ? null : { address: confirmed } };
  }

  /** A profile that names nobody to mine for yet gets no file. */
  #confirm(address: string | null, from: Settings): void {
    const logins = ownLogins(from);
    const isSomebody = address !== null || Object.keys(logins).length > 0;
    if (this.#confirmed.known !== undefined || isSomebody)
      this.#confirmed.confirm({ address, logins });
  }
}

interface Opened {
  readonly settings: Settings;
  readonly notice: Problem | null;
  readonly isKept: boolean;
}

function open(folder: string, file: string, wallMs: number): Opened {
  makeFolder(folder);
  // Others may not look in; what its owner took from himself stays taken.
  attempt(() => chmodSync(folder, statSync(folder).mode & 0o700));
  removeLeftovers(file);
  const text = readTextFile(file, MAX_BYTES);
  if (!text.ok) return unusable(file, text.error);
  const refusal = whyNotWritable(file);
  const notKept = refusal && problem('settingsNotKept', { folder, reason: refusal });
  const kept = { notice: notKept, isKept: notKept === null };
  if (text.value === null) return { settings: defaultSettings(), ...kept };
  const read = readDocument(text.value);
  if (read.ok) return { settings: read.value, ...kept };
  const aside = asideOf(file, wallMs);
  // Nothing of the user's is deleted: the file gets another name, and the user is told which.
  if (attempt(() => renameSync(file, aside)) !== null) return unusable(file, read.error);
  const notice = problem('settingsSetAside', { fault: read.error, aside });
  return { settings: defaultSettings(), notice, isKept: true };
}

function makeFolder(folder: string): Problem | null {
  return attempt(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
}

/** A file that cannot be used is never written over: it may be perfectly good. */
function unusable(file: string, reason: Problem): Opened {
  const notice = problem('settingsUnusable', { file, reason });
  return { settings: defaultSettings(), notice, isKept: false };
}

function asideOf(file: string, wallMs: number): string {
  const stamp = new Date(wallMs).toISOString().replaceAll(':', '-');
  return file.replace(/\.json$/, `.old-${stamp}.json`);
}

function setAside(folder: string): readonly string[] {
  let names: readonly string[] = [];
  attempt(() => {
    names = readdirSync(folder).filter((name) => /^settings\.old-.*\.json$/.test(name));
  });
  return names.map((name) => join(folder, name));
}

/** Tried, because rights say nothing of read-only and full disks. */
function whyNotWritable(file: string): Problem | null {
  const probe = `${file}.${process.pid}.tmp`;
  const refusal = attempt(() => writeFileSync(probe, '', { mode: 0o600 }));
  if (refusal === null) removeFile(probe);
  return refusal;
}

/** Changes whenever the file does. */
function stampOf(file: string): string {
  let stamp = '';
  attempt(() => {
    const { ino, mtimeMs, size } = statSync(file);
    stamp = `${ino} ${mtimeMs} ${size}`;
  });
  return stamp;
}
