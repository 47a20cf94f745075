import type { LogEntry } from '../shared/ipc.ts';

const CAPACITY = 1000;
const MAX_TEXT_LENGTH = 500;

/** Any run of base58 as long as a Monero address, or nearly: a mistyped address is somebody's address too. */
const addressLike = /[1-9A-HJ-NP-Za-km-z]{80,}/g;

/** Takes Monero addresses out of a text that others will read. */
export function redactAddresses(text: string): string {
  return text.replace(addressLike, '[address]');
}

/** The newest log lines, in memory only, with addresses redacted before they are kept. */
export class LogRing {
  readonly #entries: LogEntry[] = [];
  readonly #onEntry: (entry: LogEntry) => void;

  constructor(onEntry: (entry: LogEntry) => void) {
    this.#onEntry = onEntry;
  }

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  add(level: LogEntry['level'], text: string): void {
    const entry = {
      timeMs: Date.now(),
      level,
      text: redactAddresses(text.slice(0, MAX_TEXT_LENGTH)),
    };
    this.#entries.push(entry);
    if (this.#entries.length > CAPACITY) this.#entries.shift();
    this.#onEntry(entry);
  }
}
