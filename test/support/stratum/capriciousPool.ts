// Not vitest's expect, which keeps something of each call: a soak would seem to leak.
import assert from 'node:assert/strict';
import type { Job, Share } from '../../../electron/core/work/job.ts';
import { Inspector } from '../../../electron/core/work/stratum/inspector.ts';
import { blobOnBlock, jobPush, loginAnswer, rxJob } from './exchange.ts';
import { forgeShare, startMiner, stopMiners, type Miner } from './miner.ts';
import { ScriptedPool, type PoolConnection } from './scriptedPool.ts';

/** Repeatable chance (mulberry32). */
export function chanceFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

class LineCounter extends Inspector {
  received = 0;

  override record(direction: 'sent' | 'received', line: string): void {
    if (direction === 'received') this.received += 1;
    super.record(direction, line);
  }
}

interface Submit {
  readonly id: number;
  readonly params: { readonly job_id: string; readonly nonce: string };
}

export interface Tally {
  readonly submitted: number;
  readonly sent: number;
  readonly connections: number;
}

const targets = ['b88d0600', 'dc460300', 'ffffff00'];

/**
 * A miner's day at a pool that does whatever comes to its mind: new blocks, vardiff, floods, broken
 * jobs, junk, silence, hang-ups, wrong and late answers. Checks that no share is sent twice or for
 * an unknown job, that each gets exactly one fate, and that nothing is left running.
 */
export async function spendCapriciousDay(seed: number, connections: number): Promise<Tally> {
  const chance = chanceFrom(seed);
  const pool = await ScriptedPool.listen();
  const inspector = new LineCounter();
  const miner = startMiner(pool.port, { inspector });
  const submitted: Share[] = [];
  const sent = new Set<string>();
  let block = 1;
  let nonce = 0;
  let jobNumber = 0;

  /** Blobs by job id: job ids repeat between connections, as with real pools. */
  let blobs = new Map<string, string>();
  const makeJob = (): Record<string, unknown> => {
    jobNumber += 1;
    const job_id = String(jobNumber % 50);
    const blob = blobOnBlock(block);
    blobs.set(job_id, blob);
    return rxJob({ job_id, blob, target: targets[chance(targets.length)] });
  };

  const mine = (jobs: readonly Job[]): void => {
    const job = jobs.at(-1 - chance(Math.min(4, jobs.length)));
    if (!job) return;
    nonce += 1;
    const repeated = chance(10) === 0 ? submitted.at(-1) : undefined;
    const share = repeated ? { ...repeated } : forgeShare(job, nonce);
    submitted.push(share);
    miner.client.submit(share);
  };

  const takeSubmits = (connection: PoolConnection): Submit[] =>
    connection
      .unread()
      .filter((line) => line.includes('"submit"'))
      .map((line) => JSON.parse(line) as Submit);

  const check = ({ params: { job_id, nonce: hex } }: Submit): void => {
    const blob = blobs.get(job_id);
    assert(blob, `job ${job_id} was never sent on this connection`);
    const key = `${blob}/${hex}`;
    assert(!sent.has(key), `${key} was sent twice`);
    sent.add(key);
  };

  const answer = (connection: PoolConnection, { id }: Submit): void => {
    const replies: readonly (object | undefined)[] = [
      { id, result: { status: 'OK' } },
      { id: String(id), result: true },
      { id, error: { code: -1, message: 'Block expired' } },
      { id, error: 'Throttled down share submission' },
      undefined,
    ];
    const reply = replies[chance(replies.length)];
    if (reply) connection.send(reply, reply);
  };

  const whims: readonly ((connection: PoolConnection) => void)[] = [
    (connection) => connection.send(jobPush(makeJob())),
    (connection) => connection.send(jobPush(makeJob())),
    (connection) => {
      block += 1;
      connection.send(jobPush(makeJob()));
    },
    (connection) => connection.send(...Array.from({ length: 100 }, () => jobPush(makeJob()))),
    (connection) => connection.send(jobPush(rxJob({ target: '00000000' })), '\r'),
    (connection) => connection.send(jobPush(rxJob({ algo: 'kawpow' }))),
    (connection) => connection.send('{"id":99,"result":null}', '{"method":"mining.notify"}', '{'),
    // Less than a deadline, so that a reconnect within it still reaches the pool.
    () => miner.clock.advance(chance(19_000)),
    () => mine(miner.events.of('job').map(({ job }) => job)),
    () => mine(miner.events.of('job').map(({ job }) => job)),
    () => mine(miner.events.of('job').map(({ job }) => job)),
  ];

  for (let count = 0; count < connections; count += 1) {
    const connection = await pool.connection();
    blobs = new Map();
    await connection.line();
    connection.send(loginAnswer({ id: `s${count}`, job: makeJob() }));
    const ended = miner.events.of('disconnected').length;
    for (let step = chance(40); step > 0; step -= 1) {
      whims[chance(whims.length)]?.(connection);
      await quiet(miner, inspector);
      for (const submit of takeSubmits(connection)) {
        check(submit);
        answer(connection, submit);
      }
      if (miner.events.of('disconnected').length > ended) break;
    }
    connection.socket[chance(2) === 0 ? 'end' : 'destroy']();
    await connection.closed();
    while (miner.events.of('disconnected').length <= ended) await nextTurn();
    for (const submit of takeSubmits(connection)) check(submit);
    const last = miner.events.all.findLast(
      ({ type }) => type === 'connecting' || type === 'disconnected',
    );
    if (last?.type === 'disconnected') miner.clock.advance(last.retryInMs);
  }

  stopMiners();
  assert.equal(miner.clock.waiting, 0);
  assert.deepEqual(miner.events.of('failed'), []);
  const { accepted, rejected, stale } = fates(miner);
  assert.equal(accepted + rejected + stale, submitted.length);
  await pool.close();
  return { submitted: submitted.length, sent: sent.size, connections: pool.connectionCount };
}

function fates({ events }: Miner) {
  return {
    accepted: events.of('accepted').length,
    rejected: events.of('rejected').length,
    stale: events.of('stale').length,
  };
}

/** Until a few turns of the event loop bring no further line. */
async function quiet(miner: Miner, inspector: LineCounter): Promise<void> {
  let before = -1;
  for (let turns = 0; turns < 3; turns = inspector.received === before ? turns + 1 : 0) {
    before = inspector.received;
    await nextTurn();
  }
  miner.clock.advance(250);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
