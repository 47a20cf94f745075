import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { historyRecord, type HistoryRecord } from '../../contract/history.ts';
import type { Problem } from '../../contract/problem.ts';
import { attempt } from '../settings/files.ts';

/** Records as lines of a file. A line counts when it ends: what a crash cut off is left out, whatever it looks like. */

const NEWLINE = 10;
const CHUNK_BYTES = 4096;

export function toLines(records: readonly HistoryRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** The records of a file's text; `isDamaged`: something in it was none, or was cut off. */
export function fromLines(text: string): { records: HistoryRecord[]; isDamaged: boolean } {
  const lines = text.split('\n');
  let isDamaged = lines.pop() !== '';
  const records = lines.flatMap((line) => {
    const record = parse(line);
    if (record === null) isDamaged = true;
    return record ?? [];
  });
  return { records, isDamaged };
}

function parse(line: string): HistoryRecord | null {
  try {
    return historyRecord.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Writes `lines` to the end of `file`, all or none of them, after cutting off what an earlier crash left of a line; only
 * this user can read it. A power cut may take back what was written in the last seconds: a disk that has to wake up every
 * minute would cost more than that.
 */
export function appendLines(
  file: string,
  lines: string,
): { fault: Problem | null; wasTorn: boolean } {
  let wasTorn = false;
  const fault = attempt(() => {
    const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      const size = fstatSync(descriptor).size;
      const whole = endOfLastLine(descriptor, size);
      wasTorn = whole < size;
      if (wasTorn) ftruncateSync(descriptor, whole);
      try {
        writeAt(descriptor, Buffer.from(lines), whole);
      } catch (error) {
        attempt(() => ftruncateSync(descriptor, whole));
        throw error;
      }
    } finally {
      closeSync(descriptor);
    }
  });
  return { fault, wasTorn };
}

function endOfLastLine(descriptor: number, size: number): number {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (let end = size; end > 0; end -= CHUNK_BYTES) {
    const start = Math.max(0, end - CHUNK_BYTES);
    const length = readSync(descriptor, chunk, 0, end - start, start);
    const newline = chunk.subarray(0, length).lastIndexOf(NEWLINE);
    if (newline >= 0) return start + newline + 1;
  }
  return 0;
}

function writeAt(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  }
}
