import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StratumClient } from '../../../../electron/core/work/stratum/client.ts';
import { FailoverSource } from '../../../../electron/core/work/failover/source.ts';
import type { PoolSpec, WorkSpec } from '../../../../electron/core/work/spec.ts';
import { PoolMemory } from '../../../../electron/core/work/stratum/poolMemory.ts';
import { loginAnswer, lines, rxJob } from '../../../support/stratum/exchange.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { defaultOptions, EventLog, forgeShare } from '../../../support/stratum/miner.ts';
import { ScriptedPool, type PoolConnection } from '../../../support/stratum/scriptedPool.ts';

let primary: ScriptedPool;
let backup: ScriptedPool;
let clock: FakeClock;
let events: EventLog;
/** What the primary's own source tells, whether it is in front or not. */
let ofPrimary: EventLog;
let source: FailoverSource;

const answer = (job_id: string) => loginAnswer({ job: rxJob({ job_id }) });

const at = ({ port }: ScriptedPool): PoolSpec => ({
  ...{ kind: 'stratum', host: '127.0.0.1', port, tls: { use: 'none' }, login: 'x', password: 'x' },
});
const list = (...pools: [PoolSpec, ...PoolSpec[]]): WorkSpec => ({ kind: 'pools', pools });

beforeEach(async () => {
  [primary, backup] = [await ScriptedPool.listen(), await ScriptedPool.listen()];
  clock = new FakeClock();
  events = new EventLog();
  ofPrimary = new EventLog();
  const open = ({ port }: PoolSpec) => {
    const memory = new PoolMemory();
    return (listener: EventLog['listener']) =>
      new StratumClient(
        { ...defaultOptions, host: '127.0.0.1', port, memory },
        (event) => {
          if (port === primary.port) ofPrimary.listener(event);
          listener(event);
        },
        clock,
      );
  };
  source = new FailoverSource([at(primary), at(backup)], open, events.listener, clock);
  source.start();
});

afterEach(async () => {
  source.stop();
  expect(clock.waiting).toBe(0);
  for (const pool of [primary, backup]) await pool.close();
});

/** Refuses the primary's connections until the backup is tried; gives the delay of the primary's next try. */
async function primaryDown(): Promise<number> {
  (await primary.connection()).socket.destroy();
  clock.advance((await events.next('disconnected')).retryInMs);
  (await primary.connection()).socket.destroy();
  return (await events.next('disconnected')).retryInMs;
}

/** Lets the primary take the login after that delay and give work, for a minute: gives its connection. */
async function primaryWorks(delay: number): Promise<PoolConnection> {
  clock.advance(delay);
  const connection = await primary.loggedIn(answer('p1'));
  await ofPrimary.next('job');
  clock.advance(60_000);
  return connection;
}

/** Types and ports of what happened, in short. */
function story(): string[] {
  return events.all.map((event) =>
    'endpoint' in event
      ? `${event.type} ${event.endpoint.port === primary.port ? 'primary' : 'backup'}`
      : event.type === 'job'
        ? `job ${event.job.jobId}`
        : event.type,
  );
}

/** How both stand, and what is wrong with each. */
const standings = () =>
  source.standings.map(({ standing, trouble }) => [standing, trouble?.code ?? null]);

