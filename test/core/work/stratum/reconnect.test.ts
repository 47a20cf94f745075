import { describe, expect, it } from 'vitest';
import { problem } from '../../../../electron/contract/problem.ts';
import { loginAnswer } from '../../../support/stratum/exchange.ts';
import { forgeShare, poolForEachTest, startMiner } from '../../../support/stratum/miner.ts';

const each = poolForEachTest();

/** Lets the pool hang up so many times; gives the delays. */
async function hangUps(miner: ReturnType<typeof startMiner>, count: number): Promise<number[]> {
  const delays: number[] = [];
  for (let done = 0; done < count; done += 1) {
    (await each.pool.connection()).socket.destroy();
    const { retryInMs } = await miner.events.next('disconnected');
    delays.push(retryInMs);
    miner.clock.advance(retryInMs);
  }
  return delays;
}

describe('reconnecting', () => {
  it('waits 1, 2, 4 … 60 s', async () => {
    const miner = startMiner(each.pool.port);
    expect(await hangUps(miner, 9)).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  it('adds chance, up to a quarter', async () => {
    const miner = startMiner(each.pool.port);
    miner.clock.setChance(1);
    expect(await hangUps(miner, 3)).toEqual([1250, 2500, 5000]);
  });

  it.each(['takes the login', 'takes a share'])(
    'does not start anew for a pool that %s and hangs up',
    async (what) => {
      const { client, clock, events } = startMiner(each.pool.port);
      const delays: number[] = [];
      for (let count = 0; count < 4; count += 1) {
        const connection = await each.pool.loggedIn(loginAnswer());
        const { job } = await events.next('job');
        if (what === 'takes a share') {
          client.submit(forgeShare(job, count));
          await connection.line();
          connection.send({ id: 2, result: true });
          await events.next('accepted');
        }
        connection.socket.destroy();
        const { retryInMs } = await events.next('disconnected');
        delays.push(retryInMs);
        clock.advance(retryInMs);
      }
      expect(delays).toEqual([1000, 2000, 4000, 8000]);
    },
  );

  it('starts anew after a minute logged in', async () => {
    const miner = startMiner(each.pool.port);
    const { clock, events } = miner;
    await hangUps(miner, 4);
    const lasting = await each.pool.loggedIn(loginAnswer());
    await events.next('job');
    clock.advance(60_000);
    lasting.socket.destroy();
    expect((await events.next('disconnected')).retryInMs).toBe(1000);
  });

  it('goes on while nobody listens, and says so', async () => {
    const port = each.pool.port;
    await each.pool.close();
    const { clock, events } = startMiner(port);
    for (const delay of [1000, 2000]) {
      const { error, retryInMs } = await events.next('disconnected');
      expect(error.code).toBe('connectionRefused');
      expect(retryInMs).toBe(delay);
      clock.advance(delay);
    }
  });

  it.each([
    ['ENOTFOUND', 'hostNotFound'],
    ['ENODATA', 'hostNotFound'],
    ['EAI_AGAIN', 'nameServersSilent'],
    ['ETIMEOUT', 'nameServersSilent'],
  ] as const)('tells of a name that cannot be looked up (%s): %s', async (code, told) => {
    const { events } = startMiner(each.pool.port, {
      host: 'pool.invalid',
      lookup: (_host, _options, callback) =>
        callback(Object.assign(new Error(`getaddrinfo ${code} pool.invalid`), { code }), ''),
    });
    const { error } = await events.next('disconnected');
    expect(error).toEqual(problem(told, { host: 'pool.invalid' }));
  });

  it('gives up an attempt after 20 s', async () => {
    const { clock, events } = startMiner(each.pool.port, {
      host: 'pool.invalid',
      lookup: () => undefined,
    });
    clock.advance(20_000);
    expect((await events.next('disconnected')).error.code).toBe('connectionTimedOut');
  });
});

describe('stopping', () => {
  it('while connecting leaves nothing behind', async () => {
    const { client, clock, events } = startMiner(each.pool.port);
    client.stop();
    expect(clock.waiting).toBe(0);
    const connection = await Promise.race([
      each.pool.connection(),
      new Promise<undefined>((resolve) => setTimeout(resolve, 50)),
    ]);
    await connection?.closed();
    expect(events.all.map(({ type }) => type)).toEqual(['connecting']);
  });

  it('while mining closes the connection and says nothing more', async () => {
    const { client, clock, events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn(loginAnswer());
    const { job } = await events.next('job');
    client.submit(forgeShare(job));
    const before = events.all.length;
    client.stop();
    client.submit(forgeShare(job, 2));
    await connection.closed();
    expect(events.all).toHaveLength(before);
    expect(clock.waiting).toBe(0);
  });

  it('while waiting ends the wait', async () => {
    const { client, clock, events } = startMiner(each.pool.port);
    (await each.pool.connection()).socket.destroy();
    await events.next('disconnected');
    client.stop();
    client.stop();
    client.start();
    expect(clock.waiting).toBe(0);
  });

  it.each(['connecting', 'connected', 'loggedIn', 'job', 'disconnected'] as const)(
    'from within the event %s is obeyed',
    async (type) => {
      const { client, clock, events } = startMiner(each.pool.port);
      events.whenever(type, () => client.stop());
      if (type === 'connecting') {
        (await each.pool.connection()).socket.destroy();
        clock.advance((await events.next('disconnected')).retryInMs);
      } else {
        const connection = await each.pool.connection();
        connection.send(loginAnswer());
        if (type === 'disconnected') connection.socket.end();
        await connection.closed();
      }
      expect(events.all.at(-1)?.type).toBe(type);
      expect(clock.waiting).toBe(0);
    },
  );
});
