import { describe, expect, it } from 'vitest';
import type { Share } from '../../../../electron/core/work/job.ts';
import { blobOnBlock, jobPush, loginAnswer, rxJob } from '../../../support/stratum/exchange.ts';
import { forgeShare, poolForEachTest, startMiner } from '../../../support/stratum/miner.ts';
import { poolErrors } from '../../../support/stratum/poolErrors.ts';
import { said } from '../../../support/said.ts';

const each = poolForEachTest();

async function loggedIn(answer = loginAnswer()) {
  const miner = startMiner(each.pool.port);
  const connection = await each.pool.loggedIn(answer);
  const { job } = await miner.events.next('job');
  /** Submits a share and gives the request's id. */
  const submit = async (nonce = 1): Promise<number> => {
    miner.client.submit(forgeShare(job, nonce));
    return (JSON.parse(await connection.line()) as { id: number }).id;
  };
  /** Submits so many shares and refuses each. */
  const refuse = async (message: string, nonces: readonly number[]): Promise<void> => {
    for (const nonce of nonces) {
      const id = await submit(nonce);
      connection.send({ id, error: { code: -1, message } });
      await miner.events.next('rejected');
    }
  };
  return { ...miner, connection, job, submit, refuse };
}

const texts = (...kinds: readonly (typeof poolErrors)[number][0][]) =>
  poolErrors.filter(([kind]) => kinds.includes(kind)).flatMap(([, messages]) => messages);

describe('a share answered with an error', () => {
  it.each([...texts('rejected', 'ownFault', 'throttled'), 'The stars are wrong'])(
    '“%s” is rejected, and the connection stays',
    async (message) => {
      const { connection, events, submit } = await loggedIn();
      connection.send({ id: await submit(), error: { code: -1, message } });
      expect(said((await events.next('rejected')).error)).toContain(message);
      connection.send({ id: await submit(2), result: { status: 'OK' } });
      await events.next('accepted');
    },
  );

  it.each(texts('stale'))('“%s” is stale, and the connection stays', async (message) => {
    const { connection, events, submit } = await loggedIn();
    connection.send({ id: await submit(), error: { message } });
    await events.next('stale');
    connection.send({ id: await submit(2), result: { status: 'OK' } });
    await events.next('accepted');
  });

  it.each(texts('sessionLost'))('“%s” is stale and logs in again', async (message) => {
    const { connection, events, submit } = await loggedIn();
    connection.send({ id: await submit(), error: { message } });
    await events.next('stale');
    expect((await events.next('disconnected')).retryInMs).toBe(1000);
  });

  it.each(texts('transient'))('“%s” is rejected and reconnects', async (message) => {
    const { connection, events, submit } = await loggedIn();
    connection.send({ id: await submit(), error: { message } });
    await events.next('rejected');
    expect((await events.next('disconnected')).retryInMs).toBe(1000);
  });

  it.each(texts('ban'))('“%s” is rejected and stays away for ten minutes', async (message) => {
    const { connection, events, submit } = await loggedIn();
    connection.send({ id: await submit(), error: { message } });
    await events.next('rejected');
    expect((await events.next('disconnected')).retryInMs).toBeGreaterThanOrEqual(600_000);
  });

  it.each(texts('fatal'))('“%s” is rejected and ends for good', async (message) => {
    const { connection, events, submit } = await loggedIn();
    connection.send({ id: await submit(), error: { message } });
    await connection.closed();
    expect(events.all.slice(-2).map(({ type }) => type)).toEqual(['rejected', 'failed']);
  });

  it('about its nonce reconnects and leaves the last byte alone from then on', async () => {
    const { clock, connection, events, submit } = await loggedIn();
    const message = 'Invalid nonce; is miner not compatible with NiceHash?';
    connection.send({ id: await submit(), error: { message } });
    await events.next('rejected');
    clock.advance((await events.next('disconnected')).retryInMs);
    await each.pool.loggedIn(loginAnswer());
    expect((await events.next('job')).job.reservedNonceBytes).toBe(1);
  });
});

