import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  encodeLine,
  LineSplitter,
  MAX_RECEIVED_LINE_BYTES,
} from '../../../../electron/core/work/stratum/framing.ts';

// Properties are quick, but the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** Feeds a stream cut at the given places. */
function split(bytes: Uint8Array, cuts: readonly number[], limit?: number) {
  const splitter = new LineSplitter(limit);
  const lines: string[] = [];
  let overflow = false;
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)];
  edges.forEach((edge, index) => {
    const result = splitter.push(bytes.subarray(edge, edges[index + 1] ?? bytes.length));
    lines.push(...result.lines);
    overflow = result.overflow;
  });
  return { lines, overflow };
}

describe('line splitter', () => {
  it('gives the same lines however the stream is cut', () => {
    const line = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\n'));
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat()), (texts, cuts) => {
        const stream = Buffer.from(texts.map((text) => `${text}\n`).join(''));
        expect(split(stream, cuts)).toEqual({
          lines: texts.filter((text) => text.trim() !== ''),
          overflow: false,
        });
      }),
    );
  });

  it('takes any bytes, and never hands out a line above the limit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat()), (bytes, cuts) => {
        const { lines, overflow } = split(bytes, cuts, 64);
        const longest = Buffer.from(bytes)
          .toString('latin1')
          .split('\n')
          .reduce((length, line) => Math.max(length, line.length), 0);
        expect(overflow).toBe(longest > 64);
        // An invalid byte becomes U+FFFD: one character.
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(64);
      }),
    );
  });

  it('splits byte by byte, skips blank lines, keeps CR for the JSON parser', () => {
    const splitter = new LineSplitter();
    const lines = [...Buffer.from('\n\r\n{"a":1}\r\n\n{}\nrest')].flatMap(
      (byte) => splitter.push(Uint8Array.of(byte)).lines,
    );
    expect(lines).toEqual(['{"a":1}\r', '{}']);
  });

  it('takes a line of exactly the limit, and nothing after a longer one', () => {
    const full = Buffer.from(`${'x'.repeat(MAX_RECEIVED_LINE_BYTES)}\n`);
    expect(new LineSplitter().push(full).lines).toHaveLength(1);
    const splitter = new LineSplitter();
    expect(splitter.push(Buffer.concat([Buffer.from('y'), full]))).toEqual({
      lines: [],
      overflow: true,
    });
    expect(splitter.push(Buffer.from('{}\n'))).toEqual({ lines: [], overflow: true });
  });

  it('gives the lines before an overlong one', () => {
    const stream = Buffer.from(`{}\n${'x'.repeat(100)}`);
    expect(new LineSplitter(50).push(stream)).toEqual({ lines: ['{}'], overflow: true });
  });
});

describe('encodeLine', () => {
  it('ends with LF and refuses what is too long, counted in bytes', () => {
    expect(encodeLine({ a: 'é' }, 11)).toBe('{"a":"é"}\n');
    expect(encodeLine({ a: 'é' }, 10)).toBeUndefined();
  });
});
