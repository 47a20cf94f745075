import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../../../electron/core/work/job.ts';
import type { SourceEvent } from '../../../../electron/core/work/source.ts';
import { systemClock } from '../../../../electron/core/clock.ts';
import { DaemonSource, type DaemonOptions } from '../../../../electron/core/work/daemon/client.ts';
import { freePort } from '../../../support/ports.ts';
import { Regtest, TEST_ADDRESS } from '../../../support/monerod.ts';
import { solution } from '../../../support/solution.ts';

const WAIT = { timeout: 60_000, interval: 50 };
vi.setConfig({ testTimeout: 120_000 });

/** Events of one source, and what tests ask of them. */
class Watched {
  readonly events: SourceEvent[] = [];
  readonly source: DaemonSource;

  constructor(options: Partial<DaemonOptions> & { port: number }) {
    this.source = new DaemonSource(
      { host: '127.0.0.1', tls: false, address: TEST_ADDRESS, network: 'mainnet', ...options },
      (event) => this.events.push(event),
    );
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
    expect(here.of('failed')[0]?.error.message).toMatch(/does not accept this wallet address/);
  });

  it('waits with backoff while the node is on another network', async () => {
    const here = (watched = new Watched({ port: node.port, network: 'stagenet' }));
    await vi.waitFor(() => expect(here.of('disconnected')).toHaveLength(2), WAIT);
    const [first, second] = here.of('disconnected');
    expect(first?.error.code).toBe('wrongNetwork');
    expect(first?.retryInMs).toBeLessThanOrEqual(1000);
    expect(second?.retryInMs).toBeGreaterThanOrEqual(1000);
  });

  it('comes back after the node was restarted', async () => {
    const here = (watched = new Watched({ port: node.port }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);
    await node.halt();
    await vi.waitFor(() => expect(here.of('disconnected').length).toBeGreaterThan(0), WAIT);
    expect(here.of('disconnected')[0]?.error.message).toMatch(/is monerod running|closed/);
    await node.launch();
    await vi.waitFor(() => expect(here.jobs).toHaveLength(2), WAIT);
  });

  it('says so when nothing listens', async () => {
    const here = (watched = new Watched({ port: await freePort() }));
    await vi.waitFor(() => expect(here.of('disconnected')).toHaveLength(1), WAIT);
    expect(here.of('disconnected')[0]?.error).toMatchObject({ code: 'connection' });
  });
});

describe('a node with a login and a difficulty', () => {
  let locked: Regtest;
  beforeAll(async () => {
    locked = await Regtest.start({ difficulty: 2, login: 'miner:secret' });
  }, 90_000);
  afterAll(() => locked.stop());

  it('is answered by digest authentication and believes its refusals', async () => {
    const login = { user: 'miner', password: 'secret' };
    const here = (watched = new Watched({ port: locked.port, login }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);

    // Half of all nonces are blocks here; the node says which.
    while (here.of('accepted').length === 0 || here.of('rejected').length === 0) {
      const known = here.jobs.length;
      here.source.submit(solution(here.jobs.at(-1) as Job, known));
      await vi.waitFor(() => expect(here.jobs.length).toBeGreaterThan(known), WAIT);
    }
    expect(here.of('rejected')[0]?.error.message).toBe('Block not accepted');
  });

  it('is never sent a hash that is too high', async () => {
    const login = { user: 'miner', password: 'secret' };
    const here = (watched = new Watched({ port: locked.port, login }));
    await vi.waitFor(() => expect(here.jobs).toHaveLength(1), WAIT);
    here.source.submit({
      ...solution(here.jobs[0] as Job, 1),
      result: new Uint8Array(32).fill(0xff),
    });
    expect(here.of('rejected')[0]?.error.code).toBe('lowDifficulty');
  });

  it('ends the source when the password is wrong', async () => {
    const login = { user: 'miner', password: 'wrong' };
    const here = (watched = new Watched({ port: locked.port, login }));
    await vi.waitFor(() => expect(here.of('failed')).toHaveLength(1), WAIT);
    expect(here.of('failed')[0]?.error.code).toBe('loginRefused');
  });
});

describe('a node that publishes its blocks', () => {
  it('gives a new template without waiting for the next poll', async () => {
    const publisher = await Regtest.start({ difficulty: 1, zmq: true });
    try {
      const renewals: number[] = [];
      // A clock on which the poll never comes due.
      const clock = { ...systemClock, after: () => () => undefined };
      const { port, zmqPort } = publisher;
      const source = new DaemonSource(
        { host: '127.0.0.1', port, zmqPort, tls: false, address: TEST_ADDRESS, network: 'mainnet' },
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
