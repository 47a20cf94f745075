import { expect, it } from 'vitest';
import { comparePages } from '../../../electron/core/engine/comparePages.ts';

it('hashes in turns with large pages and small ones', { timeout: 300_000 }, async () => {
  const found = await comparePages({ cpus: [0], mode: 'light', turnMs: 1000 });
  if (!found.ok) throw new Error(found.error.code);
  expect(found.value.threads).toBe(1);
  expect(found.value.hugeHashesPerSecond).toBeGreaterThan(0);
  expect(found.value.smallHashesPerSecond).toBeGreaterThan(0);
});

it('ends at once when it is not wanted any more', { timeout: 300_000 }, async () => {
  const signal = AbortSignal.timeout(200);
  await expect(comparePages({ cpus: [0], mode: 'light', signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
});
