import { afterEach, describe, expect, it } from 'vitest';
import { Regtest, TEST_ADDRESS } from '../../support/monerod.ts';
import { TerminalMiner } from '../../support/terminalMiner.ts';

let node: Regtest | undefined;
let miner: TerminalMiner | undefined;
afterEach(async () => {
  await miner?.cleanUp();
  await node?.stop();
});

/** Genesis and the accepted blocks; one more may have joined as the miner ended, too late to be answered and counted. */
async function expectOnlyOurs(chain: Regtest, accepted: number): Promise<void> {
  expect([accepted + 1, accepted + 2]).toContain(await chain.height());
}

/** Mines on a fresh private chain until its height is reached; every block must be ours. */
async function mineUntil(
  height: number,
  mode: 'light' | 'fast',
  timeoutMs: number,
): Promise<TerminalMiner> {
  const chain = (node = await Regtest.start({ difficulty: 4, zmq: true }));
  const where = ['--daemon', `${chain.url}/?zmq=${chain.zmqPort}`, '--wallet', TEST_ADDRESS];
  const here = (miner = new TerminalMiner([...where, '--mode', mode, '--json']));
  // The genesis block is number 0 and nobody's work.
  await here.waitFor('accepted', height - 1, timeoutMs);
  here.process.kill('SIGTERM');
  expect(await here.exited).toBe(0);

  expect(here.of('rejected')).toEqual([]);
  const accepted = here.of('accepted').length;
  expect(here.events.at(-1)).toMatchObject({ event: 'summary', accepted, rejected: 0 });
  await expectOnlyOurs(chain, accepted);
  return here;
}

describe('the terminal miner on a real monerod', { timeout: 600_000 }, () => {
  it('mines blocks of the main chain across two key changes in light mode', async () => {
    // Keys change at heights 21 and 37.
    const here = await mineUntil(40, 'light', 450_000);
    const keys = new Set(here.of('share').map((share) => share.seedHash));
    expect(keys.size).toBe(3);
  });

  it('mines blocks in fast mode', async () => {
    const chain = (node = await Regtest.start({ difficulty: 2000 }));
    const where = ['--daemon', chain.url, '--wallet', TEST_ADDRESS];
    const here = (miner = new TerminalMiner([...where, '--mode', 'fast', '--json']));
    const isFast = () =>
      here
        .of('state')
        .some((line) => line.state === 'mining' && /fast mode/.test(String(line.reason)));
    await expect.poll(isFast, { timeout: 300_000, interval: 200 }).toBe(true);
    const known = here.of('accepted').length;
    await here.waitFor('accepted', known + 3, 240_000);
    here.process.kill('SIGINT');
    expect(await here.exited).toBe(0);
    expect(here.of('rejected')).toEqual([]);
    await expectOnlyOurs(chain, here.of('accepted').length);
  });
});
