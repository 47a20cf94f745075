import { systemClock, type Clock } from '../../clock.ts';
import { escapeUnprintable } from './printable.ts';

/** One line that went over the wire, with address and session id already taken out. */
export interface InspectedMessage {
  /** Unix time in ms. */
  readonly timeMs: number;
  readonly direction: 'sent' | 'received';
  readonly text: string;
}

const DEFAULT_CAPACITY = 200;
const MAX_TEXT_LENGTH = 2048;
const ADDRESS = /[1-9A-HJ-NP-Za-km-z]{94,108}/g;

/** Remembers the last messages both ways, so that users can see, and show others, what was said. `onMessage` hears each at once. */
export class Inspector {
  readonly #clock: Pick<Clock, 'wallMs'>;
  readonly #capacity: number;
  readonly #onMessage: (message: InspectedMessage) => void;
  readonly #messages: InspectedMessage[] = [];

  constructor(
    clock: Pick<Clock, 'wallMs'> = systemClock,
    capacity = DEFAULT_CAPACITY,
    onMessage: (message: InspectedMessage) => void = () => undefined,
  ) {
    this.#clock = clock;
    this.#capacity = capacity;
    this.#onMessage = onMessage;
  }

  record(direction: InspectedMessage['direction'], line: string): void {
    const message = { timeMs: this.#clock.wallMs(), direction, text: redact(line) };
    this.#messages.push(message);
    if (this.#messages.length > this.#capacity) this.#messages.shift();
    this.#onMessage(message);
  }

  /** Oldest first. */
  messages(): readonly InspectedMessage[] {
    return [...this.#messages];
  }
}

/** Takes out what identifies the miner (login, password, rig name, session id, any Monero address), and what a terminal would act upon. */
export function redact(line: string): string {
  const text = line.slice(0, MAX_TEXT_LENGTH);
  return escapeUnprintable(redactMembers(line, text).replaceAll(ADDRESS, '<address>'));
}

/** Session ids are the `id` members with text in them; the numbers of requests stay. */
const secretMembers: ReadonlyMap<string, string> = new Map([
  ['id', '<session>'],
  ['login', '<login>'],
  ['pass', '<pass>'],
  ['rigid', '<rig>'],
]);

function redactMembers(line: string, fallback: string): string {
  try {
    const message: unknown = JSON.parse(line);
    return JSON.stringify(message, hideSecret).slice(0, MAX_TEXT_LENGTH);
  } catch {
    // Not JSON (cut short, or junk): members cannot be told apart, so their values go by pattern.
    return fallback.replaceAll(
      /("(?:id|login|pass|rigid)"\s*:\s*)"(?:[^"\\]|\\.)*"?/g,
      '$1"<hidden>"',
    );
  }
}

function hideSecret(key: string, value: unknown): unknown {
  return typeof value === 'string' ? (secretMembers.get(key) ?? value) : value;
}
