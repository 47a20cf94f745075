import { hash, Miner, releaseCaches } from 'randomx-native-prebuilt';
import { describe, expect, it } from 'vitest';
import { NativeEngine, type EngineOpener } from '../../../electron/core/engine/engine.ts';
import { rehearseFork } from '../../../electron/core/mining/rehearseFork.ts';
import type { PracticeHash } from '../../../electron/core/work/practice/connection.ts';

const openEngine: EngineOpener = (spec, listener) =>
  new NativeEngine(
    {
      createMiner: Miner.create.bind(Miner),
      optionsFor: ({ mode }) => ({ miner: { cpus: [0], mode, nonces: 'ofProcess' } }),
    },
    spec,
    listener,
  );

const verified: PracticeHash = async (key, input, algorithm) =>
  (await hash({ algorithm, key, input })).result;

const rehearse = (mode: 'fast' | 'light', signal = new AbortController().signal) =>
  rehearseFork({
    openEngine,
    practice: { agentVersion: '1.0.0', hash: verified, releaseCaches },
    engine: { threads: { count: 1 }, mode },
    signal,
    phaseMs: 1000,
  });

describe('the rehearsal of a fork', () => {
  it(
    'mines over it with shares that are verified, and builds nothing again',
    { timeout: 600_000 },
    async () => {
      const rehearsed = await rehearse('fast');
      if (!rehearsed.ok) throw new Error(rehearsed.error.code);
      const { shares, hashesPerSecond, isMemoryKept, threads } = rehearsed.value;
      expect({ threads, isMemoryKept, refused: shares.refused }).toEqual({
        ...{ threads: 1, isMemoryKept: true, refused: 0 },
      });
      expect(shares.before).toBeGreaterThanOrEqual(2);
      expect(shares.after).toBeGreaterThanOrEqual(4);
      expect(hashesPerSecond.before).toBeGreaterThan(0);
      expect(hashesPerSecond.after).toBeGreaterThan(0);
    },
  );

  it('ends at once when it is not wanted any more', { timeout: 300_000 }, async () => {
    await expect(rehearse('light', AbortSignal.timeout(200))).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
