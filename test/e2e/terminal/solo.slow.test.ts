import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BusyNode } from '../../support/busyNode.ts';
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

  describe('that is busy', () => {
    let way: BusyNode | undefined;
    afterEach(() => way?.stop());

    /** Mines until a block is found and sent away, and is told to stop then. */
    async function stopWithBlockUnderWay(): Promise<TerminalMiner> {
      const chain = (node = await Regtest.start({ difficulty: 1 }));
      way = await BusyNode.start(chain);
      way.isBusy = true;
      const where = ['--daemon', `http://127.0.0.1:${way.port}`, '--wallet', TEST_ADDRESS];
      const here = (miner = new TerminalMiner([...where, '--mode', 'light', '--json']));
      await here.waitFor('share', 1, 120_000);
      here.process.kill('SIGINT');
      await vi.waitFor(
        () => expect(String(here.of('state').at(-1)?.reason)).toContain('your node has taken'),
        { timeout: 60_000 },
      );
      return here;
    }

    it('brings it the last block before it ends', async () => {
      const here = await stopWithBlockUnderWay();
      await delay(20_000); // longer than the end takes otherwise
      if (way) way.isBusy = false;
      expect(await here.exited).toBe(0);
      expect(here.events.at(-1)).toMatchObject({ event: 'summary', accepted: 1 });
      expect(await node?.height()).toBe(2);
    });

    it('ends at once when it is told again', async () => {
      const here = await stopWithBlockUnderWay();
      await delay(1500);
      here.process.kill('SIGINT');
      expect(await here.exited).toBe(1);
    });
  });
});
