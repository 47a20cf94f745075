import { describe, expect, it } from 'vitest';
import { Inspector } from '../../../../electron/core/work/stratum/inspector.ts';
import {
  blobOnBlock,
  firstJob,
  jobPush,
  lines,
  loginAnswer,
  rxJob,
  secondJob,
} from '../../../support/stratum/exchange.ts';
import { forgeShare, poolForEachTest, startMiner } from '../../../support/stratum/miner.ts';
import { said } from '../../../support/said.ts';

const each = poolForEachTest();

async function loggedIn(changed: Parameters<typeof startMiner>[1] = {}) {
  const miner = startMiner(each.pool.port, changed);
  const connection = await each.pool.loggedIn(loginAnswer());
  const { job } = await miner.events.next('job');
  return { ...miner, connection, job };
}

const broken = {
  'odd blob': { blob: `${secondJob.blob}0` },
  'non-hex blob': { blob: 'zz'.repeat(76) },
  'blob as number': { blob: 5 },
  'missing blob': { blob: undefined },
  'blob of 42 bytes': { blob: '10'.repeat(42) },
  'blob of 408 bytes': { blob: '10'.repeat(408) },
  'missing job id': { job_id: undefined },
  'target 00000000': { target: '00000000' },
  'target of 3 digits': { target: 'b88' },
  'target of 6 bytes': { target: 'b88d06000000' },
  'target of 32 bytes': { target: 'ff'.repeat(32) },
  'target as number': { target: 1 },
  'short seed': { seed_hash: 'ab' },
  'non-hex seed': { seed_hash: 'zz'.repeat(32) },
};

describe('a broken job', () => {
  it.each(Object.entries(broken))('(%s) leaves the one before in place', async (_, changed) => {
    const { client, connection, events, job } = await loggedIn();
    connection.send(jobPush(rxJob({ job_id: 'broken', ...changed })));
    connection.send(jobPush(rxJob({ job_id: 'rx-2' })));
    expect((await events.next('job')).job.jobId).toBe('rx-2');
    client.submit(forgeShare(job));
    await connection.line();
    expect(events.of('unminableJob')).toEqual([]);
    expect(events.of('disconnected')).toEqual([]);
  });

  it.each(Object.entries(broken))('(%s) at the login is told', async (_, changed) => {
    const { events } = startMiner(each.pool.port);
    await each.pool.loggedIn(loginAnswer({ job: rxJob(changed) }));
    const { error } = await events.next('unminableJob');
    expect(error.code).toBe('jobMalformed');
    expect(events.of('disconnected')).toEqual([]);
  });

  it('five times in a row ends the connection', async () => {
    const { connection, events } = await loggedIn();
    for (let count = 0; count < 5; count += 1) connection.send(jobPush({ blob: count }));
    expect((await events.next('disconnected')).error.code).toBe('jobsMalformed');
  });

  it('now and then does not', async () => {
    const { connection, events } = await loggedIn();
    for (let count = 0; count < 12; count += 1) {
      connection.send(jobPush(null), jobPush(rxJob({ job_id: `good-${count % 2}` })));
    }
    connection.send(jobPush(rxJob({ job_id: 'last' })));
    await events.next('job');
    expect(events.of('disconnected')).toEqual([]);
  });
});

