import { expect, it } from 'vitest';
import type { Miner } from '../../native/js/miner.ts';
import { rateOver } from '../../native/js/stopwatch.ts';

/** Three hashes further whenever it is asked. */
function slowMiner() {
  let polls = 0;
  const poll = () => {
    polls += 1;
    return { snapshot: { hashesByThread: [polls, 2 * polls] } };
  };
  return { miner: { poll } as unknown as Miner, hashes: () => 3 * (polls - 1) };
}

it.each([
  [0, 3],
  [10, 12],
  [1000, 24],
])(
  'a slice goes on until %i hashes were made, or for eight times as long: %i',
  async (leastHashes, made) => {
    const { miner, hashes } = slowMiner();
    expect(await rateOver(miner, 1, { leastHashes })).toBeGreaterThan(0);
    expect(hashes()).toBe(made);
  },
);
