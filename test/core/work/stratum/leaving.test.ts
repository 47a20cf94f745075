import { describe, expect, it } from 'vitest';
import { jobPush, loginAnswer, rxJob } from '../../../support/stratum/exchange.ts';
import { forgeShare, poolForEachTest, startMiner } from '../../../support/stratum/miner.ts';

const each = poolForEachTest();

async function withShareUnderWay() {
  const miner = startMiner(each.pool.port);
  const connection = await each.pool.loggedIn(loginAnswer());
  const { job } = await miner.events.next('job');
  miner.client.submit(forgeShare(job));
  const { id } = JSON.parse(await connection.line()) as { id: number };
  return { ...miner, connection, job, id };
}

describe('leaving a pool', () => {
  it('waits for the answers to the shares under way, and tells nothing else', async () => {
    const { client, clock, connection, events, id } = await withShareUnderWay();
    const left = client.leave(5000);
    const before = events.all.length;
    connection.send(jobPush(rxJob({ job_id: 'late' })), { id, result: { status: 'OK' } });
    await left;
    await connection.closed();
    expect(events.all.slice(before).map(({ type }) => type)).toEqual(['accepted']);
    expect(clock.waiting).toBe(0);
  });

  it('still takes what the engine has just found', async () => {
    const { client, connection, events, id, job } = await withShareUnderWay();
    const left = client.leave(5000);
    client.submit(forgeShare(job, 2));
    const second = JSON.parse(await connection.line()) as { id: number };
    connection.send({ id, result: true }, { id: second.id, result: true });
    await left;
    expect(events.of('accepted')).toHaveLength(2);
  });

  it('waits no longer than it was told to', async () => {
    const { client, clock, connection, events } = await withShareUnderWay();
    const left = client.leave(5000);
    clock.advance(5000);
    await left;
    await connection.closed();
    expect(events.all.at(-1)).toMatchObject({ type: 'stale', error: { code: 'poolLeft' } });
    expect(clock.waiting).toBe(0);
  });

  it('ends with the connection, and opens no other', async () => {
    const { client, clock, connection, events } = await withShareUnderWay();
    const left = client.leave(5000);
    connection.socket.destroy();
    await left;
    expect(events.all.at(-1)?.type).toBe('stale');
    expect(events.of('disconnected')).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  it('is immediate where nothing is under way, and when it is stopped', async () => {
    const idle = startMiner(each.pool.port);
    await each.pool.loggedIn(loginAnswer());
    await idle.events.next('job');
    await idle.client.leave(5000);
    expect(idle.clock.waiting).toBe(0);

    const { client, clock } = await withShareUnderWay();
    const left = client.leave(5000);
    client.stop();
    await left;
    expect(clock.waiting).toBe(0);
  });
});

describe('waking up', () => {
  it('connects anew at once: the connection may be dead without a word', async () => {
    const { client, clock, connection, events } = await withShareUnderWay();
    client.wake();
    await connection.closed();
    expect((await events.next('disconnected')).retryInMs).toBe(0);
    clock.advance(0);
    await each.pool.loggedIn(loginAnswer());
    await events.next('job');
  });

  it('ends a wait', async () => {
    const { client, events } = startMiner(each.pool.port);
    (await each.pool.connection()).socket.destroy();
    await events.next('disconnected');
    client.wake();
    await each.pool.loggedIn(loginAnswer());
    await events.next('job');
  });

  it('does not end a ban', async () => {
    const { client, clock, events } = startMiner(each.pool.port);
    await each.pool.loggedIn({ id: 1, error: { message: 'Your IP is banned' } });
    const { retryInMs } = await events.next('disconnected');
    client.wake();
    clock.advance(retryInMs - 1);
    expect(each.pool.connectionCount).toBe(1);
  });

  it('begins a hanging attempt again', async () => {
    const { client, events } = startMiner(each.pool.port);
    client.wake();
    client.wake();
    await events.next('connected');
    expect(events.of('disconnected')).toEqual([]);
    expect(events.of('connected')).toHaveLength(1);
  });
});
