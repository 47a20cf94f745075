import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RandomxError } from 'randomx-native-prebuilt';
import { setTimeout as delay } from 'node:timers/promises';
import { takeSnapshot } from '../../../electron/core/mining/snapshot.ts';
import { snapshot as snapshotSchema } from '../../../electron/contract/snapshot.ts';
import {
  ScriptedSource,
  SessionUnderTest,
  easyJob,
  keepKeyPrepared,
  onePool,
  otherPool,
} from '../../support/session.ts';
import { FailoverSource } from '../../../electron/core/work/failover/source.ts';
import type { DaemonSpec, StratumSpec } from '../../../electron/core/work/spec.ts';
import { problem } from '../../../electron/contract/problem.ts';

const WAIT = { timeout: 60_000, interval: 20 };
vi.setConfig({ testTimeout: 120_000 });

keepKeyPrepared();

let here: SessionUnderTest;
beforeEach(() => {
  here = new SessionUnderTest();
});
afterEach(() => here.session.stop());

async function untilMining(): Promise<void> {
  await vi.waitFor(() => expect(here.session.state.state).toBe('mining'), WAIT);
}

async function startMining(): Promise<void> {
  here.session.start();
  here.source.logIn();
  here.source.tell({ type: 'job', job: easyJob(1) });
  await untilMining();
}

/** The hashes in flight end at some time; none follows. */
async function expectNoHashes(): Promise<void> {
  await vi.waitFor(async () => {
    const { hashes } = here.session.hashing;
    await delay(500);
    expect(here.session.hashing.hashes).toBe(hashes);
  }, WAIT);
}

