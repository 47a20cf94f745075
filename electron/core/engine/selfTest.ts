import type { SelfTest } from '../../contract/health.ts';
import { systemClock } from '../clock.ts';
import { hash, releaseCaches } from './library.ts';

/** Published with RandomX (tevador/RandomX, src/tests/tests.cpp), for this key and input; rx/2: the commitment. */
const KEY = 'test key 000';
/** “This is a test”. */
const INPUT = Buffer.from('5468697320697320612074657374', 'hex');
const vectors = [
  {
    algorithm: 'rx/0',
    result: '639183aae1bf4c9a35884cb46b09cad9175f04efd7684e7262a0ac1c2f0b4e3f',
  },
  {
    algorithm: 'rx/2',
    result: '133be717399046b03ae82ce8ddd9d1ee4d3ea7fca03a50dec09b6848cbb98e18',
  },
] as const;
const paths = ['jit', 'interpreter'] as const;

/** Computes hashes whose results are published, in each way that the engine has. Throws RandomxError. */
export async function testEngine(compute: typeof hash = hash): Promise<SelfTest> {
  const beganAtMs = systemClock.nowMs();
  const wrong = new Set<string>();
  try {
    for (const { algorithm, result } of vectors) {
      for (const path of paths) {
        const request = { algorithm, key: Buffer.from(KEY), input: INPUT, path };
        const found = await compute(request);
        if (Buffer.from(found.result).toString('hex') !== result) wrong.add(`${algorithm} ${path}`);
      }
    }
  } finally {
    await releaseCaches();
  }
  const hashes = vectors.length * paths.length;
  return { hashes, wrong: [...wrong], durationMs: systemClock.nowMs() - beganAtMs };
}
