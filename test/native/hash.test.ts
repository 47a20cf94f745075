import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { hash, releaseCaches, RandomxError, verify } from 'randomx-native-prebuilt';
import type { Algorithm } from 'randomx-native-prebuilt';
import { toHex } from './support/mining.ts';

interface Vector {
  readonly name: string;
  readonly kind: string;
  readonly algo: Algorithm;
  readonly key: string;
  readonly input: string;
  readonly expected: string;
}

const file = new URL('../../native/test/vectors/randomx.json', import.meta.url);
const { hash: hashes } = JSON.parse(readFileSync(file, 'utf8')) as {
  hash: { vectors: Vector[] };
};
const bytes = (hex: string) => Buffer.from(hex, 'hex');
/** A key longer than 60 bytes is outside the specification; the package refuses it. */
const vectors = hashes.vectors
  .filter((vector) => vector.kind === 'hash' && vector.key.length <= 120)
  .sort((a, b) => (a.key < b.key ? -1 : 1));
const officials = vectors.filter((vector) => vector.name.startsWith('official_a'));

afterAll(releaseCaches);

describe('hash', { timeout: 120_000 }, () => {
  it('has vectors to agree with', () => {
    expect(vectors.length).toBeGreaterThan(30);
    expect(officials).toHaveLength(2);
  });

  it.each(vectors)('computes $name', async ({ algo, key, input, expected }) => {
    const found = await hash({ algorithm: algo, key: bytes(key), input: bytes(input) });
    expect(toHex(found.hash)).toBe(expected);
  });

  it.each(officials)('computes $name without generated code', async (vector) => {
    const { algo: algorithm, key, input, expected } = vector;
    const request = { algorithm, key: bytes(key), input: bytes(input) };
    const found = await hash({ ...request, path: 'interpreter' });
    expect(toHex(found.hash)).toBe(expected);
  });

  it('gives the commitment as the result of rx/2', async () => {
    const key = Buffer.from('test key 000');
    const input = Buffer.from('This is a test');
    const found = await hash({ algorithm: 'rx/2', key, input });
    expect(toHex(found.result)).toBe(
      '133be717399046b03ae82ce8ddd9d1ee4d3ea7fca03a50dec09b6848cbb98e18',
    );
    expect(found.hash).not.toEqual(found.result);
  });

  it('answers calls made at the same time, in order, whatever their keys', async () => {
    const input = Buffer.from('This is a test');
    const keys = ['test key 000', 'test key 001', 'test key 000', 'test key 002'];
    const found = await Promise.all(
      keys.map((key) => hash({ algorithm: 'rx/0', key: Buffer.from(key), input })),
    );
    const texts = found.map((one) => toHex(one.hash));
    expect(texts[0]).toBe('639183aae1bf4c9a35884cb46b09cad9175f04efd7684e7262a0ac1c2f0b4e3f');
    expect(texts[2]).toBe(texts[0]);
    expect(new Set(texts).size).toBe(3);
  });

  it('works again after the caches were released', async () => {
    await releaseCaches();
    const key = Buffer.from('test key 000');
    const { hash: found } = await hash({ algorithm: 'rx/0', key, input: Buffer.alloc(0) });
    expect(found).toHaveLength(32);
  });

  it('refuses a key longer than 60 bytes', () => {
    const call = () => hash({ algorithm: 'rx/0', key: Buffer.alloc(61), input: Buffer.alloc(1) });
    expect(call).toThrow(RandomxError);
    expect(call).toThrow('60 bytes');
  });
});

describe('verify', { timeout: 120_000 }, () => {
  const request = {
    algorithm: 'rx/0',
    key: Buffer.from('test key 000'),
    input: Buffer.from('This is a test'),
  } as const;
  const right = bytes('639183aae1bf4c9a35884cb46b09cad9175f04efd7684e7262a0ac1c2f0b4e3f');
  /** Bytes 24 to 31 of the result as a little-endian number. */
  const value = right.readBigUInt64LE(24);

  it('accepts the right result', async () => {
    expect(await verify({ ...request, result: right })).toBe(true);
  });

  it('refuses a result with one bit changed', async () => {
    const wrong = Buffer.from(right);
    wrong.writeUInt8(wrong.readUInt8(5) ^ 1, 5);
    expect(await verify({ ...request, result: wrong })).toBe(false);
  });

  it('compares with the full target: below counts, equal does not', async () => {
    expect(await verify({ ...request, result: right, target: value + 1n })).toBe(true);
    expect(await verify({ ...request, result: right, target: value })).toBe(false);
  });
});
