import fc from 'fast-check';
import { expect, it } from 'vitest';
import { adviseThreads, cpusFor, type CpuFacts } from '../../../electron/core/system/threads.ts';

const cpu: CpuFacts = {
  name: 'Some CPU',
  features: [],
  cpus: Array.from({ length: 8 }, (_, id) => ({ id, allowed: id !== 7 })),
  recommendedCpus: [0, 2, 4, 6],
};

it('profiles use a quarter, a half and all of the threads that pay', () => {
  expect(adviseThreads(cpu)).toEqual({ quiet: 1, balanced: 2, full: 4 });
});

it('every profile has at least one thread, and none more than the next', () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 }), (count) => {
      const recommendedCpus = Array.from({ length: count }, (_, id) => id);
      const { quiet, balanced, full } = adviseThreads({ ...cpu, recommendedCpus });
      expect(quiet).toBeGreaterThanOrEqual(1);
      expect(balanced).toBeGreaterThanOrEqual(quiet);
      expect(full).toBeGreaterThanOrEqual(balanced);
    }),
  );
});

it('threads go to the CPUs that pay first, and to none that this process may not use', () => {
  expect(cpusFor(cpu, 2)).toEqual([0, 2]);
  expect(cpusFor(cpu, 6)).toEqual([0, 2, 4, 6, 1, 3]);
  expect(cpusFor(cpu, 99)).toEqual([0, 2, 4, 6, 1, 3, 5]);
});