describe('a share answered strangely', () => {
  it.each([
    ['result true', { result: true }],
    ['result {}', { result: {} }],
    ['status ok in lower case', { result: { status: 'ok' } }],
  ])('%s is accepted', async (_, answer) => {
    const { connection, events, submit } = await loggedIn();
    connection.send({ id: await submit(), ...answer });
    await events.next('accepted');
  });

  it('the id as text is accepted', async () => {
    const { connection, events, submit } = await loggedIn();
    connection.send({ id: String(await submit()), result: { status: 'OK' } });
    await events.next('accepted');
  });

  it.each([
    ['status REJECTED', { result: { status: 'REJECTED' } }],
    ['result false', { result: false }],
    ['result null', { result: null }],
    ['error as text', { error: 'no' }],
    ['error as list', { error: [1, 'no'] }],
    ['error without a message', { error: { code: -1 } }],
    ['error and result', { error: { message: 'no' }, result: { status: 'OK' } }],
  ])('%s is rejected', async (_, answer) => {
    const { connection, events, submit } = await loggedIn();
    connection.send({ id: await submit(), ...answer });
    await events.next('rejected');
    expect(events.of('accepted')).toEqual([]);
  });

  it('answers to what was never asked are ignored', async () => {
    const { connection, events, submit } = await loggedIn();
    const id = await submit();
    for (const unknown of [77, -1, 0, '99', null]) {
      connection.send({ id: unknown, result: { status: 'OK' } });
      connection.send({ id: unknown, error: { message: 'Low difficulty share' } });
    }
    connection.send({ id, result: { status: 'OK' } }, { id, result: { status: 'OK' } });
    await events.next('accepted');
    connection.send(jobPush(rxJob({ job_id: 'next' })));
    await events.next('job');
    expect(events.of('accepted')).toHaveLength(1);
    expect(events.of('rejected')).toEqual([]);
    expect(events.of('disconnected')).toEqual([]);
  });

  it('answers out of order find their shares', async () => {
    const { connection, events, submit } = await loggedIn();
    const first = await submit(1);
    const second = await submit(2);
    connection.send(jobPush(rxJob({ job_id: 'between' })));
    connection.send({ id: second, result: { status: 'OK' } });
    connection.send({ id: first, error: { message: 'Low difficulty share' } });
    expect((await events.next('accepted')).share.nonce).toEqual(Uint8Array.of(2, 0, 0, 0));
    expect((await events.next('rejected')).share.nonce).toEqual(Uint8Array.of(1, 0, 0, 0));
  });

  it('no answer for a minute: the share expires, the connection stays', async () => {
    const { clock, connection, events, submit } = await loggedIn();
    const id = await submit();
    clock.advance(59_999);
    expect(events.of('stale')).toEqual([]);
    clock.advance(1);
    expect((await events.next('stale')).error.code).toBe('shareUnanswered');
    connection.send({ id, result: { status: 'OK' } }, jobPush(rxJob({ job_id: 'next' })));
    await events.next('job');
    expect(events.of('accepted')).toEqual([]);
    expect(events.of('disconnected')).toEqual([]);
  });

  it('no answer to three, and not a byte else: nobody is there', async () => {
    const { clock, events, submit } = await loggedIn();
    clock.advance(1);
    for (const nonce of [1, 2, 3]) await submit(nonce);
    clock.advance(60_000);
    expect((await events.next('disconnected')).error.code).toBe('sharesUnanswered');
    expect(events.of('stale')).toHaveLength(3);
  });

  it('no answer to three, though the pool goes on talking: it does not work', async () => {
    const { clock, connection, events, submit } = await loggedIn();
    for (const nonce of [1, 2, 3]) {
      await submit(nonce);
      connection.send(jobPush(rxJob({ job_id: `job-${nonce}` })));
      await events.next('job');
      clock.advance(60_000);
    }
    expect((await events.next('disconnected')).error.code).toBe('sharesUnanswered');
  });

  it('the connection ends first: the share is told of, and never sent again', async () => {
    const { client, clock, connection, events, job, submit } = await loggedIn();
    await submit();
    connection.socket.destroy();
    expect((await events.next('stale')).error.code).toBe('shareCutOff');
    clock.advance((await events.next('disconnected')).retryInMs);
    const again = await each.pool.loggedIn(loginAnswer());
    await events.next('job');
    client.submit(forgeShare(job, 1));
    expect((await events.next('rejected')).error.code).toBe('shareRepeated');
    client.submit(forgeShare(job, 2));
    expect(await again.line()).toContain('"nonce":"02000000"');
  });
});

describe('shares refused in a row', () => {
  it('five with none accepted end mining on this pool', async () => {
    const { events, refuse, connection, submit } = await loggedIn();
    await refuse('Low difficulty share', [1, 2, 3, 4]);
    expect(events.of('disconnected')).toEqual([]);
    connection.send({ id: await submit(5), error: { message: 'Low difficulty share' } });
    await connection.closed();
    expect(events.all.at(-1)).toMatchObject({
      type: 'failed',
      error: { code: 'sharesRefused' },
    });
  });

  it('count across reconnects', async () => {
    const { clock, connection, events, job, refuse, client } = await loggedIn();
    await refuse('Low difficulty share', [1, 2, 3, 4]);
    connection.socket.destroy();
    clock.advance((await events.next('disconnected')).retryInMs);
    const again = await each.pool.loggedIn(loginAnswer());
    await events.next('job');
    client.submit(forgeShare(job, 5));
    const { id } = JSON.parse(await again.line()) as { id: number };
    again.send({ id, error: { message: 'Low difficulty share' } });
    await again.closed();
    expect(events.all.at(-1)?.type).toBe('failed');
  });

  it('an accepted one in between starts the count anew', async () => {
    const { connection, events, refuse, submit } = await loggedIn();
    await refuse('Low difficulty share', [1, 2, 3, 4]);
    connection.send({ id: await submit(5), result: { status: 'OK' } });
    await events.next('accepted');
    await refuse('Low difficulty share', [6, 7, 8, 9]);
    expect(events.of('disconnected')).toEqual([]);
  });

  it('five after accepted ones pause for ten minutes; five more end it', async () => {
    const { client, clock, connection, events, job, refuse, submit } = await loggedIn();
    connection.send({ id: await submit(1), result: { status: 'OK' } });
    await events.next('accepted');
    await refuse('Invalid share', [2, 3, 4, 5, 6]);
    const { error, retryInMs } = await events.next('disconnected');
    expect(error.code).toBe('sharesRefusedForNow');
    expect(retryInMs).toBeGreaterThanOrEqual(600_000);
    clock.advance(retryInMs);
    const again = await each.pool.loggedIn(loginAnswer());
    await events.next('job');
    for (const nonce of [7, 8, 9, 10, 11]) {
      client.submit(forgeShare(job, nonce));
      const { id } = JSON.parse(await again.line()) as { id: number };
      again.send({ id, error: { message: 'Invalid share' } });
    }
    await again.closed();
    expect(events.all.at(-1)?.type).toBe('failed');
  });

  it('stale and throttled ones do not count', async () => {
    const { connection, events, refuse, submit } = await loggedIn();
    await refuse('Throttled down share submission (please increase difficulty)', [1, 2, 3, 4, 5]);
    for (const nonce of [6, 7, 8, 9]) {
      connection.send({ id: await submit(nonce), error: { message: 'Block expired' } });
      await events.next('stale');
    }
    await refuse('Low difficulty share', [11, 12, 13, 14]);
    expect(events.of('disconnected')).toEqual([]);
  });
});

