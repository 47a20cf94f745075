import { chmodSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  SETTINGS_VERSION,
  defaultSettings,
  settings as settingsSchema,
  type Settings,
} from '../../contract/settings.ts';
import type { Problem } from '../../contract/snapshot.ts';
import { removeLeftovers, writeAtomically } from './atomicFile.ts';
import { migrate, type OldDocument } from './migrations.ts';

const FILE_NAME = 'settings.json';
/** Far beyond any real document; a bigger file is something else. */
const MAX_BYTES = 1_000_000;

/** Codes: `settings_damaged`, `settings_newer`, `settings_unreadable`, `settings_unwritable`. */
type Opened = { readonly settings: Settings; readonly notice: Problem | null };

/** Keeps the settings in one file of `folder`, readable by its user only, and never half-written. */
export class SettingsStore {
  /** What the user must be told about the file found at launch; null when all is well. */
  readonly notice: Problem | null;
  readonly file: string;
  #current: Settings;
  /** A file that could not even be read is not written over: it may be perfectly good. */
  readonly #mayWrite: boolean;

  constructor(folder: string, nowMs: () => number = Date.now) {
    this.file = join(folder, FILE_NAME);
    const opened = open(folder, this.file, nowMs);
    this.#current = opened.settings;
    this.notice = opened.notice;
    this.#mayWrite = opened.notice?.code !== 'settings_unreadable';
  }

  get current(): Settings {
    return this.#current;
  }

  /** On a problem the old document stays, on disk and in `current`. */
  save(settings: Settings): Problem | null {
    if (!this.#mayWrite) return this.notice;
    const document = settingsSchema.parse(settings);
    try {
      writeAtomically(this.file, `${JSON.stringify(document, null, 2)}\n`);
    } catch (error) {
      return {
        code: 'settings_unwritable',
        message: `The settings could not be saved to ${this.file} (${reasonOf(error)}). Check the free space and the permissions there, then try again.`,
      };
    }
    this.#current = document;
    return null;
  }
}

function open(folder: string, file: string, nowMs: () => number): Opened {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    removeLeftovers(file);
    const text = read(file);
    if (text === null) return { settings: defaultSettings(), notice: null };
    const document = parse(text);
    if ('settings' in document) return { settings: document.settings, notice: null };
    return { settings: defaultSettings(), notice: setAside(file, document.fault, nowMs()) };
  } catch (error) {
    return {
      settings: defaultSettings(),
      notice: {
        code: 'settings_unreadable',
        message: `The settings in ${file} cannot be read (${reasonOf(error)}), so nothing you change now is kept. Check the permissions there, then start again.`,
      },
    };
  }
}

/** Null when there is no file. A file of absurd size is given back as an empty, thus damaged, text. */
function read(file: string): string | null {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return null;
  return size > MAX_BYTES ? '' : readFileSync(file, 'utf8');
}

function parse(
  text: string,
): { readonly settings: Settings } | { readonly fault: 'damaged' | 'newer' } {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { fault: 'damaged' };
  }
  if (!isDocument(document)) return { fault: 'damaged' };
  const version = document['version'];
  if (typeof version === 'number' && version > SETTINGS_VERSION) return { fault: 'newer' };
  const parsed = settingsSchema.safeParse(migrate(document, SETTINGS_VERSION));
  return parsed.success ? { settings: parsed.data } : { fault: 'damaged' };
}

function isDocument(value: unknown): value is OldDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing of the user's is deleted: the file gets another name, and the user is told which. */
function setAside(file: string, fault: 'damaged' | 'newer', nowMs: number): Problem {
  const stamp = new Date(nowMs).toISOString().replaceAll(':', '-');
  const aside = file.replace(/\.json$/, `.${fault}-${stamp}.json`);
  renameSync(file, aside);
  const what =
    fault === 'newer' ? 'were written by a newer version of this app' : 'were damaged on disk';
  return {
    code: `settings_${fault}`,
    message: `Your settings ${what}, so the app starts with fresh ones. The old file was kept as ${aside}.`,
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return String(error);
}
