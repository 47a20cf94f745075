import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RandomxError } from 'randomx-native-prebuilt';
import { setTimeout as delay } from 'node:timers/promises';
import { takeSnapshot } from '../../../electron/core/mining/snapshot.ts';
import { snapshot as snapshotSchema } from '../../../electron/contract/snapshot.ts';
import { ScriptedSource, SessionUnderTest, easyJob } from '../../support/session.ts';

const WAIT = { timeout: 60_000, interval: 20 };
vi.setConfig({ testTimeout: 120_000 });

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
    const careful = new SessionUnderTest({ consentGiven: false });
    expect(careful.session.start()).toBe(false);
    expect(careful.session.state).toEqual({ state: 'needsConsent' });
    careful.session.giveConsent();
    expect(careful.session.state).toEqual({ state: 'stopped' });
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
      why: 'Mining in light mode.',
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
    expect(here.session.state).toEqual({ state: 'paused', reasons: ['battery', 'heat'] });
    await expectNoHashes();
    here.session.resume('battery');
    expect(here.session.state).toEqual({ state: 'paused', reasons: ['heat'] });
    here.session.resume('heat');
    expect(here.session.state.state).toBe('preparing'); // no hash yet
    await untilMining();
  });

  it('ends a snooze by itself', async () => {
    await startMining();
    here.session.pause('snooze', here.clock.wallMs() + 900_000);
    expect(here.session.why).toBe('Paused: snoozed for another 900 s.');
    here.clock.shiftMs += 901_000;
    await untilMining();
  });

  it('starts no engine for a job that comes while paused', async () => {
    here.session.start();
    here.session.pause('battery');
    here.source.logIn();
    here.source.tell({ type: 'job', job: easyJob(1) });
    await delay(100);
    expect(here.session.hashing.machine).toEqual({ state: 'off' });
    here.session.resume('battery');
    await untilMining();
  });

  it("keeps the user's stop", async () => {
    await startMining();
    await vi.waitFor(() => expect(here.source.submitted.length).toBeGreaterThan(0), WAIT);
    await here.session.stop();
    expect(here.source.isStopped).toBe(true);
    // Shares without an answer will never get one.
    expect(here.session.ledger.snapshot().pending).toBe(0);
    expect(here.of('dropped').length).toBe(here.session.ledger.stale);
    expect(here.session.hashing.machine).toEqual({ state: 'off' });
    here.session.pause('battery');
    here.session.resume('battery');
    here.source.tell({ type: 'job', job: easyJob(2) });
    expect(here.session.state).toEqual({ state: 'stopped' });
    expect(here.session.start('automatic')).toBe(false);
    expect(here.session.state).toEqual({ state: 'stopped' });
    await startMining();
  });

  it('keeps the connection when a job cannot be mined, and says why it waits', async () => {
    here.session.start();
    here.source.logIn();
    const error = { code: 'algorithm', message: 'This pool sent no job that can be mined: cn/r.' };
    here.source.tell({ type: 'unminableJob', error });
    expect(here.session.state).toEqual({ state: 'waiting', why: error });
    expect(here.session.why).toBe(error.message);
    expect(here.source.isStopped).toBe(false);
    here.source.tell({ type: 'job', job: easyJob(1) });
    await untilMining();
  });

  it('waits without hashing while the connection is lost, and goes on with the next job', async () => {
    await startMining();
    const { endpoint } = here.source;
    const error = { code: 'closed', message: 'The pool closed the connection.' };
    here.source.tell({ type: 'disconnected', endpoint, error, retryInMs: 8000 });
    expect(here.session.state).toMatchObject({ state: 'waiting', why: error });
    expect(here.session.why).toBe('Trying again in 8 s: The pool closed the connection.');
    await expectNoHashes();
    here.source.logIn();
    here.source.tell({ type: 'job', job: easyJob(1) });
    await untilMining();
  });

  it('fails for good when the source does, until the next Start', async () => {
    await startMining();
    const error = { code: 'login', message: 'Invalid payment address: check it.' };
    const failed = here.source;
    failed.tell({ type: 'failed', error });
    expect(here.session.state).toEqual({ state: 'failed', problem: error });
    expect(failed.isStopped).toBe(true);
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
    const problem = { code: 'outOfMemory', message: 'Too little memory: choose light mode.' };
    expect(here.session.state).toEqual({ state: 'failed', problem });
    expect(here.of('engineFailed')).toEqual([{ type: 'engineFailed', problem }]);
    expect(here.source.isStopped).toBe(true);
    here.createMiner = createMiner;
    await startMining();
  });

  it('leaves the old source when another is chosen', async () => {
    await startMining();
    const old = here.source;
    here.session.setSource((listener) => {
      here.sources.push(new ScriptedSource(listener));
      return here.source;
    });
    expect(old.isStopped).toBe(true);
    expect(here.source.isStarted).toBe(true);
    old.tell({ type: 'job', job: easyJob(3) });
    expect(here.session.state).toEqual({ state: 'connecting' });
  });
});

describe('a share of a superseded job', () => {
  /** Two jobs in turn, until a share of one comes after the other was given out. */
  async function swapJobs(otherBlock: number): Promise<void> {
    here.session.start();
    here.source.logIn();
    const jobs = [easyJob(1), easyJob(otherBlock)];
    for (let turn = 0; turn < 40; turn += 1) {
      const job = jobs[turn % 2];
      if (job !== undefined) here.source.tell({ type: 'job', job });
      const current = job?.jobId;
      const known = here.of('share').length;
      await vi.waitFor(() => expect(here.of('share').length).toBeGreaterThan(known + 1), WAIT);
      const late = here.of('share').slice(known);
      if (turn > 0 && late.some(({ share }) => share.jobId !== current)) return;
    }
    throw new Error('no share came late');
  }

  it('goes to the source like any other: it alone judges whether it still counts', async () => {
    await swapJobs(2);
    expect(here.of('dropped')).toEqual([]);
    expect(here.source.submitted).toHaveLength(here.of('share').length);
  });
});
