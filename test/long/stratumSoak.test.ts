import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { spendCapriciousDay } from '../support/stratum/capriciousPool.ts';

const MINUTES = 30;
/** Room for what the test itself and the runtime keep; a leak of one connection's data grows beyond it. */
const TOLERATED_GROWTH_BYTES = 16 * 1024 * 1024;
const WARM_UP_DAYS = 20;

/** Bytes after everything unreachable was thrown away. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

it(
  `days at capricious pools for ${MINUTES} minutes: no wrong share, flat memory`,
  async () => {
    const endMs = performance.now() + MINUTES * 60_000;
    let days = 0;
    let submitted = 0;
    let heapAtWarmUp = Infinity;
    while (performance.now() < endMs) {
      days += 1;
      submitted += (await spendCapriciousDay(days, 12)).submitted;
      if (days % WARM_UP_DAYS !== 0) continue;
      const heap = heapInUse();
      heapAtWarmUp = Math.min(heapAtWarmUp, days === WARM_UP_DAYS ? heap : Infinity);
      expect(heap).toBeLessThan(heapAtWarmUp + TOLERATED_GROWTH_BYTES);
    }
    const growth = Math.round((heapInUse() - heapAtWarmUp) / 1024);
    console.log(`${days} days, ${submitted} shares found, heap grown by ${growth} KiB`);
  },
  (MINUTES + 5) * 60_000,
);
