import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeSnapshot } from '../../../electron/core/mining/snapshot.ts';
import { Learning } from '../../../electron/core/engine/learning/learning.ts';
import { Tunings } from '../../../electron/core/engine/tunings.ts';
import { TuningFile } from '../../../electron/core/settings/tuningFile.ts';
import { SessionUnderTest, easyJob, onePool } from '../../support/session.ts';

const WAIT = { timeout: 220_000, interval: 20 };
const HURRIED = { settleMs: 0, sliceMs: 1, sliceHashes: 1 };
vi.setConfig({ testTimeout: 240_000 });

let folder: string;
let tunings: Tunings;
let here: SessionUnderTest;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-learning-'));
  tunings = new Tunings(new TuningFile(join(folder, 'tuning.json')));
  here = new SessionUnderTest();
});
afterEach(async () => {
  await here.session.stop();
  rmSync(folder, { recursive: true });
});

function follow(changes: object): void {
  here.session.follow({ ...onePool, engine: { ...onePool.engine, learns: true, ...changes } });
}

/** CryptoNight needs no dataset, so that all lanes can be had at once. */
async function startMining(pace = HURRIED): Promise<void> {
  here.learning = new Learning(tunings, { pace });
  here.session.start();
  here.source.logIn();
  here.source.tell({ type: 'job', job: easyJob(1, { algorithm: 'cn/1' }) });
  await vi.waitFor(() => expect(here.session.state.state).toBe('mining'), WAIT);
}

const trying = () => takeSnapshot(here.session).learning?.trying ?? null;

describe('a session that learns while it mines', () => {
  it('tries all lanes, keeps the fastest, and hashes every nonce once meanwhile', async () => {
    follow({});
    await startMining();
    await vi.waitFor(() => expect(tunings.find('cn/1', 'fast')).not.toBeNull(), WAIT);
    const { learning } = takeSnapshot(here.session);
    await here.session.stop();

    const kept = tunings.find('cn/1', 'fast');
    expect(kept).toMatchObject({ threadsCompared: false, curve: [{ threads: 1 }] });
    expect(learning).toEqual({ trying: null, points: kept?.curve });
    expect(kept?.best.hashesPerSecond).toBeGreaterThan(0);
    expect(tunings.bestThreads('fast')).toBeNull();
    const states = here.of('state').map(({ state }) => state.state);
    expect(states.slice(states.indexOf('mining'))).toEqual(['mining', 'stopped']);
    const nonces = here
      .of('share')
      .map(({ share }) => Buffer.from(share.nonce).readUInt32LE(0))
      .sort((one, other) => one - other);
    expect(nonces).toEqual(nonces.map((_, index) => index));
  });

  it('tries nothing that is known already', async () => {
    const known = { threads: 1, interleave: 3, rounding: 'auto', prefetch: 'nta' } as const;
    const pages = { dataset: 'none', cache: 'none', scratchpads: '4k' } as const;
    const curve = [{ threads: 1, interleave: 3, hashesPerSecond: 100 }];
    tunings.learn('cn/1', 'fast', { ...known, curve }, { threadsCompared: false, pages });
    const { threads, ...ways } = known;
    expect(tunings.optionsFor('cn/1', 'fast', threads)).toEqual(ways);
    follow({});
    await startMining();
    await vi.waitFor(() => expect(here.session.hashing.hashes).toBeGreaterThan(5), WAIT);
    expect(takeSnapshot(here.session).learning).toBeNull();
  });

  it('tries nothing while threads are held back or it is switched off, and goes on afterwards', async () => {
    follow({});
    await startMining({ ...HURRIED, sliceHashes: 1_000_000 });
    await vi.waitFor(() => expect(trying()).not.toBeNull(), WAIT);
    for (const changes of [{ held: { atMost: 1, by: 'heat' } } as const, { learns: false }]) {
      follow(changes);
      const { hashes } = here.session.hashing;
      await vi.waitFor(() => expect(here.session.hashing.hashes).toBeGreaterThan(hashes + 9), WAIT);
      expect(takeSnapshot(here.session).learning).toBeNull();
    }
    follow({});
    await vi.waitFor(() => expect(trying()).not.toBeNull(), WAIT);
  });
});
