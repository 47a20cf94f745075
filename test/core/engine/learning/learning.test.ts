import { describe, expect, it } from 'vitest';
import type { EngineStatus } from '../../../../electron/core/engine/engine.ts';
import { Learning } from '../../../../electron/core/engine/learning/learning.ts';
import type { EngineSpec } from '../../../../electron/core/engine/spec.ts';

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

describe('what is learnt while mining', () => {
  it('counts joules for those who do not ask for all there is', () => {
    expect(readsEnergy('quiet')).toBe(true);
    expect(readsEnergy('balanced')).toBe(true);
  });

  it('counts speed alone at full power, and for those who count threads themselves', () => {
    expect(readsEnergy('full')).toBe(false);
    expect(readsEnergy({ count: 1 })).toBe(false);
  });
});
