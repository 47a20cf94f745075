import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { freePort } from '../../support/ports.ts';
import { TerminalMiner } from '../../support/terminalMiner.ts';

const TOKEN = 'correct-horse';
const practice = ['--practice', '--mode', 'light', '--json'];

let miner: TerminalMiner | undefined;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  await miner?.cleanUp();
  for (const close of closers.splice(0)) await close();
});

function get(port: number, path: string, token = TOKEN): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
}

interface Summary {
  readonly results: { readonly shares_good: number };
  readonly hashrate: {
    readonly total: readonly (number | null)[];
    readonly highest: number | null;
  };
}

it('answers dashboards over HTTP while it mines, and nobody afterwards', async () => {
  const port = await freePort();
  miner = new TerminalMiner([...practice, '--api-port', String(port), '--api-token', TOKEN]);
  const here = miner;
  await here.waitFor('accepted', 1, 60_000);
  expect(here.of('api')).toMatchObject([{ url: `http://127.0.0.1:${port}` }]);

  const summary = async () => (await (await get(port, '/2/summary')).json()) as Summary;
  await expect
    .poll(async () => (await summary()).hashrate.highest, { timeout: 60_000 })
    .toBeGreaterThan(0);
  const now = await summary();
  expect(now).toMatchObject({
    worker_id: hostname(),
    kind: 'miner',
    algo: 'rx/0',
    paused: false,
    donate_level: 0,
    connection: { pool: expect.stringContaining('127.0.0.1:') as string, rejected: 0 },
    cpu: { '64_bit': true },
  });
  expect(now.results.shares_good).toBeGreaterThan(0);
  expect(now.hashrate.highest).toBeGreaterThanOrEqual(now.hashrate.total[0] ?? Infinity);

  const metrics = await (await get(port, '/metrics')).text();
  expect(metrics).toContain('ibctminer_state{state="mining"} 1\n');
  expect(metrics).toMatch(/ibctminer_shares_total\{outcome="accepted"\} [1-9]/);

  expect((await fetch(`http://127.0.0.1:${port}/2/summary`)).status).toBe(401);
  expect((await get(port, '/2/summary', 'wrong-horse')).status).toBe(403);
  expect(here.stdout).not.toContain(TOKEN);

  here.process.kill('SIGTERM');
  expect(await here.exited).toBe(0);
  await expect(get(port, '/2/summary')).rejects.toThrow();
});

it('takes port and token from a file, and ends with a sentence when the port is in use', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), 'miner-api-'));
  closers.push(
    () => other.close(),
    () => rmSync(folder, { recursive: true }),
  );
  const config = join(folder, 'options.json');
  writeFileSync(config, JSON.stringify({ 'api-port': port, 'api-token': TOKEN }));

  miner = new TerminalMiner([...practice, '--config', config]);
  expect(await miner.exited).toBe(1);
  expect(miner.stderr).toBe(
    `Port ${port} is already in use. Choose another one for the HTTP API.\n`,
  );
  expect(miner.stdout).toBe('');
});
