import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { cpuReport, hash, releaseCaches } from 'randomx-native-prebuilt';
import { job, toHex, WatchedMiner } from './support/mining.ts';

interface Vector {
  readonly name: string;
  readonly algo: string;
  readonly input: string;
  readonly expected: string;
}

const file = new URL('../../native/test/vectors/cryptonight.json', import.meta.url);
const { hash: hashes } = JSON.parse(readFileSync(file, 'utf8')) as { hash: { vectors: Vector[] } };
const vectors = hashes.vectors.filter((vector) => vector.algo === 'cn/1');

afterAll(releaseCaches);

describe('cn/1', { timeout: 180_000 }, () => {
  it.each(vectors)('computes $name with and without AES instructions', async (vector) => {
    const input = Buffer.from(vector.input, 'hex');
    for (const path of ['jit', 'interpreter'] as const) {
      const found = await hash({ algorithm: 'cn/1', input, path });
      expect(toHex(found.hash)).toBe(vector.expected);
    }
  });

  it('refuses an input that has no hash', async () => {
    await expect(hash({ algorithm: 'cn/1', input: Buffer.alloc(42) })).rejects.toMatchObject({
      code: 'invalidArgument',
    });
  });

  it("finds the documented exchange's share under the pool's nonce byte", async () => {
    // The blob of STRATUM's documented job, nonce bytes 00 00 00 40: the last one is the pool's.
    const blob = Buffer.from(
      '0707d5efb9d6057e95a35f868231780b3a8649c4e57f3c77eaf437329243eef0b9f4b6987d05b900000040cae7754cb85a0ad8eebf3e0bf55f3ec5e754a1d6b05d46e5c358f907dbcbb72b01',
      'hex',
    );
    const compact = Buffer.from('b88d0600', 'hex').readUInt32LE(0);
    const target = 0xffff_ffff_ffff_ffffn / (0xffff_ffffn / BigInt(compact));
    const watched = new WatchedMiner({ cpus: cpuReport().recommendedCpus });
    watched.miner.setJob(job(0, { algorithm: 'cn/1', blob, target, reservedNonceBytes: 1 }));
    const snapshot = await watched.until(() => watched.shares().length >= 1);
    await watched.stop();

    expect(snapshot.pages).toMatchObject({ dataset: 'none', cache: 'none' });
    const [share] = watched.shares();
    expect(toHex(share?.nonce ?? Buffer.alloc(0))).toBe('d0030040');
    expect(toHex(share?.result ?? Buffer.alloc(0))).toBe(
      'e1364b8782719d7683e2ccd3d8f724bc59dfa780a9e960e7c0e0046acdb40100',
    );
  });
});
