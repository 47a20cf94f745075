import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../../electron/core/work/job.ts';
import { openSource } from '../../../electron/core/work/openSource.ts';
import type { SourceEvent, WorkSource } from '../../../electron/core/work/source.ts';
import type { DaemonSpec, StratumSpec, WorkSpec } from '../../../electron/core/work/spec.ts';
import { Regtest, TEST_ADDRESS } from '../../support/monerod.ts';
import { freePort } from '../../support/ports.ts';
import { loginAnswer, rxJob } from '../../support/stratum/exchange.ts';
import { forgeShare } from '../../support/stratum/miner.ts';
import { ScriptedPool, type PoolConnection } from '../../support/stratum/scriptedPool.ts';

const WAIT = { timeout: 60_000, interval: 20 };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

/** What may follow what, as source.ts draws it. */
const followers: Readonly<Record<SourceEvent['type'], RegExp>> = {
  connecting: /^(connected|disconnected|failed)$/,
  connected: /^(warning|loggedIn|disconnected|failed)$/,
  loggedIn: /^(warning|job|unminableJob|disconnected|failed)$/,
  job: /^(warning|job|unminableJob|accepted|rejected|stale|disconnected|failed)$/,
  unminableJob: /^(warning|job|unminableJob|accepted|rejected|stale|disconnected|failed)$/,
  warning: /^(warning|loggedIn|job|unminableJob|accepted|rejected|stale|disconnected|failed)$/,
  accepted: /^(warning|job|unminableJob|accepted|rejected|stale|disconnected|failed)$/,
  rejected: /^(warning|job|unminableJob|accepted|rejected|stale|disconnected|failed)$/,
  stale: /^(warning|job|unminableJob|accepted|rejected|stale|disconnected|failed)$/,
  // The fate of a block may come while the node is away.
  disconnected: /^(connecting|accepted|rejected|stale)$/,
  failed: /^$/,
};

/** A source under test, and what it told. */
class Watched {
  readonly events: SourceEvent[] = [];
  readonly source: WorkSource;

  /** `onEvent` is called from within the source, once the event is kept. */
  constructor(
    spec: WorkSpec,
    onEvent: (type: SourceEvent['type'], here: Watched) => void = () => undefined,
  ) {
    const zeros = new Uint8Array(32);
    this.source = openSource(spec, {
      agentVersion: '1.0.0',
      hash: () => Promise.resolve(zeros),
      releaseCaches: () => Promise.resolve(),
    })((event) => {
      this.events.push(event);
      onEvent(event.type, this);
    });
    this.source.start();
  }

  get jobs(): Job[] {
    return this.events.flatMap((event) => (event.type === 'job' ? [event.job] : []));
  }

  get fates(): SourceEvent[] {
    return this.events.filter((event) => 'share' in event);
  }

  async untilJobs(count: number): Promise<Job> {
    await vi.waitFor(() => expect(this.jobs.length).toBeGreaterThanOrEqual(count), WAIT);
    return this.jobs.at(-1) as Job;
  }

  checkOrder(): void {
    const types = this.events.map(({ type }) => type);
    expect(types[0]).toBe('connecting');
    types.slice(1).forEach((type, index) => {
      const before = types[index] as SourceEvent['type'];
      expect(type, `after ${before} in ${types.join(' ')}`).toMatch(followers[before]);
    });
  }
}

/** Answers every login with a job and takes every share. */
async function serve(pool: ScriptedPool, connections: PoolConnection[]): Promise<never> {
  for (;;) {
    const connection = await pool.connection();
    connections.push(connection);
    void converse(connection);
  }
}

async function converse(connection: PoolConnection): Promise<never> {
  for (;;) {
    const { id, method } = JSON.parse(await connection.line()) as { id: number; method: string };
    if (method === 'login') connection.send(loginAnswer({ job: rxJob() }));
    else connection.send({ id, jsonrpc: '2.0', error: null, result: { status: 'OK' } });
  }
}

let pool: ScriptedPool;
let node: Regtest;
let deadPort: number;
const connections: PoolConnection[] = [];
beforeAll(async () => {
  pool = await ScriptedPool.listen();
  void serve(pool, connections);
  node = await Regtest.start({ difficulty: 1, zmq: true });
  deadPort = await freePort();
});
afterAll(async () => {
  await pool.close();
  await node.stop();
});

let watched: Watched | undefined;
afterEach(() => watched?.source.stop());