describe('a job that cannot be mined', () => {
  it.each([
    ['rx/999', { algo: 'rx/999' }, 'algorithmUnknown'],
    ['cn/r', { algo: 'cn/r' }, 'algorithmUnknown'],
    ['RandomX without a seed hash', { seed_hash: undefined }, 'seedHashMissing'],
    ['RandomX with an empty one', { seed_hash: '' }, 'seedHashMissing'],
    ['unnamed RandomX without one', { algo: undefined, seed_hash: null }, 'seedHashMissing'],
  ])('(%s) is told in words while the connection stays', async (_, changed, code) => {
    const { client, clock, connection, events, job } = await loggedIn();
    connection.send(jobPush(rxJob({ job_id: 'x', ...changed })));
    expect((await events.next('unminableJob')).error.code).toBe(code);
    // What is still found for the job before is not sent: the pool has left it.
    client.submit(forgeShare(job));
    await events.next('stale');
    clock.advance(30_000);
    expect(await connection.line()).toContain('keepalived');
    connection.send(jobPush(rxJob()));
    expect((await events.next('job')).job.jobId).toBe('rx-1');
    expect(events.of('disconnected')).toEqual([]);
  });

  it('is told once, however often it comes', async () => {
    const { connection, events } = await loggedIn();
    for (let count = 0; count < 50; count += 1) {
      connection.send(jobPush(rxJob({ job_id: `x${count}`, algo: 'kawpow' })));
    }
    connection.send(jobPush(rxJob({ job_id: 'y' })));
    await events.next('job');
    expect(events.of('unminableJob')).toHaveLength(1);
  });

  it('is one of an algorithm that the engine lacks', async () => {
    const { events } = startMiner(each.pool.port, { algorithm: 'rx/0' });
    await each.pool.loggedIn(lines.loginAnswer);
    expect(said((await events.next('unminableJob')).error)).toContain('cn/1');
  });

  it('is told a few times a second at most, whatever reasons the pool finds', async () => {
    const { clock, connection, events } = await loggedIn();
    for (let count = 0; count < 500; count += 1) {
      connection.send(jobPush(rxJob({ job_id: `x${count}`, algo: `made-up/${count}` })));
    }
    connection.send(jobPush(rxJob({ algo: 'the-last' })));
    await expect
      .poll(() => {
        clock.advance(250);
        return events.of('unminableJob').at(-1)?.error.values;
      })
      .toEqual({ said: 'the-last' });
    const polls = events.of('unminableJob').length;
    expect(polls).toBeLessThan(100);
  });

  it('is one whose id would not fit a line back, however short it looks', async () => {
    const { connection, events } = await loggedIn();
    connection.send(jobPush(rxJob({ job_id: '\u0001'.repeat(1500) })));
    expect((await events.next('unminableJob')).error.code).toBe('jobIdTooLong');
    connection.send(jobPush(rxJob({ job_id: 'next' })));
    await events.next('job');
  });
});

describe('a job of the next fork', () => {
  it('is mined as rx/2 when it says so, and from block version 17 on when it does not say', async () => {
    const { connection, events } = await loggedIn();
    connection.send(jobPush(rxJob({ job_id: 'named', algo: 'rx/2' })));
    expect((await events.next('job')).job.algorithm).toBe('rx/2');
    const blob = `1111${secondJob.blob.slice(4)}`;
    connection.send(jobPush(rxJob({ job_id: 'unnamed', algo: undefined, blob })));
    expect((await events.next('job')).job.algorithm).toBe('rx/2');
    connection.send(jobPush(rxJob({ job_id: 'told', algo: 'rx/0', blob })));
    expect((await events.next('job')).job.algorithm).toBe('rx/0');
  });
});

describe('an odd job', () => {
  it.each([
    ['blob of 43 bytes', { blob: '10'.repeat(43) }],
    ['blob of 407 bytes', { blob: '10'.repeat(407) }],
    ['upper-case hex', { blob: secondJob.blob.toUpperCase(), algo: 'RandomX' }],
    ['target ffffffff', { target: 'ffffffff' }],
    ['8-byte target', { target: 'ffffffffffffff00' }],
    ['missing algo', { algo: undefined }],
    ['height as text', { height: '12' }],
    ['fractional height', { height: 1.5 }],
    ['job id as number', { job_id: 7 }],
    ['empty job id', { job_id: '' }],
    ['strange members', { sig_key: 'x', blocktemplate_blob: 1, extra_nonce: [] }],
  ])('(%s) is mined', async (_, changed) => {
    const { connection, events } = await loggedIn();
    connection.send(jobPush(rxJob({ job_id: 'odd', ...changed })));
    expect((await events.next('job')).job.algorithm).toBe('rx/0');
  });

  it.each([0, null, 'x', -1, 1])('pushed with id %s is mined', async (id) => {
    const { connection, events } = await loggedIn();
    connection.send(jobPush(rxJob({ job_id: 'pushed' }), { id }));
    expect((await events.next('job')).job.jobId).toBe('pushed');
  });
});

