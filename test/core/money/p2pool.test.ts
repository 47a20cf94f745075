import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readP2pool, readP2poolCount } from '../../../electron/core/money/p2pool.ts';

const NOW = Date.UTC(2026, 2, 1);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-p2pool-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: 'network' | 'pool', content: unknown, ageMs = 0) =>
  writeFile(`${name}/stats`, content, ageMs);

function writeFile(name: string, content: unknown, ageMs: number): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  utimesSync(file, (NOW - ageMs) / 1000, (NOW - ageMs) / 1000);
}

const network = { difficulty: 6e11, hash: 'ab', height: 3, reward: 6e11, timestamp: 1 };
const pool = {
  pool_list: ['pplns'],
  pool_statistics: { hashRate: 1.5e7, sidechainDifficulty: 1.5e8, pplnsWeight: 3.24e11 },
};

it('tells the network and how much work a share is that comes to be paid', () => {
  write('network', network, 60_000);
  write('pool', pool);
  const told = readP2pool(folder, NOW);
  expect(told).toMatchObject({
    fault: null,
    network: { difficulty: 6e11, rewardXmr: 0.6, source: 'p2pool', atMs: NOW - 60_000 },
    work: { unit: 'p2poolShare' },
  });
  // A window of 0.54 blocks pays 41.7 % of the shares.
  if (told.fault === null) expect(1.5e8 / told.work.hashes).toBeCloseTo(0.417, 3);
});

it.each([
  ['{"difficulty":', pool],
  [{ ...network, difficulty: 0 }, pool],
  [{ ...network, reward: 'much' }, pool],
  ['x'.repeat(100_000), pool],
  [network, { pool_statistics: { ...pool.pool_statistics, pplnsWeight: 0 } }],
  [network, []],
])('finds nothing in %j and %j', (first, second) => {
  write('network', first);
  write('pool', second);
  expect(readP2pool(folder, NOW)).toEqual({ fault: 'notFound' });
});

it('finds nothing where nothing is, and does not take what was left behind', () => {
  expect(readP2pool(folder, NOW)).toEqual({ fault: 'notFound' });
  write('network', network);
  write('pool', pool, 11 * 60_000);
  expect(readP2pool(folder, NOW)).toEqual({ fault: 'old' });
});

it('tells what it counted of its miners since its start, while it runs', () => {
  expect(readP2poolCount(folder, NOW)).toBeNull();
  writeFile('local/stratum', { total_hashes: 4_500_000, shares_found: 2 }, 20_000);
  // An older one tells of no start: what it counted cannot be told from another process's.
  expect(readP2poolCount(folder, NOW)).toBeNull();
  writeFile('local/console', { mode: 'pipe' }, 3_600_000);
  expect(readP2poolCount(folder, NOW)).toEqual({
    startedAtMs: NOW - 3_600_000,
    atMs: NOW - 20_000,
    creditedHashes: 4_500_000,
  });
  expect(readP2poolCount(folder, NOW + 11 * 60_000)).toBeNull();
  // It has just started, and what is there is of the one before.
  writeFile('local/console', { mode: 'pipe' }, 5000);
  expect(readP2poolCount(folder, NOW)).toBeNull();
  writeFile('local/stratum', { total_hashes: '7' }, 0);
  expect(readP2poolCount(folder, NOW)).toBeNull();
});
