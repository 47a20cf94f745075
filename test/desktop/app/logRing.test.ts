import { expect, it } from 'vitest';
import { LogRing } from '../../../electron/desktop/app/logRing.ts';

const address =
  '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';

it('redacts before it keeps or tells, and keeps the newest thousand', () => {
  const told: string[] = [];
  const log = new LogRing((entry) => told.push(entry.text));
  for (let line = 0; line <= 1000; line += 1) log.add('info', `${line} ${address}`);
  expect(log.entries).toHaveLength(1000);
  expect(log.entries[0]?.text).toBe('1 [address]');
  expect(told.join()).not.toContain(address);
});
