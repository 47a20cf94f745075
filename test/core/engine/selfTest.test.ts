import { expect, it } from 'vitest';
import { hash } from '../../../electron/core/engine/library.ts';
import { testEngine } from '../../../electron/core/engine/selfTest.ts';

it('finds the published hashes in each way that the engine has', { timeout: 120_000 }, async () => {
  expect(await testEngine()).toMatchObject({ hashes: 4, wrong: [] });
});

it('names the way that computes a wrong hash', { timeout: 120_000 }, async () => {
  const tested = await testEngine(async (request) => {
    const found = await hash(request);
    const isFaulty = request.algorithm === 'rx/2' && request.path === 'interpreter';
    return isFaulty ? { ...found, result: found.result.map((byte) => byte ^ 1) } : found;
  });
  expect(tested.wrong).toEqual(['rx/2 interpreter']);
});
