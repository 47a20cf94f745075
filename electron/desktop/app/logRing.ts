import type { LogEntry } from '../../contract/ipc.ts';
import { systemClock, type Clock } from '../../core/clock.ts';
import { redact } from '../../core/wallet/redact.ts';

const CAPACITY = 1000;
/** A share with a long blob is the longest thing said; pools' own words are cut long before. */
const MAX_TEXT_LENGTH = 1200;

/** The newest log lines, in memory only, with addresses redacted before they are kept. */
export class LogRing {
  readonly #entries: LogEntry[] = [];
  readonly #onEntry: (entry: LogEntry) => void;
  readonly #clock: Pick<Clock, 'wallMs'>;

  constructor(onEntry: (entry: LogEntry) => void, clock: Pick<Clock, 'wallMs'> = systemClock) {
    this.#clock = clock;
    this.#onEntry = onEntry;
  }

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  add(level: LogEntry['level'], text: string): void {
    const entry = {
      timeMs: this.#clock.wallMs(),
      level,
      text: redact(text.slice(0, MAX_TEXT_LENGTH)),
    };
    this.#entries.push(entry);
    if (this.#entries.length > CAPACITY) this.#entries.shift();
    this.#onEntry(entry);
  }
}
