/**
 * Lines both ways: one JSON object each, ended by LF.
 * Neither direction holds more than a fixed amount, whatever the other side does.
 */

/** Longest line taken from a pool; real ones are below 1 KB, proxies' below 8 KB. */
export const MAX_RECEIVED_LINE_BYTES = 64 * 1024;
/** p2pool bans for 1024 bytes and more, others take at least 8 KB. */
export const MAX_LOGIN_LINE_BYTES = 1000;
export const MAX_SENT_LINE_BYTES = 8000;
/** Of a session or job id, escaped: two of them leave room for the rest of a line. */
const MAX_ID_BYTES = 2048;

const FIRST_BUFFER_BYTES = 2048;
const LF = 0x0a;

/** What a chunk completed. After `overflow` the splitter takes nothing more. */
export interface SplitResult {
  readonly lines: readonly string[];
  /** A line grew beyond the limit: close the connection. */
  readonly overflow: boolean;
}

/** Cuts a byte stream into lines (without LF); blank ones are left out. */
export class LineSplitter {
  readonly #limit: number;
  /** The unfinished line; grows by doubling, never beyond the limit. */
  #buffer = Buffer.alloc(FIRST_BUFFER_BYTES);
  #length = 0;
  #overflowed = false;

  constructor(limit = MAX_RECEIVED_LINE_BYTES) {
    this.#limit = limit;
  }

  push(chunk: Uint8Array): SplitResult {
    const lines: string[] = [];
    let start = 0;
    while (!this.#overflowed && start < chunk.length) {
      const end = chunk.indexOf(LF, start);
      const fits = this.#append(chunk.subarray(start, end === -1 ? chunk.length : end));
      if (!fits || end === -1) break;
      this.#finish(lines);
      start = end + 1;
    }
    return { lines, overflow: this.#overflowed };
  }

  /** False when the line would grow beyond the limit. */
  #append(bytes: Uint8Array): boolean {
    const length = this.#length + bytes.length;
    if (length > this.#limit) {
      this.#overflowed = true;
      this.#buffer = Buffer.alloc(0);
      return false;
    }
    if (length > this.#buffer.length) {
      const grown = Buffer.alloc(Math.min(this.#limit, Math.max(length, this.#buffer.length * 2)));
      grown.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = grown;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = length;
    return true;
  }

  #finish(lines: string[]): void {
    const line = this.#buffer.toString('utf8', 0, this.#length);
    this.#length = 0;
    if (line.trim() !== '') lines.push(line);
  }
}

/** One message as it goes on the wire; undefined when it would be longer than the limit. */
export function encodeLine(message: object, limit = MAX_SENT_LINE_BYTES): string | undefined {
  const line = `${JSON.stringify(message)}\n`;
  return Buffer.byteLength(line) > limit ? undefined : line;
}

/** Whether an id of the pool's can be sent back to it in a line that every pool takes. */
export function fitsAnyPool(id: string): boolean {
  return Buffer.byteLength(JSON.stringify(id)) <= MAX_ID_BYTES;
}
