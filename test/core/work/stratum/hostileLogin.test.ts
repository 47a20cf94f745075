import { describe, expect, it } from 'vitest';
import {
  jobPush,
  lines,
  loginAnswer,
  rxJob,
  sessionId,
} from '../../../support/stratum/exchange.ts';
import { forgeShare, poolForEachTest, startMiner } from '../../../support/stratum/miner.ts';
import { poolErrors } from '../../../support/stratum/poolErrors.ts';
import { said } from '../../../support/said.ts';

const each = poolForEachTest();

const refusal = (message: string) => ({ id: 1, error: { code: -1, message } });

describe('a pool that answers the login strangely', () => {
  it('never: the connection ends after 20 s', async () => {
    const { clock, events } = startMiner(each.pool.port);
    const connection = await each.pool.connection();
    await connection.line();
    clock.advance(19_999);
    expect(events.of('disconnected')).toEqual([]);
    clock.advance(1);
    const { error, retryInMs } = await events.next('disconnected');
    expect(error.code).toBe('loginTimedOut');
    expect(retryInMs).toBe(1000);
    await connection.closed();
  });

  it.each([
    ['error as text', { id: 1, error: 'Invalid payment address provided' }],
    ['error as list', { id: 1, error: [-1, 'Invalid payment address provided'] }],
    ['id as text', { id: '1', error: { message: 'Invalid payment address provided' } }],
    ['id null', { id: null, error: { message: 'Invalid payment address provided' } }],
    ['result beside the error', { ...loginAnswer(), error: { message: 'invalid address' } }],
  ])('refuses it with %s', async (_, answer) => {
    const { events } = startMiner(each.pool.port);
    await each.pool.loggedIn(answer);
    await expect(events.next('disconnected')).rejects.toThrow(/refused the login: “invalid/i);
  });

  it.each([
    ['id as text', { ...loginAnswer(), id: '1' }],
    ['id null', { ...loginAnswer(), id: null }],
    ['no status', loginAnswer({ status: undefined })],
    ['no height, no id in the job', loginAnswer({ job: rxJob({ height: undefined }) })],
    ['extensions of the wrong shape', loginAnswer({ extensions: { algo: 1 } })],
  ])('accepts it with %s', async (_, answer) => {
    const { client, events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn(answer);
    const { job } = await events.next('job');
    client.submit(forgeShare(job));
    expect(JSON.parse(await connection.line())).toMatchObject({ params: { id: sessionId } });
  });

  it.each([
    ['a number', { id: 12 }, '12'],
    ['a short text', { id: 'f' }, 'f'],
    ['only in the job', { id: undefined, job: rxJob({ id: 'abc' }) }, 'abc'],
  ])('with a session id that is %s', async (_, result, expected) => {
    const { client, events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn(loginAnswer(result));
    const { job } = await events.next('job');
    client.submit(forgeShare(job));
    expect(JSON.parse(await connection.line())).toMatchObject({ params: { id: expected } });
  });

  it.each([
    ['no session id', loginAnswer({ id: undefined })],
    ['a result that is true', { id: 1, result: true }],
    ['a result that is null', { id: 1, result: null }],
  ])('with %s: reconnects with backoff', async (_, answer) => {
    const { events } = startMiner(each.pool.port);
    await each.pool.loggedIn(answer);
    const { error } = await events.next('disconnected');
    expect(error.code).toBe('loginMalformed');
    expect(events.of('loggedIn')).toEqual([]);
  });

  it('with a session id that does not fit a line back: says so, and tries again slowly', async () => {
    const { events } = startMiner(each.pool.port);
    await each.pool.loggedIn(loginAnswer({ id: '\u0001'.repeat(1000) }));
    const { error, retryInMs } = await events.next('disconnected');
    expect(error.code).toBe('sessionIdTooLong');
    expect(retryInMs).toBe(60_000);
  });

  it('without a job: waits for a push', async () => {
    const { clock, events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn(loginAnswer({ job: undefined }));
    await events.next('loggedIn');
    clock.advance(19_999);
    connection.send(jobPush(rxJob()));
    await events.next('job');
    clock.advance(25_000);
    expect(events.of('disconnected')).toEqual([]);
  });

  it('without a job, and none to come: reconnects', async () => {
    const { clock, events } = startMiner(each.pool.port);
    await each.pool.loggedIn(loginAnswer({ job: null }));
    await events.next('loggedIn');
    clock.advance(20_000);
    expect((await events.next('disconnected')).error.code).toBe('noJob');
  });

  it('after a job: the job waits for the login', async () => {
    const { events } = startMiner(each.pool.port);
    const connection = await each.pool.connection();
    await connection.line();
    connection.send(jobPush(rxJob({ job_id: 'early' })), loginAnswer({ job: undefined }));
    expect((await events.next('job')).job.jobId).toBe('early');
    expect(events.all.map(({ type }) => type)).toEqual([
      'connecting',
      'connected',
      'loggedIn',
      'job',
    ]);
  });

  it('twice: the second is ignored', async () => {
    const { client, events } = startMiner(each.pool.port);
    const connection = await each.pool.connection();
    await connection.line();
    connection.send(loginAnswer(), loginAnswer({ id: 'other', job: rxJob({ job_id: 'other' }) }));
    connection.send(jobPush(rxJob({ job_id: 'rx-2' })));
    await events.next('job');
    const { job } = await events.next('job');
    expect(job.jobId).toBe('rx-2');
    client.submit(forgeShare(job));
    expect(JSON.parse(await connection.line())).toMatchObject({ params: { id: sessionId } });
    expect(events.of('loggedIn')).toHaveLength(1);
  });

  it('with an error code and no text', async () => {
    const { events } = startMiner(each.pool.port);
    await each.pool.loggedIn({ id: 1, error: { code: -1 } });
    const { error, retryInMs } = await events.next('disconnected');
    expect(said(error)).toBe('The pool refused the login and gave no reason.');
    expect(retryInMs).toBe(60_000);
  });
});

const texts = (kind: (typeof poolErrors)[number][0]) =>
  poolErrors.filter(([of]) => of === kind).flatMap(([, messages]) => messages);

describe('a pool that refuses the login', () => {
  it.each(texts('fatal'))('for good: %s', async (message) => {
    const { clock, events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn(refusal(message));
    await connection.closed();
    const failed = events.all.at(-1);
    expect(failed).toMatchObject({ type: 'failed', error: { code: 'loginRefused' } });
    expect(said(failed?.type === 'failed' ? failed.error : undefined)).toContain(message);
    expect(clock.waiting).toBe(0);
  });

  it.each(texts('ban'))('for ten minutes: %s', async (message) => {
    const { clock, events } = startMiner(each.pool.port);
    await each.pool.loggedIn(refusal(message));
    const { error, retryInMs } = await events.next('disconnected');
    expect(error.code).toBe('banned');
    expect(retryInMs).toBeGreaterThanOrEqual(600_000);
    clock.advance(retryInMs - 1);
    expect(each.pool.connectionCount).toBe(1);
    clock.advance(1);
    await events.next('connected');
  });

  it.each([...texts('transient'), ...texts('sessionLost')])('for a moment: %s', async (message) => {
    const { events } = startMiner(each.pool.port);
    await each.pool.loggedIn(refusal(message));
    const { error, retryInMs } = await events.next('disconnected');
    expect(error.code).toBe('poolNotReady');
    expect(retryInMs).toBe(1000);
  });

  it.each(['The stars are wrong', ...texts('rejected')])(
    'for reasons of its own: %s',
    async (message) => {
      const { events } = startMiner(each.pool.port);
      await each.pool.loggedIn(refusal(message));
      expect((await events.next('disconnected')).retryInMs).toBe(60_000);
    },
  );

  it('with text made for a terminal', async () => {
    const { events } = startMiner(each.pool.port);
    await each.pool.loggedIn(refusal('\u001b]0;pwned\u0007\nBanned'));
    const { error } = await events.next('disconnected');
    expect(said(error)).not.toMatch(/\p{Cc}/u);
  });
});

describe('a pool that announces extensions', () => {
  it('algo: shares carry theirs', async () => {
    const { client, events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn(loginAnswer({ extensions: ['algo'] }));
    client.submit(forgeShare((await events.next('job')).job));
    expect(JSON.parse(await connection.line())).toMatchObject({ params: { algo: 'rx/0' } });
  });

  it('none: they do not', async () => {
    const { client, events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn(loginAnswer());
    client.submit(forgeShare((await events.next('job')).job));
    expect(await connection.line()).not.toContain('algo');
  });

  it('nicehash: the last nonce byte is the pool’s, also in later jobs', async () => {
    const { events } = startMiner(each.pool.port);
    const connection = await each.pool.loggedIn(loginAnswer({ extensions: ['nicehash'] }));
    connection.send(jobPush(rxJob({ job_id: 'rx-2' })));
    expect((await events.next('job')).job.reservedNonceBytes).toBe(1);
    expect((await events.next('job')).job.reservedNonceBytes).toBe(1);
  });
});

describe('what the pool is told about a lost session', () => {
  it('nothing: the documented answer comes again after a reconnect and is mined again', async () => {
    const { clock, events } = startMiner(each.pool.port);
    const first = await each.pool.loggedIn(lines.loginAnswer);
    await events.next('job');
    first.socket.destroy();
    clock.advance((await events.next('disconnected')).retryInMs);
    const second = await each.pool.connection();
    expect(await second.line()).toBe(lines.login);
    second.send(lines.loginAnswer);
    expect((await events.next('job')).job.jobId).toBe('q7PLUPL25UV0z5Ij14IyMk8htXbj');
  });
});
