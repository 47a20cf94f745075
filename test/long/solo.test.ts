import { afterEach, describe, expect, it } from 'vitest';
import { Regtest, TEST_ADDRESS } from '../support/monerod.ts';
import { TerminalMiner } from '../support/terminalMiner.ts';

const BLOCKS = 100;
const LIMIT_MS = 1_800_000;

let node: Regtest | undefined;
let miner: TerminalMiner | undefined;
afterEach(async () => {
  await miner?.cleanUp();
  await node?.stop();
});

function start(chain: Regtest, mode: 'light' | 'fast'): TerminalMiner {
  const where = ['--daemon', `${chain.url}/?zmq=${chain.zmqPort}`, '--wallet', TEST_ADDRESS];
  return (miner = new TerminalMiner([...where, '--mode', mode, '--json']));
}

/** Every block of the chain must be one that was accepted, and nothing may have been rejected. */
async function endAndCheck(here: TerminalMiner, chain: Regtest): Promise<void> {
  here.process.kill('SIGTERM');
  expect(await here.exited).toBe(0);
  const accepted = here.of('accepted').length;
  expect(here.of('rejected')).toEqual([]);
  expect(here.events.at(-1)).toMatchObject({ event: 'summary', accepted, rejected: 0 });
  // The genesis block is nobody's work; one block may still join the chain while the miner ends.
  expect([accepted + 1, accepted + 2]).toContain(await chain.height());
  const keys = new Set(here.of('share').map((share) => share.seedHash)).size;
  const seconds = Number(here.events.at(-1)?.seconds);
  console.log(
    `${accepted} blocks, 0 rejected, ${here.of('stale').length} stale, ${keys} keys, ${seconds} s`,
  );
}

describe(`${BLOCKS} blocks on a real monerod, none rejected`, () => {
  it(
    'in light mode, across key changes',
    async () => {
      const chain = (node = await Regtest.start({ difficulty: 4, zmq: true }));
      const here = start(chain, 'light');
      await here.waitFor('accepted', BLOCKS, LIMIT_MS);
      await endAndCheck(here, chain);
      // Keys change at heights 21, 37, 53, 69, 85 …
      expect(new Set(here.of('share').map((share) => share.seedHash)).size).toBeGreaterThan(5);
    },
    LIMIT_MS + 60_000,
  );

  it(
    'in fast mode',
    async () => {
      const chain = (node = await Regtest.start({
        difficulty: 400,
        zmq: true,
        longKeyEpochs: true,
      }));
      const here = start(chain, 'fast');
      const isFast = () =>
        here
          .of('state')
          .some((line) => line.state === 'mining' && /fast mode/.test(String(line.reason)));
      await expect.poll(isFast, { timeout: LIMIT_MS, interval: 200 }).toBe(true);
      const before = here.of('accepted').length;
      await here.waitFor('accepted', before + BLOCKS, LIMIT_MS);
      await endAndCheck(here, chain);
    },
    LIMIT_MS + 60_000,
  );
});