describe('shares that count for nothing', () => {
  it('ten in a row lead to another connection, and from the second time on not at once', async () => {
    const { clock, connection, events, job, client } = await loggedIn();
    const message = 'Invalid job id';
    let pool = connection;
    for (const [turn, retryInMs] of [1000, 60_000].entries()) {
      for (let count = 1; count <= 10; count += 1) {
        client.submit(forgeShare(job, turn * 10 + count));
        const { id } = JSON.parse(await pool.line()) as { id: number };
        pool.send({ id, error: { message } });
        await events.next('stale');
      }
      expect(await events.next('disconnected')).toMatchObject({
        retryInMs,
        error: { code: 'noShareCounts' },
      });
      clock.advance(retryInMs);
      pool = await each.pool.loggedIn(loginAnswer());
      await events.next('job');
    }
  });
});

describe('a share that must not leave', () => {
  it.each<[string, (share: Share) => Share, string]>([
    [
      'a hash above the target',
      (s) => ({ ...s, result: new Uint8Array(32).fill(255) }),
      'shareBelowTarget',
    ],
    [
      'a nonce that is not in its blob',
      (s) => ({ ...s, nonce: Uint8Array.of(9, 9, 9, 9) }),
      'shareNonceDiffers',
    ],
  ])('%s', async (_, spoil, code) => {
    const { client, connection, events, job } = await loggedIn();
    client.submit(spoil(forgeShare(job)));
    expect((await events.next('rejected')).error.code).toBe(code);
    client.submit(forgeShare(job, 2));
    expect(await connection.line()).toContain('"nonce":"02000000"');
  });

  it('one that changes a byte of the pool', async () => {
    const blob = `${blobOnBlock(1).slice(0, 78)}0000005a${blobOnBlock(1).slice(86)}`;
    const { client, connection, events, job } = await loggedIn(
      loginAnswer({ job: rxJob({ blob }) }),
    );
    client.submit({ ...forgeShare({ ...job, reservedNonceBytes: 0 }) });
    expect((await events.next('rejected')).error.code).toBe('shareNonceReserved');
    client.submit(forgeShare(job, 0x0b));
    expect(await connection.line()).toContain('"nonce":"0b00005a"');
  });

  it('the same one twice', async () => {
    const { client, connection, events, job, submit } = await loggedIn();
    await submit(1);
    client.submit(forgeShare(job, 1));
    expect((await events.next('rejected')).error.code).toBe('shareRepeated');
    await submit(2);
    expect(connection.unread()).toEqual([]);
  });

  it('one of a job that this connection never had', async () => {
    const { client, events, job } = await loggedIn();
    client.submit(forgeShare({ ...job, jobId: 'unknown' }));
    expect((await events.next('stale')).error.code).toBe('jobGone');
    client.submit(forgeShare({ ...job, blob: new Uint8Array(76) }));
    expect((await events.next('stale')).error.code).toBe('jobGone');
  });

  it('one found while there is no connection', async () => {
    const { client, connection, events, job } = await loggedIn();
    connection.socket.destroy();
    await events.next('disconnected');
    client.submit(forgeShare(job));
    expect((await events.next('stale')).error.code).toBe('notConnected');
  });

  it('more of them than a pool can want', async () => {
    const { client, events, job } = await loggedIn(
      loginAnswer({ job: rxJob({ target: 'ffffffff' }) }),
    );
    for (let nonce = 0; nonce < 1000; nonce += 1) client.submit(forgeShare(job, nonce));
    expect(events.of('stale')).toHaveLength(940);
    expect(events.of('stale')[0]?.error.code).toBe('tooManyShares');
  });
});
