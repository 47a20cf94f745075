import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../../../electron/core/work/job.ts';
import type { SourceEvent } from '../../../../electron/core/work/source.ts';
import { systemClock } from '../../../../electron/core/clock.ts';
import { DaemonSource } from '../../../../electron/core/work/daemon/source.ts';
import type { DaemonSpec } from '../../../../electron/core/work/spec.ts';
import { freePort } from '../../../support/ports.ts';
import { SocksProxy } from '../../../support/stratum/socksProxy.ts';
import { Regtest, TEST_ADDRESS } from '../../../support/monerod.ts';
import { solution } from '../../../support/solution.ts';
import { said } from '../../../support/said.ts';

const WAIT = { timeout: 60_000, interval: 50 };
vi.setConfig({ testTimeout: 120_000 });

const local: Omit<DaemonSpec, 'port'> = {
  ...{ kind: 'daemon', host: '127.0.0.1', tls: { use: 'none' }, address: TEST_ADDRESS },
};

/** Events of one source, and what tests ask of them. */
class Watched {
  readonly events: SourceEvent[] = [];
  readonly source: DaemonSource;

  constructor(changed: Partial<DaemonSpec> & { port: number }) {
    this.source = new DaemonSource({ ...local, ...changed }, (event) => this.events.push(event));
    this.source.start();
  }

  get jobs(): Job[] {
    return this.events.flatMap((event) => (event.type === 'job' ? [event.job] : []));
  }

  of<T extends SourceEvent['type']>(type: T): Extract<SourceEvent, { type: T }>[] {
    return this.events.filter(
      (event): event is Extract<SourceEvent, { type: T }> => event.type === type,
    );
  }
}

let node: Regtest;
let watched: Watched | undefined;

beforeAll(async () => {
  node = await Regtest.start({ difficulty: 1 });
}, 90_000);
afterAll(() => node.stop());
afterEach(() => {
  watched?.source.stop();
  watched = undefined;
});

