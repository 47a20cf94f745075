import { describe, expect, it } from 'vitest';
import type { EngineStatus } from '../../../../electron/core/engine/engine.ts';
import { Learning } from '../../../../electron/core/engine/learning/learning.ts';
import type { Prefetch } from '../../../../electron/core/engine/library.ts';
import type { EngineSpec } from '../../../../electron/core/engine/spec.ts';
import type { Algorithm } from '../../../../electron/core/work/job.ts';

const knowsNothing = { knows: () => false, learn: () => null };

/** Whether the energy counters are read while it is learnt. */
function readsEnergy(threads: EngineSpec['threads']): boolean {
  let reads = 0;
  const energy = () => {
    reads += 1;
    return [];
  };
  const learning = new Learning(knowsNothing, {
    pace: { settleMs: 0, sliceMs: 1, sliceHashes: 1 },
    energy,
  });
  const status = { state: 'fast', interleave: 1, hashesByThread: [10] } as unknown as EngineStatus;
  const learner = learning.learnerFor({ threads, mode: 'auto', learns: true }, 'rx/0', status);
  learner?.see(status, 1000);
  expect(learner).not.toBeNull();
  return reads > 0;
}

/** The prefetches that are tried with an algorithm; every way is as fast as the other. */
function prefetchesTried(algorithm: Algorithm): ReadonlySet<Prefetch> {
  const pace = { settleMs: 0, sliceMs: 1, sliceHashes: 1 };
  const learning = new Learning(knowsNothing, { pace });
  const spec = { threads: { count: 1 }, mode: 'auto', learns: true } as const;
  const status = (hashes: number, interleave: number) =>
    ({ state: 'fast', interleave, hashesByThread: [hashes] }) as unknown as EngineStatus;
  const learner = learning.learnerFor(spec, algorithm, status(0, 1));
  const tried = new Set<Prefetch>();
  for (let ms = 0; learner?.learned === null; ms += 10) {
    tried.add(learner.setup.prefetch);
    learner.see(status(ms, learner.setup.interleave), ms);
  }
  return tried;
}

describe('what is learnt while mining', () => {
  it('is by which instruction the dataset is called, where there is one', () => {
    for (const algorithm of ['rx/0', 'rx/2'] as const)
      expect(prefetchesTried(algorithm)).toEqual(
        new Set(process.arch === 'x64' ? ['auto', 't0', 'nta'] : ['auto']),
      );
    expect(prefetchesTried('cn/1')).toEqual(new Set(['auto']));
  });

  it('counts joules for those who do not ask for all there is', () => {
    expect(readsEnergy('quiet')).toBe(true);
    expect(readsEnergy('balanced')).toBe(true);
  });

  it('counts speed alone at full power, and for those who count threads themselves', () => {
    expect(readsEnergy('full')).toBe(false);
    expect(readsEnergy({ count: 1 })).toBe(false);
  });
});