describe('job after job', () => {
  it('the same again is ignored', async () => {
    const { connection, events } = await loggedIn();
    connection.send(jobPush(rxJob()), jobPush(rxJob()), jobPush(rxJob({ job_id: 'rx-2' })));
    await events.next('job');
    expect(events.of('job').map(({ job }) => job.jobId)).toEqual(['rx-1', 'rx-2']);
  });

  it('the same blob with another target is passed on, and its shares name the right job', async () => {
    const { client, connection, events, job } = await loggedIn();
    connection.send(jobPush(rxJob({ job_id: 'harder', target: 'dc460300' })));
    const harder = (await events.next('job')).job;
    expect(harder.difficulty).toBe(20_000n);
    client.submit(forgeShare(job, 1));
    expect(await connection.line()).toContain('"job_id":"rx-1"');
    client.submit(forgeShare(harder, 2));
    expect(await connection.line()).toContain('"job_id":"harder"');
  });

  it('a target raised under the same job id stales what only met the old one', async () => {
    const { client, connection, events, job } = await loggedIn();
    connection.send(jobPush(rxJob({ target: 'dc460300' })));
    await events.next('job');
    const result = new Uint8Array(32);
    new DataView(result.buffer).setBigUint64(24, job.target - 1n, true);
    client.submit({ ...forgeShare(job), result });
    expect((await events.next('stale')).error.code).toBe('difficultyRaised');
  });

  it('a flood of 3000 comes through as a few and the newest', async () => {
    const inspector = new Inspector(undefined, 5000);
    const { clock, connection, events } = await loggedIn({ inspector });
    for (let count = 1; count <= 3000; count += 1) {
      connection.send(jobPush(rxJob({ job_id: `flood-${count}` })));
    }
    await expect.poll(() => inspector.messages().length, { timeout: 20_000 }).toBe(3002);
    expect(events.of('job')).toHaveLength(4);
    clock.advance(250);
    expect(events.of('job')).toHaveLength(5);
    expect(events.of('job').at(-1)?.job.jobId).toBe('flood-3000');
    clock.advance(60_000);
    expect(events.of('job')).toHaveLength(5);
  });

  it('on another block stales the shares of the one before', async () => {
    const { client, connection, events, job } = await loggedIn();
    connection.send(jobPush(rxJob({ job_id: 'same-block', height: 1 })));
    await events.next('job');
    client.submit(forgeShare(job, 1));
    expect(await connection.line()).toContain('"job_id":"rx-1"');

    connection.send(jobPush(rxJob({ job_id: 'next-block', blob: blobOnBlock(2) })));
    await events.next('job');
    client.submit(forgeShare(job, 2));
    expect((await events.next('stale')).error.code).toBe('blockChanged');
    expect(connection.unread()).toEqual([]);
  });

  it('on another block does not, where the pool pays for those', async () => {
    const { client, connection, events, job } = await loggedIn({ paysForStale: true });
    connection.send(jobPush(rxJob({ job_id: 'next-block', blob: blobOnBlock(2) })));
    await events.next('job');
    client.submit(forgeShare(job));
    expect(await connection.line()).toContain('"job_id":"rx-1"');
  });

  it('in RandomX and CryptoNight by turns is passed on as it comes', async () => {
    const { connection, events } = await loggedIn();
    connection.send(jobPush(firstJob), jobPush(rxJob()));
    expect((await events.next('job')).job.algorithm).toBe('cn/1');
    expect((await events.next('job')).job.algorithm).toBe('rx/0');
  });
});

describe('a pool that goes quiet', () => {
  it('for ten minutes is connected to anew, and from the second time on not at once', async () => {
    const { clock, connection, events } = await loggedIn();
    clock.advance(599_999);
    expect(events.of('disconnected')).toEqual([]);
    clock.advance(1);
    const first = await events.next('disconnected');
    expect(first).toMatchObject({ retryInMs: 1000, error: { code: 'noJobForLong' } });
    await connection.closed();
    clock.advance(1000);
    await each.pool.loggedIn(loginAnswer());
    await events.next('job');
    clock.advance(600_000);
    expect((await events.next('disconnected')).retryInMs).toBe(60_000);
  });

  it('but answers keepalives gets twenty minutes: blocks are sometimes slow', async () => {
    const inspector = new Inspector();
    const heard = () => inspector.messages().filter(({ text }) => text.includes('KEEPALIVED'));
    const { clock, connection, events } = await loggedIn({ inspector });
    for (let count = 1; count < 40; count += 1) {
      clock.advance(30_000);
      const { id } = JSON.parse(await connection.line()) as { id: number };
      connection.send({ id, result: { status: 'KEEPALIVED' } });
      await expect.poll(() => heard().length).toBe(count);
    }
    expect(events.of('disconnected')).toEqual([]);
    clock.advance(30_000);
    expect((await events.next('disconnected')).error.code).toBe('noJobForLong');
  });

  it('in mid-line counts as quiet', async () => {
    const { clock, connection, events } = await loggedIn();
    for (let count = 0; count < 20; count += 1) {
      connection.raw('{');
      clock.advance(30_000);
    }
    expect((await events.next('disconnected')).error.code).toBe('noJobForLong');
  });
});