describe('failover', () => {
  it('tells which pool is in use, and what is wrong with the one before it', async () => {
    expect(standings()).toEqual([
      ['connecting', null],
      ['resting', null],
    ]);
    const delay = await primaryDown();
    await backup.loggedIn(answer('b1'));
    await events.next('job');
    expect(standings()).toEqual([
      ['down', 'closedAtOnceTlsPerhaps'],
      ['inUse', null],
    ]);
    clock.advance(delay);
    await primary.loggedIn(answer('p1'));
    await ofPrimary.next('job');
    expect(standings()).toEqual([
      ['proving', null],
      ['inUse', null],
    ]);
    clock.advance(60_000);
    expect(standings()).toEqual([
      ['inUse', null],
      ['resting', null],
    ]);
  });

  it('tells of a pool that refused the login that it is not tried any more', async () => {
    await primary.loggedIn(lines.loginRefusal);
    await events.next('disconnected');
    expect(standings()[0]).toEqual(['failed', 'loginRefused']);
  });

  it('leaves the others alone while the primary works', async () => {
    await primary.loggedIn(answer('p1'));
    await events.next('job');
    expect(backup.connectionCount).toBe(0);
    expect(source.endpoint.port).toBe(primary.port);
  });

  it('sits out one hang-up', async () => {
    const connection = await primary.loggedIn(answer('p1'));
    await events.next('job');
    connection.socket.destroy();
    clock.advance((await events.next('disconnected')).retryInMs);
    await primary.loggedIn(answer('p2'));
    await events.next('job');
    expect(backup.connectionCount).toBe(0);
  });

  it('goes to the backup, tells its story in order, and returns when the primary works', async () => {
    const delay = await primaryDown();
    await backup.loggedIn(answer('b1'));
    expect((await events.next('job')).job.jobId).toBe('b1');
    expect(source.endpoint.port).toBe(backup.port);
    await primaryWorks(delay);
    expect((await events.next('job')).job.jobId).toBe('p1');
    expect(source.endpoint.port).toBe(primary.port);
    expect(story().slice(-9)).toEqual([
      'connecting backup',
      'connected backup',
      'loggedIn',
      'job b1',
      'disconnected backup',
      'connecting primary',
      'connected primary',
      'loggedIn',
      'job p1',
    ]);
  });

  /** A share goes to the backup just before the primary takes over; gives the request's id. */
  async function shareOnTheWay() {
    const delay = await primaryDown();
    const connection = await backup.loggedIn(answer('b1'));
    const { job } = await events.next('job');
    clock.advance(delay);
    await primary.loggedIn(answer('p1'));
    await ofPrimary.next('job');
    clock.advance(59_000);
    const share = forgeShare(job);
    source.submit(share);
    let line = await connection.line();
    while (!line.includes('"submit"')) line = await connection.line();
    clock.advance(1000);
    const taken = await events.next('job');
    return { connection, share, job: taken.job, id: (JSON.parse(line) as { id: number }).id };
  }

  it('sends shares to the pool in front, and lets a pool it leaves answer its last ones', async () => {
    const { connection, id, job, share } = await shareOnTheWay();
    clock.advance(2000);
    connection.send({ id, result: { status: 'OK' } });
    expect((await events.next('accepted')).share).toBe(share);
    await connection.closed();
    source.submit(forgeShare(job, 2));
    await expect.poll(() => primary.received.at(-1)).toContain('"job_id":"p1"');
  });

  it('does not wait for those answers for ever', async () => {
    const { connection } = await shareOnTheWay();
    clock.advance(2000);
    clock.advance(10_000);
    expect((await events.next('stale')).error.code).toBe('poolLeft');
    await connection.closed();
  });

  it('comes back to the backup when the primary fails again', async () => {
    const delay = await primaryDown();
    const first = await backup.loggedIn(answer('b1'));
    await events.next('job');
    const back = await primaryWorks(delay);
    await events.next('job');
    clock.advance(2000);
    await first.closed();
    back.socket.destroy();
    clock.advance((await events.next('disconnected')).retryInMs);
    (await primary.connection()).socket.destroy();
    await backup.loggedIn(answer('b2'));
    expect((await events.next('job')).job.jobId).toBe('b2');
  });

  it('goes on at once when the primary refuses the login, or bans', async () => {
    await primary.loggedIn(lines.loginRefusal);
    expect((await events.next('disconnected')).error.code).toBe('loginRefused');
    const connection = await backup.loggedIn({ id: 1, error: 'Banned' });
    const { retryInMs, error } = await events.next('disconnected');
    expect(error.code).toBe('banned');
    await connection.closed();
    clock.advance(retryInMs);
    await backup.loggedIn(answer('b1'));
    await events.next('job');
    expect(primary.connectionCount).toBe(1);
  });

  it('goes on while the primary sends nothing that can be mined, and returns when it does', async () => {
    const connection: PoolConnection = await primary.loggedIn(
      loginAnswer({ job: rxJob({ algo: 'kawpow' }) }),
    );
    await events.next('unminableJob');
    await backup.loggedIn(answer('b1'));
    expect((await events.next('job')).job.jobId).toBe('b1');
    connection.send({ method: 'job', params: rxJob({ job_id: 'p1' }) });
    await ofPrimary.next('job');
    clock.advance(60_000);
    expect((await events.next('job')).job.jobId).toBe('p1');
    expect(primary.connectionCount).toBe(1);
  });

  it('keeps the connection of the backup while the primary comes and goes', async () => {
    let delay = await primaryDown();
    const connection = await backup.loggedIn(answer('b1'));
    const { job } = await events.next('job');
    for (let count = 0; count < 5; count += 1) {
      clock.advance(delay);
      const flapping = await primary.loggedIn(answer(`p${count}`));
      await ofPrimary.next('job');
      clock.advance(30_000);
      flapping.socket.destroy();
      delay = (await ofPrimary.next('disconnected')).retryInMs;
    }
    source.submit(forgeShare(job));
    while (!(await connection.line()).includes('"submit"')) continue;
    expect(backup.connectionCount).toBe(1);
    expect(events.of('job').map(({ job }) => job.jobId)).toEqual(['b1']);
  });

  it('keeps it while the primary has work now and then', async () => {
    const flapping = await primary.loggedIn(loginAnswer({ job: rxJob({ algo: 'kawpow' }) }));
    await backup.loggedIn(answer('b1'));
    await events.next('job');
    for (const job_id of ['p1', 'p2', 'p3']) {
      flapping.send({ method: 'job', params: rxJob({ job_id }) });
      await ofPrimary.next('job');
      clock.advance(20_000);
      flapping.send({ method: 'job', params: rxJob({ algo: 'kawpow' }) });
      await ofPrimary.next('unminableJob');
    }
    expect(backup.connectionCount).toBe(1);
    expect(events.of('job').map(({ job }) => job.jobId)).toEqual(['b1']);
  });

  it('trusts a primary that was taken back and went down again less and less', async () => {
    const delay = await primaryDown();
    await backup.loggedIn(answer('b1'));
    await events.next('job');
    const back = await primaryWorks(delay);
    expect((await events.next('job')).job.jobId).toBe('p1');
    back.socket.destroy();
    clock.advance((await events.next('disconnected')).retryInMs);
    (await primary.connection()).socket.destroy();
    const lost = await events.next('disconnected');
    await backup.loggedIn(answer('b2'));
    expect((await events.next('job')).job.jobId).toBe('b2');
    await primaryWorks(lost.retryInMs);
    expect(events.all.at(-1)).toMatchObject({ type: 'job', job: { jobId: 'b2' } });
    clock.advance(60_000);
    expect(events.all.at(-1)).toMatchObject({ type: 'job', job: { jobId: 'p1' } });
  });

  it('sends a share to the pool whose job it solves, even just after a switch', async () => {
    const delay = await primaryDown();
    const connection = await backup.loggedIn(answer('b1'));
    const { job } = await events.next('job');
    await primaryWorks(delay);
    expect((await events.next('job')).job.jobId).toBe('p1');
    source.submit(forgeShare(job));
    while (!(await connection.line()).includes('"job_id":"b1"')) continue;
  });

  it('waits out a ban of the backup, though the primary works between', async () => {
    const delay = await primaryDown();
    const connection = await backup.loggedIn({ id: 1, error: { message: 'Your IP is banned' } });
    await connection.closed();
    const back = await primaryWorks(delay);
    await events.next('job');
    back.socket.destroy();
    clock.advance((await ofPrimary.next('disconnected')).retryInMs);
    (await primary.connection()).socket.destroy();
    await ofPrimary.next('disconnected');
    clock.advance(60_000);
    expect(backup.connectionCount).toBe(1);
  });

  it('fails only when none is left', async () => {
    await primary.loggedIn(lines.loginRefusal);
    const connection = await backup.loggedIn(lines.loginRefusal);
    await connection.closed();
    await expect.poll(() => events.all.at(-1)?.type).toBe('failed');
    expect(events.of('failed')).toHaveLength(1);
  });

  it('tries the primary on while the backup is down as well', async () => {
    const delay = await primaryDown();
    (await backup.connection()).socket.destroy();
    clock.advance(delay);
    await primary.loggedIn(answer('p1'));
    expect((await events.next('job')).job.jobId).toBe('p1');
    clock.advance(100_000);
    expect(backup.connectionCount).toBe(1);
  });
});

