import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuReport, pointFor, tune, type TuningPoint } from 'randomx-native-prebuilt';
import { threadSteps } from '../../native/js/tune.ts';

describe('numbers of threads to try', () => {
  it('are all of them on a small machine', () => {
    expect(threadSteps(4, 4)).toEqual([1, 2, 3, 4]);
  });

  it('are few and rising, from some to all, with the recommended one, on any machine', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1024 }), fc.integer({ min: 1, max: 1024 }), (a, b) => {
        const [usable, recommended] = [Math.max(a, b), Math.min(a, b)];
        const steps = threadSteps(usable, recommended);
        expect(steps.length).toBeLessThanOrEqual(6);
        expect(steps).toContain(usable);
        expect(steps).toContain(recommended);
        expect(steps).toEqual([...new Set(steps)].sort((x, y) => x - y));
        expect(steps[0]).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

it('the nearest number of threads that was measured stands for the others', () => {
  const point = (threads: number): TuningPoint => ({ threads, interleave: 1, hashesPerSecond: 1 });
  const curve = [point(2), point(8), point(16)];
  expect(pointFor({ curve }, 8)?.threads).toBe(8);
  expect(pointFor({ curve }, 4)?.threads).toBe(2);
  expect(pointFor({ curve }, 64)?.threads).toBe(16);
  expect(pointFor({ curve: [] }, 1)).toBeNull();
});

describe('measuring', { timeout: 180_000 }, () => {
  it('finds a curve and the best of it in light mode', async () => {
    const told: number[] = [];
    const tuning = await tune({
      algorithm: 'rx/0',
      mode: 'light',
      onProgress: (done) => told.push(done),
    });
    const usable = cpuReport().cpus.filter(({ allowed }) => allowed).length;
    const ways = { rounding: 'auto', prefetch: 'auto' };
    expect(tuning).toMatchObject({ algorithm: 'rx/0', mode: 'light', ...ways });
    expect(tuning.curve.map(({ threads }) => threads)).toEqual(
      threadSteps(usable, cpuReport().recommendedCpus.length),
    );
    expect(tuning.curve.every((point) => point.hashesPerSecond > 0)).toBe(true);
    expect(tuning.curve.every((point) => point.interleave === 1)).toBe(true);
    expect(tuning.curve).toContainEqual(tuning.best);
    expect(tuning.pages).not.toBe('none');
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it('tries several hashes side by side where that can pay', async () => {
    const tried = new Set<number>();
    await tune({
      algorithm: 'cn/1',
      mode: 'auto',
      onProgress: (_, point) => point && tried.add(point.interleave),
    });
    expect(tried).toEqual(new Set([1, 2, 3, 4]));
  });

  it('ends at once when it is cancelled', async () => {
    const abort = new AbortController();
    const ended = tune({
      algorithm: 'rx/0',
      mode: 'light',
      signal: abort.signal,
      onProgress: (_, point) => point && abort.abort(),
    });
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
  });
});