describe('solo mining on a real monerod', () => {
  it('takes a template, submits its block once, and goes on with the next', async () => {
    const here = (watched = new Watched({ port: node.port }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);
    expect(here.events.map((event) => event.type)).toEqual([
      'connecting',
      'connected',
      'loggedIn',
      'job',
    ]);
    const [job] = here.jobs as [Job];
    expect(job).toMatchObject({ algorithm: 'rx/0', nonceOffset: 39, difficulty: 1n, height: 1 });

    const block = solution(job, 7);
    const second = solution(job, 8);
    here.source.submit(block);
    here.source.submit(second);
    await vi.waitFor(() => expect(here.of('accepted')).toHaveLength(1), WAIT);
    expect(here.of('accepted')[0]?.share).toBe(block);
    expect(here.of('stale')[0]?.share).toBe(second);
    expect(await node.height()).toBe(2);
    await vi.waitFor(() => expect(here.jobs.at(-1)?.height).toBe(2), WAIT);
    const top = await node.rpc<{ block_header: { nonce: number } }>('get_last_block_header');
    expect(top.block_header.nonce).toBe(7);
  });

  it('takes a new template when another block is found, and calls the old one stale', async () => {
    const here = (watched = new Watched({ port: node.port }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);
    const [job] = here.jobs as [Job];
    await node.addBlock();
    await vi.waitFor(() => expect(here.jobs).toHaveLength(2), WAIT);
    expect(here.jobs[1]?.height).toBe((job.height ?? 0) + 1);
    here.source.submit(solution(job, 1));
    expect(here.of('stale')).toHaveLength(1);
  });

  it('stops with a sentence on an address that the node refuses', async () => {
    const here = (watched = new Watched({ port: node.port, address: 'nonsense' }));
    await vi.waitFor(() => expect(here.of('failed')).toHaveLength(1), WAIT);
    expect(here.of('failed')[0]?.error.code).toBe('nodeAddressRefused');
  });

  it('waits with backoff while the node is on another network', async () => {
    const here = (watched = new Watched({ port: node.port, address: `5${TEST_ADDRESS.slice(1)}` }));
    await vi.waitFor(() => expect(here.of('disconnected')).toHaveLength(2), WAIT);
    const [first, second] = here.of('disconnected');
    expect(first?.error.code).toBe('nodeWrongNetwork');
    expect(first?.retryInMs).toBeLessThan(2000);
    expect(second?.retryInMs).toBeGreaterThanOrEqual(2000);
  });

  it('comes back after the node was restarted', async () => {
    const here = (watched = new Watched({ port: node.port }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);
    await node.halt();
    await vi.waitFor(() => expect(here.of('disconnected').length).toBeGreaterThan(0), WAIT);
    await node.launch();
    await vi.waitFor(() => expect(here.jobs).toHaveLength(2), WAIT);
  });

  it('hands a block in although the node is just being restarted', async () => {
    const here = (watched = new Watched({ port: node.port }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);
    const height = await node.height();
    await node.halt();
    here.source.submit(solution(here.jobs[0] as Job, 3));
    await vi.waitFor(() => expect(here.of('disconnected').length).toBeGreaterThan(0), WAIT);
    await node.launch();
    await vi.waitFor(() => expect(here.of('accepted')).toHaveLength(1), WAIT);
    expect(await node.height()).toBe(height + 1);
  });

  it('hands in the last block before it leaves', async () => {
    const here = (watched = new Watched({ port: node.port }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);
    const height = await node.height();
    here.source.submit(solution(here.jobs[0] as Job, 4));
    await here.source.leave(30_000);
    expect(here.events.at(-1)?.type).toBe('accepted');
    expect(await node.height()).toBe(height + 1);
  });

  it('goes on after a sleep as if nothing had been', async () => {
    const here = (watched = new Watched({ port: node.port }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);
    here.source.wake();
    await vi.waitFor(() => expect(here.jobs).toHaveLength(2), WAIT);
    expect(here.of('disconnected')).toEqual([]);
  });

  it('is reached through a SOCKS5 proxy', async () => {
    const proxy = await SocksProxy.listen();
    const socks5 = { host: '127.0.0.1', port: proxy.port };
    const here = (watched = new Watched({ port: node.port, socks5 }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);
    expect(new Set(proxy.asked)).toEqual(new Set([`127.0.0.1:${node.port}`]));
    here.source.stop();
    await proxy.close();
  });

  it('says so when nothing listens', async () => {
    const here = (watched = new Watched({ port: await freePort() }));
    await vi.waitFor(() => expect(here.of('disconnected')).toHaveLength(1), WAIT);
    expect(said(here.of('disconnected')[0]?.error)).toMatch(/refused the connection/);
  });
});

describe('a node with a login and a difficulty', () => {
  let locked: Regtest;
  beforeAll(async () => {
    locked = await Regtest.start({ difficulty: 2, login: 'miner:secret' });
  }, 90_000);
  afterAll(() => locked.stop());

  it('is answered by digest authentication and believes its refusals', async () => {
    const rpcLogin = { user: 'miner', password: 'secret' };
    const here = (watched = new Watched({ port: locked.port, rpcLogin }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);

    // Half of all nonces are blocks here; the node says which.
    while (here.of('accepted').length === 0 || here.of('rejected').length === 0) {
      const known = here.jobs.length;
      here.source.submit(solution(here.jobs.at(-1) as Job, known));
      await vi.waitFor(() => expect(here.jobs.length).toBeGreaterThan(known), WAIT);
    }
    expect(said(here.of('rejected')[0]?.error)).toContain('Block not accepted');
  });

  it('is never sent a hash that is too high', async () => {
    const rpcLogin = { user: 'miner', password: 'secret' };
    const here = (watched = new Watched({ port: locked.port, rpcLogin }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);
    here.source.submit({
      ...solution(here.jobs[0] as Job, 1),
      result: new Uint8Array(32).fill(0xff),
    });
    expect(here.of('rejected')[0]?.error.code).toBe('blockTooEasy');
  });

  it('ends the source when the password is wrong', async () => {
    const rpcLogin = { user: 'miner', password: 'wrong' };
    const here = (watched = new Watched({ port: locked.port, rpcLogin }));
    await vi.waitFor(() => expect(here.of('failed')).toHaveLength(1), WAIT);
    expect(here.of('failed')[0]?.error.code).toBe('nodeLoginRefused');
  });
});

describe('a node that publishes its blocks', () => {
  it('is told when nothing is published where it should be, and mined on all the same', async () => {
    const here = (watched = new Watched({ port: node.port, zmqPort: await freePort() }));
    await vi.waitFor(() => expect(here.of('warning')).toHaveLength(1), WAIT);
    expect(here.of('warning')[0]?.problem.code).toBe('nodeNotAnnouncing');
    expect(here.jobs).not.toEqual([]);
  });

  it('gives a new template without waiting for the next poll', async () => {
    const publisher = await Regtest.start({ difficulty: 1, zmq: true });
    try {
      const renewals: number[] = [];
      // A clock on which the poll never comes due.
      const clock = { ...systemClock, after: () => () => undefined };
      const { port, zmqPort } = publisher;
      const source = new DaemonSource(
        { ...local, port, zmqPort },
        (event) => {
          if (event.type === 'job') renewals.push(event.job.height ?? 0);
        },
        clock,
      );
      source.start();
      await vi.waitFor(() => expect(renewals).toEqual([1]), WAIT);
      await publisher.addBlock();
      await vi.waitFor(() => expect(renewals).toEqual([1, 2]), WAIT);
      await publisher.addBlock();
      await vi.waitFor(() => expect(renewals).toEqual([1, 2, 3]), WAIT);
      source.stop();
    } finally {
      await publisher.stop();
    }
  });
});
