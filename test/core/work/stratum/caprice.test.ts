import { expect, it } from 'vitest';
import { spendCapriciousDay } from '../../../support/stratum/capriciousPool.ts';

it.each([1, 2, 3, 4])('a capricious pool (%i) gets no wrong share', async (seed) => {
  const { submitted, sent } = await spendCapriciousDay(seed, 12);
  expect(submitted).toBeGreaterThan(20);
  expect(sent).toBeGreaterThan(5);
});