describe('a session', () => {
  it('opens no connection before consent and Start', () => {
    const careful = new SessionUnderTest({ standstill: { state: 'consentMissing' } });
    expect(careful.session.start()).toBe(false);
    expect(careful.session.state).toEqual({ state: 'needsConsent' });
    expect(takeSnapshot(careful.session).missing).toMatchObject([{ code: 'consentMissing' }]);
    careful.session.giveConsent();
    expect(careful.session.state).toEqual({ state: 'stopped', because: 'notStartedYet' });
    expect(careful.sources).toHaveLength(0);
  });

  it('says mining only once hashes were counted, and hands shares to the source', async () => {
    await startMining();
    const states = here.of('state').map((event) => event.state.state);
    expect(states).toEqual(['connecting', 'waiting', 'preparing', 'mining']);
    expect(here.session.hashing.hashes).toBeGreaterThan(0);

    await vi.waitFor(() => expect(here.source.submitted.length).toBeGreaterThan(0), WAIT);
    const [share] = here.source.submitted;
    if (share === undefined) throw new Error('no share');
    expect(share.blob.subarray(39, 43)).toEqual(share.nonce);
    here.source.tell({ type: 'accepted', share, roundTripMs: 12 });
    const snapshot = snapshotSchema.parse(takeSnapshot(here.session));
    expect(snapshot).toMatchObject({
      session: { state: 'mining', mode: 'light' },
      activity: 'hashing',
      practice: false,
      pool: { host: 'pool.test', link: 'loggedIn', pingMs: 12 },
      engine: { mode: 'light' },
      shares: { accepted: 1 },
      threads: [{ cpu: 0 }],
    });
  });

  it('pauses for every reason there is and resumes when none is left', async () => {
    await startMining();
    here.session.pause('battery');
    here.session.pause('heat');
    expect(here.session.state).toEqual({
      state: 'paused',
      pauses: [{ reason: 'battery' }, { reason: 'heat' }],
    });
    await expectNoHashes();
    here.session.resume('battery');
    expect(here.session.state).toEqual({ state: 'paused', pauses: [{ reason: 'heat' }] });
    here.session.resume('heat');
    expect(here.session.state.state).toBe('preparing'); // no hash yet
    await untilMining();
  });

  it('ends a snooze by itself', async () => {
    await startMining();
    here.session.pause('snooze', { afterMs: 900_000 });
    const { session } = takeSnapshot(here.session);
    if (session.state !== 'paused') throw new Error(session.state);
    expect(session.pauses[0]?.end?.remainingMs).toBeGreaterThan(890_000);
    here.clock.shiftMs += 901_000;
    await untilMining();
  });

  it('starts no engine for a job that comes while paused', async () => {
    here.session.start();
    here.session.pause('battery');
    here.source.logIn();
    here.source.tell({ type: 'job', job: easyJob(1) });
    await delay(100);
    expect(here.session.hashing.state).toEqual({ state: 'off' });
    here.session.resume('battery');
    await untilMining();
  });

  it("keeps the user's stop", async () => {
    await startMining();
    await vi.waitFor(() => expect(here.source.submitted.length).toBeGreaterThan(0), WAIT);
    await here.session.stop();
    expect(here.source.isStopped).toBe(true);
    // Shares without an answer will never get one.
    const { pending, stale } = takeSnapshot(here.session).shares;
    expect([pending, stale]).toEqual([0, here.of('share').length]);
    expect(here.session.hashing.state).toEqual({ state: 'off' });
    here.session.pause('battery');
    here.session.resume('battery');
    here.source.tell({ type: 'job', job: easyJob(2) });
    const stopped = { state: 'stopped', because: 'stoppedByUser' };
    expect(here.session.state).toEqual(stopped);
    expect(here.session.start('automatic')).toBe(false);
    expect(here.session.state).toEqual(stopped);
    await startMining();
  });

  it('keeps the connection when a job cannot be mined, and says why it waits', async () => {
    here.session.start();
    here.source.logIn();
    const error = problem('algorithmUnknown', { said: 'cn/r' });
    here.source.tell({ type: 'unminableJob', error });
    expect(here.session.state).toEqual({ state: 'waiting', why: error, help: 'openPools' });
    expect(here.source.isStopped).toBe(false);
    here.source.tell({ type: 'job', job: easyJob(1) });
    await untilMining();
  });

  it('waits without hashing while the connection is lost, and goes on with the next job', async () => {
    await startMining();
    const { endpoint } = here.source;
    const error = problem('closed');
    here.source.tell({ type: 'disconnected', endpoint, error, retryInMs: 8000 });
    expect(here.session.state).toMatchObject({ state: 'waiting', why: error });
    here.clock.shiftMs += 3000;
    const { retryInMs } = takeSnapshot(here.session).pool ?? {};
    expect(retryInMs).toBeGreaterThan(4000);
    expect(retryInMs).toBeLessThanOrEqual(5000);
    await expectNoHashes();
    here.source.logIn();
    here.source.tell({ type: 'job', job: easyJob(1) });
    await untilMining();
  });

  it('fails for good when the source does, until the next Start', async () => {
    await startMining();
    const error = problem('loginRefused', { said: 'Invalid payment address' });
    const failed = here.source;
    failed.tell({ type: 'failed', error });
    expect(here.session.state).toEqual({ state: 'failed', problem: error, help: 'openPools' });
    await vi.waitFor(() => expect(failed.isStopped).toBe(true), WAIT);
    await expectNoHashes();
    await startMining();
    expect(here.source).not.toBe(failed);
  });

  it('says what to do when the engine cannot be had, and tries again at the next Start', async () => {
    const { createMiner } = here;
    here.createMiner = () => {
      throw new RandomxError('outOfMemory', 'Too little memory: choose light mode.');
    };
    here.session.start();
    here.source.logIn();
    here.source.tell({ type: 'job', job: easyJob(1) });
    const problem = { code: 'engineOutOfMemory' };
    expect(here.session.state).toMatchObject({ state: 'failed', problem, help: 'openHealth' });
    expect(here.of('engineFailed')).toMatchObject([{ problem }]);
    await vi.waitFor(() => expect(here.source.isStopped).toBe(true), WAIT);
    here.createMiner = createMiner;
    await startMining();
  });
});