const local = { host: '127.0.0.1', tls: { use: 'none' } } as const;
const stratum = (port = pool.port): StratumSpec => ({
  ...{ kind: 'stratum', ...local, port, login: TEST_ADDRESS, password: 'x' },
});
const daemon = (): DaemonSpec => ({
  ...{ kind: 'daemon', ...local, port: node.port, zmqPort: node.zmqPort, address: TEST_ADDRESS },
});
const hangUp = (): Promise<void> => {
  for (const { socket } of connections.splice(0)) socket.destroy();
  return Promise.resolve();
};
const restart = async (): Promise<void> => {
  await node.halt();
  await node.launch();
};

describe.each([
  ['a pool', (): WorkSpec => ({ kind: 'pools', pools: [stratum()] }), hangUp],
  ['a node', (): WorkSpec => ({ kind: 'pools', pools: [daemon()] }), restart],
  ['the practice pool', (): WorkSpec => ({ kind: 'practice' }), undefined],
  [
    'a list whose first pool is away',
    (): WorkSpec => ({ kind: 'pools', pools: [stratum(deadPort), stratum()] }),
    hangUp,
  ],
  [
    'a list of a pool and a node',
    (): WorkSpec => ({ kind: 'pools', pools: [stratum(deadPort), daemon()] }),
    restart,
  ],
])('%s as a source of work', (_, spec, interrupt) => {
  it('connects, gives work, and tells the one fate of each share', async () => {
    const here = (watched = new Watched(spec()));
    const job = await here.untilJobs(1);
    const share = forgeShare(job);
    here.source.submit(share);
    await vi.waitFor(() => expect(here.fates).toHaveLength(1), WAIT);
    expect(here.fates[0]).toMatchObject({ type: 'accepted', share });
    here.source.stop();
    here.checkOrder();
  });

  if (interrupt !== undefined) {
    it('comes back after an interruption', async () => {
      const here = (watched = new Watched(spec()));
      await here.untilJobs(1);
      const count = here.jobs.length;
      await interrupt();
      const types = () => here.events.map(({ type }) => type);
      await vi.waitFor(() => expect(types()).toContain('disconnected'), WAIT);
      await here.untilJobs(count + 1);
      here.checkOrder();
    });
  }

  it('goes on when it is woken', async () => {
    const here = (watched = new Watched(spec()));
    await here.untilJobs(1);
    here.source.wake();
    here.source.wake();
    await vi.waitFor(() => expect(here.events.at(-1)?.type).toMatch(/^(job|warning)$/), WAIT);
    const share = forgeShare(here.jobs.at(-1) as Job, 2);
    here.source.submit(share);
    await vi.waitFor(() => expect(here.fates).toHaveLength(1), WAIT);
    here.checkOrder();
  });

  it('leaves once the share under way has its fate, and tells nothing else from then on', async () => {
    const here = (watched = new Watched(spec()));
    const share = forgeShare(await here.untilJobs(1), 3);
    here.source.submit(share);
    const before = here.events.length;
    await here.source.leave(30_000);
    expect(here.events.slice(before)).toMatchObject([{ type: 'accepted', share }]);
    await here.source.leave(30_000);
    here.source.stop();
    here.source.submit(share);
    here.source.wake();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(here.events).toHaveLength(before + 1);
    here.checkOrder();
  });

  it.each(['connecting', 'connected', 'loggedIn', 'job'] as const)(
    'is quiet for good when it is stopped or left while it tells “%s”',
    async (stage) => {
      let left: Promise<void> | undefined;
      const stopped = (watched = new Watched(spec(), (type, { source }) => {
        if (type === stage) source.stop();
      }));
      const leaving = new Watched(spec(), (type, { source }) => {
        if (type === stage) left = source.leave(30_000);
      });
      const both = [stopped, leaving];
      await vi.waitFor(() => {
        for (const { events } of both) expect(events.map(({ type }) => type)).toContain(stage);
      }, WAIT);
      await left;
      await new Promise((resolve) => setTimeout(resolve, 300));
      for (const here of both) {
        expect(here.events.at(-1)?.type).toBe(stage);
        here.checkOrder();
      }
    },
  );

  it('is quiet at once when stopped with a share under way', async () => {
    const here = (watched = new Watched(spec()));
    here.source.submit(forgeShare(await here.untilJobs(1), 4));
    here.source.stop();
    const before = here.events.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(here.events).toHaveLength(before);
  });
});
