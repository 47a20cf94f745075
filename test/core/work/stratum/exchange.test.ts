import { describe, expect, it } from 'vitest';
import { Inspector } from '../../../../electron/core/work/stratum/inspector.ts';
import { address, lines, share } from '../../../support/stratum/exchange.ts';
import { poolForEachTest, startMiner } from '../../../support/stratum/miner.ts';
import { said } from '../../../support/said.ts';

const each = poolForEachTest();

describe('the documented exchange', () => {
  it('goes message for message, byte for byte', async () => {
    const { client, clock, events } = startMiner(each.pool.port);
    const connection = await each.pool.connection();
    expect(await connection.line()).toBe(lines.login);

    connection.send(lines.loginAnswer);
    await events.next('loggedIn');
    const first = await events.next('job');
    expect(first.job).toMatchObject({ jobId: 'q7PLUPL25UV0z5Ij14IyMk8htXbj', algorithm: 'cn/1' });

    connection.send(lines.jobPush);
    const second = await events.next('job');
    expect(second.job).toMatchObject({
      jobId: '4BiGm3/RgGQzgkTI/xV0smdA+EGZ',
      difficulty: 10_000n,
      height: 0,
    });

    client.submit(share);
    expect(await connection.line()).toBe(lines.submit);
    clock.advance(40);
    connection.send(lines.submitAccepted);
    expect(await events.next('accepted')).toMatchObject({ share, roundTripMs: 40 });
    expect(connection.unread()).toEqual([]);
  });

  it('tells a refused share apart, and goes on', async () => {
    const { client, events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn();
    connection.send(lines.jobPush);
    await events.next('job');
    await events.next('job');
    client.submit(share);
    await connection.line();
    connection.send(lines.submitRejected);
    const { error } = await events.next('rejected');
    expect(error).toEqual({
      code: 'shareRefused',
      values: { said: 'Low difficulty share' },
    });
    expect(events.of('disconnected')).toEqual([]);
  });

  it('ends for good at a refused login', async () => {
    const { clock, events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn(lines.loginRefusal);
    const { error } = await events.next('failed');
    expect(error.code).toBe('loginRefused');
    expect(said(error)).toContain('Invalid payment address provided');
    await connection.closed();
    expect(clock.waiting).toBe(0);
  });

  it('keeps alive after 30 s without another message of ours', async () => {
    const inspector = new Inspector();
    const sent = () => inspector.messages().filter(({ direction }) => direction === 'sent').length;
    const { client, clock, events } = startMiner(each.pool.port, { inspector });
    const connection = await each.pool.connection();
    await connection.line();
    connection.send(lines.loginAnswer, lines.jobPush);
    await events.next('loggedIn');
    await events.next('job');
    await events.next('job');
    clock.advance(29_999);
    expect(sent()).toBe(1);
    clock.advance(1);
    expect(await connection.line()).toBe(lines.keepalived);

    // A missing answer is no fault; the next one has the next id.
    clock.advance(20_000);
    client.submit(share);
    expect(await connection.line()).toBe(lines.submit.replace('"id":2', '"id":3'));
    connection.send(lines.submitAccepted.replace('"id":2', '"id":3'), lines.keepalivedAnswer);
    await events.next('accepted');
    clock.advance(29_999);
    expect(sent()).toBe(3);
    clock.advance(1);
    expect(await connection.line()).toBe(lines.keepalived.replace('"id":2', '"id":4'));
    expect(connection.unread()).toEqual([]);
    expect(events.of('disconnected')).toEqual([]);
  });

  it('keeps alive as the pool’s profile says, or not at all', async () => {
    const often = startMiner(each.pool.port, { keepaliveMs: 5000 });
    const first = await each.pool.loggedIn();
    await often.events.next('job');
    often.clock.advance(5000);
    expect(await first.line()).toBe(lines.keepalived);

    const never = startMiner(each.pool.port, { keepaliveMs: 0 });
    const second = await each.pool.loggedIn();
    await never.events.next('job');
    never.clock.advance(1_000_000);
    never.client.submit(share);
    await never.events.next('stale');
    expect(second.unread()).toEqual([]);
  });

  it('stops asking a pool that does not know keepalived', async () => {
    const { clock, events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn();
    await events.next('job');
    clock.advance(30_000);
    await connection.line();
    connection.send('{"id":2,"error":{"code":-1,"message":"Unknown method"}}', lines.jobPush);
    await events.next('job');
    clock.advance(300_000);
    expect(connection.unread()).toEqual([]);
    expect(events.of('disconnected')).toEqual([]);
  });

  it.each([`${address}+50000`, `${address}.rig-1`, 'anything at all'])(
    'sends the login %s as it is',
    async (login) => {
      startMiner(each.pool.port, { login, pass: 'p', rigId: 'r', sendAlgo: true });
      const connection = await each.pool.connection();
      const message: unknown = JSON.parse(await connection.line());
      expect(message).toEqual({
        id: 1,
        jsonrpc: '2.0',
        method: 'login',
        params: {
          login,
          pass: 'p',
          agent: 'Ibctminer/1.0.0',
          rigid: 'r',
          algo: ['rx/0', 'rx/2', 'cn/1'],
        },
      });
    },
  );

  it('refuses to send a login that would get it banned for its length', async () => {
    const { events } = startMiner(each.pool.port, { pass: 'x'.repeat(1000) });
    await expect(events.next('accepted')).rejects.toThrow('too long together');
    expect((await each.pool.connection()).unread()).toEqual([]);
  });
});
