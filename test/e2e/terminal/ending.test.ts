import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../support/ports.ts';
import { isRunning, processTree } from '../../support/processTree.ts';
import { TerminalMiner, type Launch } from '../../support/terminalMiner.ts';

const PRACTICE = ['--practice', '--mode', 'light', '--threads', '1', '--json'];

/** By a shell that waits, as when a terminal window is closed by force. */
const underShell: Launch = {
  command: 'sh',
  args: ['-c', '"$0" electron/terminal/main.ts "$@" & wait', process.execPath],
};
const underNpm: Launch = { command: 'npm', args: ['run', '-s', 'miner', '--'] };

let miner: TerminalMiner | undefined;
afterEach(() => miner?.cleanUp());

/** A miner that hashes, with all its processes. */
async function start(launch?: Partial<Launch>): Promise<{ miner: TerminalMiner; pids: number[] }> {
  const here = (miner = new TerminalMiner(PRACTICE, launch));
  await here.waitFor('job', 1, 60_000);
  await vi.waitFor(() => expect(here.of('state').map(({ state }) => state)).toContain('mining'), {
    timeout: 60_000,
    interval: 50,
  });
  return { miner: here, pids: processTree(here.process.pid ?? 0) };
}

function expectCleanEnd(here: TerminalMiner, pids: readonly number[]): void {
  expect(here.of('summary')).toHaveLength(1);
  expect(here.events.at(-1)?.event).toBe('summary');
  expect(here.stdout.endsWith('}\n')).toBe(true);
  expect(here.stderr).not.toMatch(/error|\bat .*:\d+/i);
  expect(pids.filter(isRunning)).toEqual([]);
}

describe('the terminal miner ends cleanly', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('on %s', async (signal) => {
    const { miner: here, pids } = await start();
    here.process.kill(signal);
    expect(await here.exited).toBe(0);
    expectCleanEnd(here, pids);
  });

  it('once, when the signal comes twice', async () => {
    const { miner: here, pids } = await start();
    here.process.kill('SIGINT');
    await delay(20);
    here.process.kill('SIGINT');
    here.process.kill('SIGTERM');
    expect(await here.exited).toBe(0);
    expectCleanEnd(here, pids);
  });

  it('when its parent is killed', async () => {
    const { miner: here, pids } = await start(underShell);
    expect(pids).toHaveLength(2);
    here.process.kill('SIGKILL');
    await here.exited; // when the miner, too, has closed its output
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]));
    expectCleanEnd(here, pids);
  });

  it('when nobody reads its output any more', async () => {
    const { miner: here, pids } = await start();
    here.process.stdout?.destroy();
    expect(await here.exited).toBe(0);
    expect(pids.filter(isRunning)).toEqual([]);
  });

  it('after --duration, counted from its start', async () => {
    const startedAtMs = Date.now();
    const here = (miner = new TerminalMiner([...PRACTICE, '--duration', '3']));
    expect(await here.exited).toBe(0);
    expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(2900);
    expectCleanEnd(here, []);
    expect(here.of('state').at(-1)).toMatchObject({
      state: 'stopped',
      reason: 'Stopped: this run is over.',
    });
  });
});

describe('without its engine the terminal miner', () => {
  const env = { ...process.env, RANDOMX_NATIVE_LIBRARY: join(tmpdir(), 'no-engine.so') };

  it('says so and ends', async () => {
    const here = (miner = new TerminalMiner(PRACTICE, { env }));
    expect(await here.exited).toBe(1);
    expectCleanEnd(here, []);
    expect(here.of('state').at(-1)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('The mining engine is missing') as unknown,
    });
  });

  it('opens no API either, and says why', async () => {
    const args = [
      ...PRACTICE,
      '--api-port',
      String(await freePort()),
      '--api-token',
      'x'.repeat(16),
    ];
    const here = (miner = new TerminalMiner(args, { env }));
    expect(await here.exited).toBe(1);
    expect(here.stderr).toMatch(/^The mining engine is missing\. .*\n$/);
  });
});

describe('npm run -s miner', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends what it started on %s', async (signal) => {
    const { miner: here, pids } = await start(underNpm);
    expect(pids.length).toBeGreaterThan(1);
    here.process.kill(signal);
    expect(await here.exited).toBe(0);
    expectCleanEnd(here, pids);
  });

  it('takes the Ctrl+C of a terminal, which every process gets, for one stop', async () => {
    const { miner: here, pids } = await start(underNpm);
    process.kill(-(here.process.pid ?? 0), 'SIGINT');
    expect(await here.exited).toBe(0);
    expectCleanEnd(here, pids);
  });

  it('leaves nothing behind when npm itself is killed', async () => {
    const { miner: here, pids } = await start(underNpm);
    here.process.kill('SIGKILL');
    await here.exited;
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]));
    expectCleanEnd(here, pids);
  });

  it('passes on the exit code of bad usage', async () => {
    const here = (miner = new TerminalMiner(['--nonsense'], underNpm));
    expect(await here.exited).toBe(2);
  });
});
