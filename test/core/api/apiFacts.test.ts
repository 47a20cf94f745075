import { afterEach, expect, test, vi } from 'vitest';
import { ApiFactsKeeper } from '../../../electron/core/api/apiFacts.ts';

afterEach(() => vi.useRealTimers());

test('how long the program runs does not depend on how the clock is set', () => {
  const keeper = ApiFactsKeeper.open('kitchen', '1.0.0');
  if (!keeper.ok) throw new Error(keeper.error.code);
  vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  const { uptimeMs } = keeper.value.facts();
  expect(uptimeMs).toBeGreaterThan(0);
  expect(uptimeMs).toBeLessThanOrEqual(process.uptime() * 1000);
});