describe('another list', () => {
  let third: ScriptedPool;
  beforeEach(async () => {
    third = await ScriptedPool.listen();
  });
  afterEach(() => third.close());

  it('leaves the connection alone while a backup is added, changed and removed', async () => {
    const connection = await primary.loggedIn(answer('p1'));
    const { job } = await events.next('job');
    for (const pools of [[at(backup), at(third)], [at(third)], []])
      expect(source.follow(list(at(primary), ...pools))).toBe(true);
    source.submit(forgeShare(job));
    while (!(await connection.line()).includes('"submit"')) continue;
    expect(primary.connectionCount).toBe(1);
    expect(backup.connectionCount + third.connectionCount).toBe(0);
  });

  it('goes to a backup that was added after the other one went away', async () => {
    source.follow(list(at(primary), at(third)));
    await primaryDown();
    await third.loggedIn(answer('t1'));
    expect((await events.next('job')).job.jobId).toBe('t1');
  });

  it('tries a pool that was put before the one in front, and takes it once it has worked for a minute', async () => {
    const connection = await primary.loggedIn(answer('p1'));
    await events.next('job');
    expect(source.follow(list(at(third), at(primary)))).toBe(true);
    await third.loggedIn(answer('t1'));
    await expect.poll(() => clock.waiting).toBeGreaterThan(0);
    expect(source.endpoint.port).toBe(primary.port);
    await expect
      .poll(() => {
        clock.advance(1000);
        return source.endpoint.port;
      })
      .toBe(third.port);
    clock.advance(2000);
    await connection.closed();
  });

  it('lets a pool that was taken off the list answer its last share', async () => {
    const delay = await primaryDown();
    const connection = await backup.loggedIn(answer('b1'));
    const { job } = await events.next('job');
    const back = await primaryWorks(delay);
    await events.next('job');
    const share = forgeShare(job);
    source.submit(share);
    let line = await connection.line();
    while (!line.includes('"submit"')) line = await connection.line();
    expect(source.follow(list(at(primary)))).toBe(true);
    const { id } = JSON.parse(line) as { id: number };
    connection.send({ id, result: { status: 'OK' } });
    expect((await events.next('accepted')).share).toBe(share);
    expect(back.socket.destroyed).toBe(false);
  });

  it('cannot go on without the pool in front, and changes nothing then', async () => {
    await primary.loggedIn(answer('p1'));
    await events.next('job');
    expect(source.follow(list(at(backup)))).toBe(false);
    expect(source.follow({ kind: 'practice' })).toBe(false);
    expect(source.endpoint.port).toBe(primary.port);
  });
});
