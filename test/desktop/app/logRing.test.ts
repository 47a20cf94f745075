import { expect, it } from 'vitest';
import type { LogEntry } from '../../../electron/contract/logLine.ts';
import { problem } from '../../../electron/contract/problem.ts';
import { LogRing } from '../../../electron/desktop/app/logRing.ts';

const address =
  '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';

it('redacts before it keeps or tells, and keeps the newest thousand', () => {
  const told: LogEntry[] = [];
  const log = new LogRing((entry) => told.push(entry));
  for (let line = 0; line <= 1000; line += 1) {
    log.add({ level: 'info', key: 'stoppedByFault', values: { reason: `${line} ${address}` } });
  }
  expect(log.entries).toHaveLength(1000);
  expect(log.entries[0]).toMatchObject({ values: { reason: '1 [address]' } });
  expect(JSON.stringify(told)).not.toContain(address);
});

it('redacts in whatever a problem or a state holds', () => {
  const log = new LogRing(() => undefined);
  const inner = problem('internal', { reason: problem('internal', { reason: address }) });
  log.tell('warn', inner);
  log.add({
    level: 'error',
    state: { state: 'failed', problem: inner, help: 'none' },
    practice: false,
  });
  expect(JSON.stringify(log.entries)).not.toContain(address);
});