describe('following a plan', () => {
  const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

  it('changes nothing when nothing differs', async () => {
    await startMining();
    here.session.follow(structuredClone(onePool));
    expect(here.sources).toHaveLength(1);
    expect(here.session.state.state).toBe('mining');
  });

  it('opens another source and leaves the one before once its shares are answered', async () => {
    await startMining();
    await vi.waitFor(() => expect(here.source.submitted.length).toBeGreaterThan(0), WAIT);
    const old = here.source;
    const { endpoint } = old;
    here.session.follow(otherPool);
    expect(here.source).not.toBe(old);
    expect(here.source.isStarted).toBe(true);
    // What the old one still says is no news, but for the fate of its shares.
    old.tell({ type: 'job', job: easyJob(3) }, { type: 'connecting', endpoint });
    expect(here.session.state).toEqual({ state: 'connecting' });
    expect(takeSnapshot(here.session).shares.accepted).toBe(0);
    await delay(600); // the last shares of the threads
    expect(old.isStopped).toBe(false);
    for (const share of old.submitted) old.tell({ type: 'accepted', share, roundTripMs: 1 });
    await vi.waitFor(() => expect(old.isStopped).toBe(true), WAIT);
    expect(here.of('dropped')).toEqual([]);
    expect(here.of('share').length).toBe(old.submitted.length);
    // They belong to the work that they were found for.
    expect(takeSnapshot(here.session).shares.accepted).toBe(0);
  });

  it('stops as soon as its threads are gone, also right after another source was opened', async () => {
    await startMining();
    await vi.waitFor(() => expect(here.source.submitted.length).toBeGreaterThan(0), WAIT);
    const old = here.source;
    here.session.follow(otherPool);
    for (const share of old.submitted) old.tell({ type: 'accepted', share, roundTripMs: 1 });
    const stopped = here.session.stop();
    await vi.waitFor(() => expect(here.session.hashing.state.state).toBe('off'), WAIT);
    for (const share of old.submitted) old.tell({ type: 'accepted', share, roundTripMs: 1 });
    await Promise.resolve();
    expect(old.isStopped).toBe(true);
    await stopped;
  });

  it('knows that a block is on its way to a node, also when mining has stopped', async () => {
    here.session.start();
    here.source.logIn();
    const { endpoint: pool } = here.source;
    const endpoint = { ...pool, kind: 'daemon' } as const;
    here.source.tell({ type: 'connecting', endpoint }, { type: 'connected', endpoint });
    here.source.tell({ type: 'loggedIn' }, { type: 'job', job: easyJob(1) });
    expect(here.session.isBlockUnderWay).toBe(false);
    await vi.waitFor(() => expect(here.source.submitted.length).toBeGreaterThan(0), WAIT);
    const stopped = here.session.stop('quit');
    expect(here.session.isBlockUnderWay).toBe(true);
    expect(here.session.start()).toBe(false);
    expect(here.session.state).toEqual({ state: 'stopped', because: 'quitting' });
    await vi.waitFor(() => expect(here.session.hashing.state.state).toBe('off'), WAIT);
    const { source } = here;
    for (const share of source.submitted) source.tell({ type: 'accepted', share, roundTripMs: 1 });
    await stopped;
    expect(here.session.isBlockUnderWay).toBe(false);
  });

  it('waits for a block also while a backup pool has taken over from the node', async () => {
    const at = { host: 'list.test', port: 1, tls: { use: 'none' } } as const;
    const node: DaemonSpec = { kind: 'daemon', ...at, address: '4' };
    const pool: StratumSpec = { kind: 'stratum', ...at, login: '4', password: 'x' };
    const opened: ScriptedSource[] = [];
    const open =
      ({ kind }: DaemonSpec | StratumSpec) =>
      (listener: ConstructorParameters<typeof ScriptedSource>[0]) => {
        const source = new ScriptedSource(listener, kind);
        opened.push(source);
        return source;
      };
    here = new SessionUnderTest({
      openSource: () => (listener) => new FailoverSource([node, pool], open, listener),
    });
    here.session.start();
    const [ofNode, ofPool] = opened;
    if (ofNode === undefined || ofPool === undefined) throw new Error('no source was opened');
    ofNode.logIn();
    ofNode.tell({ type: 'job', job: easyJob(1) });
    await vi.waitFor(() => expect(ofNode.submitted.length).toBeGreaterThan(0), WAIT);

    const error = problem('closed');
    const { endpoint } = ofNode;
    for (let polls = 0; polls < 2; polls += 1) {
      ofNode.tell({ type: 'disconnected', endpoint, error, retryInMs: 1000 });
    }
    ofPool.logIn();
    ofPool.tell({ type: 'job', job: easyJob(2) });
    await vi.waitFor(() => expect(ofPool.submitted.length).toBeGreaterThan(0), WAIT);
    expect(here.session.link?.endpoint.kind).toBe('stratum');
    expect([here.session.isBlockUnderWay, here.session.mayFindBlock]).toEqual([true, true]);

    for (const share of ofNode.submitted) ofNode.tell({ type: 'accepted', share, roundTripMs: 1 });
    // The pool has not answered; but what it has been given is no block.
    expect(here.session.link?.ledger.pending).toBeGreaterThan(0);
    expect([here.session.isBlockUnderWay, here.session.mayFindBlock]).toEqual([false, false]);
  });

  it.each([
    ['Stop', () => void here.session.stop()],
    ['a change of pool', () => here.session.follow(otherPool)],
  ])(
    'may find a block for a node until its last hashes are told, after %s too',
    async (_, leave) => {
      here.session.start();
      const endpoint = { ...here.source.endpoint, kind: 'daemon' } as const;
      here.source.tell({ type: 'connecting', endpoint }, { type: 'connected', endpoint });
      here.source.tell({ type: 'loggedIn' }, { type: 'job', job: easyJob(1, { target: 0n }) });
      await untilMining();
      expect(here.session.mayFindBlock).toBe(true);
      leave();
      expect(here.session.isBlockUnderWay).toBe(false);
      expect(here.session.mayFindBlock).toBe(true);
      await vi.waitFor(() => expect(here.session.mayFindBlock).toBe(false), WAIT);
    },
  );

  it('hands another list to a source that can go on with it', async () => {
    await startMining();
    const followed: unknown[] = [];
    here.source.follow = (spec) => followed.push(spec) > 0;
    here.session.follow(otherPool);
    here.session.follow(otherPool);
    expect(followed).toEqual([otherPool.work]);
    expect(here.sources).toHaveLength(1);
    expect(here.session.state.state).toBe('mining');
  });

  it('keeps engine and nonces for another power', async () => {
    const job = easyJob(1);
    here.session.start();
    here.source.logIn();
    here.source.tell({ type: 'job', job });
    await untilMining();
    for (const count of [2, 1, 2]) {
      here.session.follow({ ...onePool, engine: { threads: { count }, mode: 'light' } });
      await vi.waitFor(() => expect(takeSnapshot(here.session).engine?.mode).toBe('light'), WAIT);
      const known = here.of('share').length;
      await vi.waitFor(() => expect(here.of('share').length).toBeGreaterThan(known + 2), WAIT);
      expect(takeSnapshot(here.session).threads).toHaveLength(count);
    }
    expect(here.enginesOpened).toBe(1);
    const nonces = here.of('share').map(({ share }) => hexOf(share.nonce));
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  it('ends mining when nothing is left to mine on, and says why', async () => {
    await startMining();
    const missing = problem('noPool');
    here.session.follow(null, [missing]);
    expect(here.session.state).toMatchObject({ state: 'failed', problem: missing });
    expect(here.session.start()).toBe(false);
    expect(takeSnapshot(here.session).missing).toEqual([missing]);
    here.session.follow(onePool);
    expect(here.session.state.state).toBe('failed'); // only Start starts
    await startMining();
  });

  it('starts by itself only where nobody and nothing has stopped it before', () => {
    for (const standstill of [
      { state: 'stoppedByUser' },
      { state: 'stoppedByFault', problem: problem('uncleanExit') },
    ] as const) {
      expect(new SessionUnderTest({ standstill }).session.start('automatic')).toBe(false);
    }
    expect(here.session.start('automatic')).toBe(true);
  });
});

describe('figures', () => {
  const none = { h10s: null, h60s: null, h15m: null };

  /** Samples are taken once a second. */
  async function untilRate(): Promise<void> {
    await vi.waitFor(() => expect(takeSnapshot(here.session).rates.h10s).not.toBeNull(), WAIT);
  }

  it('are of now: no rate is left of what was hashed before a pause or a stop', async () => {
    await startMining();
    await untilRate();
    here.session.pause('battery');
    expect(takeSnapshot(here.session)).toMatchObject({
      ...{ rates: none, activity: 'held', threads: [{ cpu: 0, hashesPerSecond: null }] },
    });
    here.session.resume('battery');
    expect(takeSnapshot(here.session).rates).toEqual(none);
    await untilRate();
    await here.session.stop();
    expect(takeSnapshot(here.session)).toMatchObject({
      ...{ rates: none, activity: 'off', threads: [], uptimeMs: 0 },
    });
  });

  it('of practice never mix with those of mining', async () => {
    here.session.follow({ ...onePool, work: { kind: 'practice' } });
    await startMining();
    expect(takeSnapshot(here.session).practice).toBe(true);
    await vi.waitFor(() => expect(here.source.submitted.length).toBeGreaterThan(0), WAIT);
    const practice = here.source;
    for (const share of practice.submitted)
      practice.tell({ type: 'accepted', share, roundTripMs: 1 });
    expect(takeSnapshot(here.session).luck?.foundShares).toBeGreaterThan(0);
    const practised = here.session.link?.ledger;
    here.session.follow(onePool);
    const nothing = { practice: false, hashes: 0, luck: null, shares: { accepted: 0, recent: [] } };
    expect(takeSnapshot(here.session)).toMatchObject(nothing);
    // The threads tell of their last hashes later.
    await expectNoHashes();
    expect(takeSnapshot(here.session)).toMatchObject(nothing);
    expect(practised?.hashes).toBe(here.session.hashing.hashes);
  });

  it('of practice are not shown as mined either after Stop', async () => {
    here.session.follow({ ...onePool, work: { kind: 'practice' } });
    await startMining();
    await here.session.stop();
    expect(takeSnapshot(here.session).hashes).toBeGreaterThan(0);
    here.session.follow(null);
    here.session.follow(onePool);
    expect(takeSnapshot(here.session)).toMatchObject({ practice: false, hashes: 0, luck: null });
  });

  it('begin anew with each Start', async () => {
    await startMining();
    await here.session.stop();
    expect(takeSnapshot(here.session).hashes).toBeGreaterThan(0);
    here.session.start();
    expect(takeSnapshot(here.session).hashes).toBe(0);
  });

  it('go by a clock that nobody sets', async () => {
    await startMining();
    here.session.pause('snooze', { afterMs: 900_000 });
    const before = takeSnapshot(here.session);
    here.clock.wallShiftMs -= 3_600_000;
    const after = takeSnapshot(here.session);
    expect(after.uptimeMs).toBeGreaterThanOrEqual(before.uptimeMs);
    expect(after.monotonicMs).toBeGreaterThanOrEqual(before.monotonicMs);
    expect(after.takenAtMs).toBeLessThan(before.takenAtMs);
    if (after.session.state !== 'paused') throw new Error(after.session.state);
    expect(after.session.pauses[0]?.end?.remainingMs).toBeLessThan(900_001);
  });
});

describe('a hard fork', () => {
  it('in the middle of a run changes the algorithm, and nothing else', async () => {
    await startMining();
    await vi.waitFor(() => expect(here.source.submitted.length).toBeGreaterThan(0), WAIT);
    here.source.tell({ type: 'job', job: easyJob(2, { algorithm: 'rx/2' }) });
    const forked = () => here.source.submitted.filter(({ algorithm }) => algorithm === 'rx/2');
    await vi.waitFor(() => expect(forked().length).toBeGreaterThan(0), WAIT);
    expect(forked()[0]?.commitment).toBeDefined();
    expect(here.enginesOpened).toBe(1);
    expect(takeSnapshot(here.session).job?.algorithm).toBe('rx/2');
  });
});

describe('a share of a superseded job', () => {
  it('goes to its source, which alone judges', async () => {
    here.session.start();
    here.source.logIn();
    for (let turn = 0; turn < 6; turn += 1) {
      here.source.tell({ type: 'job', job: easyJob(turn) });
      const known = here.of('share').length;
      await vi.waitFor(() => expect(here.of('share').length).toBeGreaterThan(known + 1), WAIT);
    }
    expect(here.of('dropped')).toEqual([]);
    const [share] = here.source.submitted;
    if (share === undefined) throw new Error('no share');
    const error = problem('blockChanged');
    here.source.tell({ type: 'stale', share, error });
    const { shares } = takeSnapshot(here.session);
    expect(shares.stale).toBe(1);
    expect(shares.recent.at(-1)).toMatchObject({ outcome: 'stale', problem: error });
    expect(here.source.submitted).toHaveLength(here.of('share').length);
  });
});
