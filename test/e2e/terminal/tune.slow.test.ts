import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { TerminalMiner } from '../../support/terminalMiner.ts';

const home = mkdtempSync(join(tmpdir(), 'ibctminer-home-'));
const env = { ...process.env, XDG_CONFIG_HOME: home };
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('measures, keeps the result, and mines with it', async () => {
  const tuner = new TerminalMiner(['--tune', '--mode', 'light', '--json'], { env });
  expect(await tuner.exited).toBe(0);
  const [tuned] = tuner.of('tuned');
  const best = tuned?.['best'] as { threads: number; hashesPerSecond: number };
  expect(best.hashesPerSecond).toBeGreaterThan(0);
  expect(tuner.of('tuning').length).toBeGreaterThan(0);
  const file = join(home, 'Ibctminer', 'tuning.json');
  expect(readFileSync(file, 'utf8')).toContain('"mode": "light"');

  const miner = new TerminalMiner(['--practice', '--mode', 'light', '--json'], { env });
  await vi.waitFor(() => expect(miner.of('state').at(-1)).toMatchObject({ state: 'mining' }));
  miner.process.kill('SIGTERM');
  expect(await miner.exited).toBe(0);
  expect(miner.of('summary')[0]).toMatchObject({ rejected: 0 });
  expect(Number(miner.of('summary')[0]?.['hashes'])).toBeGreaterThan(0);
});

it('an interrupted one ends cleanly and keeps nothing', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'ibctminer-home-'));
  const tuner = new TerminalMiner(['--tune', '--mode', 'light', '--json'], {
    env: { ...process.env, XDG_CONFIG_HOME: empty },
  });
  await tuner.waitFor('tuning', 1, 60_000);
  tuner.process.kill('SIGINT');
  expect(await tuner.exited).toBe(0);
  expect(tuner.of('tuned')).toEqual([]);
  expect(() => readFileSync(join(empty, 'Ibctminer', 'tuning.json'))).toThrow();
  rmSync(empty, { recursive: true, force: true });
});

it.each([
  [['--tune', '--practice'], /does not go with --practice/],
  [['--tune', '--mode', 'slow'], /--mode takes one of/],
])('%j is refused', async (args, message) => {
  const tuner = new TerminalMiner(args, { env });
  expect(await tuner.exited).toBe(2);
  expect(tuner.stderr).toMatch(message);
});
