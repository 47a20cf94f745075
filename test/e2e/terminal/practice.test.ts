import { afterEach, describe, expect, it, vi } from 'vitest';
import { meetsTarget, targetForDifficulty } from '../../../electron/core/work/target.ts';
import { ReferenceRandomX } from '../../support/librandomx.ts';
import { TerminalMiner, type MinerEvent } from '../../support/terminalMiner.ts';

let miner: TerminalMiner | undefined;
afterEach(() => miner?.cleanUp());

const hex = (value: unknown): Buffer => Buffer.from(String(value), 'hex');

/** Difficulties a job id was given out with. */
function difficultiesOf(jobs: readonly MinerEvent[], jobId: unknown): unknown[] {
  return jobs.filter((job) => job.jobId === jobId).map((job) => job.difficulty);
}

describe('the terminal miner on the practice pool', () => {
  it('finds shares that the pool accepts and librandomx0 finds right', async () => {
    const here = (miner = new TerminalMiner(['--practice', '--mode', 'light', '--json']));
    await here.waitFor('accepted', 5, 150_000);
    here.process.kill('SIGTERM');
    expect(await here.exited).toBe(0);
    expect(here.stderr).toBe('');
    expect(here.of('rejected')).toEqual([]);

    const shares = here.of('share');
    const randomx = new ReferenceRandomX();
    for (const share of shares) {
      expect(share.algo).toBe('rx/0');
      const blob = hex(share.blob);
      expect(blob.subarray(39, 43)).toEqual(hex(share.nonce));
      const result = randomx.hash(hex(share.seedHash), blob);
      expect(Buffer.from(result).toString('hex')).toBe(share.result);
      const [difficulty] = difficultiesOf(here.of('job'), share.jobId);
      expect(meetsTarget(result, targetForDifficulty(BigInt(Number(difficulty))))).toBe(true);
    }
    randomx.close();

    const fates = ['accepted', 'rejected', 'stale'].map((fate) => here.of(fate).length);
    expect(fates.reduce((sum, count) => sum + count)).toBe(shares.length);
    const summary = here.events.at(-1);
    expect(summary).toMatchObject({
      event: 'summary',
      accepted: fates[0],
      rejected: 0,
      stale: fates[2],
    });
    expect(Number(summary?.hashes)).toBeGreaterThan(0);
  });

  it('tells its story in the order in which it happened', async () => {
    const here = (miner = new TerminalMiner(['--practice', '--mode', 'light', '--json']));
    await here.waitFor('share', 1, 120_000);
    const order = ['connected', 'login', 'job', 'share'];
    const first = order.map((event) => here.events.findIndex((line) => line.event === event));
    expect(first).toEqual([...first].sort((a, b) => a - b));
    for (const line of here.events) expect(new Date(line.time).toISOString()).toBe(line.time);
    expect(here.of('connected')[0]).toMatchObject({ kind: 'practice', host: '127.0.0.1' });
    // "Mining" is said only after the counter moved.
    const states = here.of('state').map((line) => line.state);
    expect(states.indexOf('preparing')).toBeLessThan(states.indexOf('mining'));
    expect(states).toContain('mining');
  });

  it('shows people the rate, the shares and that it earns nothing', async () => {
    const args = ['--practice', '--mode', 'light', '--threads', '1'];
    const here = (miner = new TerminalMiner(args));
    await vi.waitFor(() => expect(here.stdout).toMatch(/H\/s 10 s · .* accepted, 0 rejected/));
    here.process.kill('SIGTERM');
    expect(await here.exited).toBe(0);
    expect(here.stdout).toMatch(/Connected to the practice pool, which earns nothing/);
    expect(here.stdout).toMatch(/New job: rx\/0, difficulty [\d,]+/);
    expect(here.stdout).toMatch(
      /Ended after [\w ]+: \d+ accepted, 0 rejected, \d+ stale, [\d,]+ hashes\.\n$/,
    );
  });
});
