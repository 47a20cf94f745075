import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it } from 'vitest';
import { problem } from '../../../electron/contract/problem.ts';
import { createText } from '../../../electron/contract/text/index.ts';
import { HistoryStore } from '../../../electron/core/history/store.ts';
import { ShareLedger } from '../../../electron/core/mining/ledger.ts';
import { HashCounter } from '../../../electron/core/mining/rates.ts';
import { LogFiles } from '../../../electron/desktop/app/logFiles.ts';
import { LogRing } from '../../../electron/desktop/app/logRing.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { minuteAt } from '../../support/historyRecord.ts';
import { share } from '../../support/stratum/exchange.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const MAY_GROW_BYTES = 4_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const folder = mkdtempSync(join(tmpdir(), 'ibctminer-month-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it('a month of mining leaves memory as one day of it did', { timeout: 600_000 }, () => {
  const clock = new FakeClock();
  const text = createText('en');
  const log = new LogRing(() => undefined, clock);
  const logFiles = new LogFiles({
    ...{ parent: folder, log, text: () => text, chooseFile: () => Promise.resolve(null) },
  });
  const history = new HistoryStore(folder, (fault) => {
    throw new Error(text.sentence(fault));
  });
  const ledger = new ShareLedger();
  const rate = new HashCounter();
  let hashes = 0;

  /** Two shares, three lines of the log and sixty looks at the counter a minute. */
  function mineForDays(days: number): void {
    for (let minute = 0; minute < days * DAY_MINUTES; minute += 1) {
      for (let second = 0; second < 60; second += 1) {
        clock.advance(1000);
        hashes += 1000;
        rate.sample(clock.nowMs(), hashes);
      }
      ledger.hashed(60_000, MINUTE_MS, share.difficulty);
      for (const isTaken of [true, minute % 50 > 0]) {
        const found = { ...share };
        ledger.found(found, clock.wallMs());
        if (isTaken) ledger.markAccepted(found, clock.wallMs(), 30);
        else ledger.markStale(found, problem('noJobYet'));
      }
      for (let line = 0; line < 3; line += 1) log.tell('warn', problem('noJobYet'));
      logFiles.flush();
      history.append([minuteAt(clock.wallMs())]);
    }
  }

  mineForDays(1);
  const afterADay = heapBytes();
  mineForDays(29);
  expect(heapBytes() - afterADay).toBeLessThan(MAY_GROW_BYTES);
  expect(ledger.accepted + ledger.stale).toBe(2 * 30 * DAY_MINUTES);
  expect(rate.rates().h15m).toBe(1000);
});
