import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PoolAccounts, type AccountPool } from '../../../electron/core/poolAccounts/accounts.ts';
import type { HistoryRecord } from '../../../electron/contract/history.ts';
import { Readings } from '../../../electron/core/poolAccounts/readings.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { minuteAt } from '../../support/historyRecord.ts';
import { PoolApiServer } from '../../support/poolApi.ts';

const ADDRESS = `4${'A'.repeat(94)}`;
const MINUTE_MS = 60_000;

let server: PoolApiServer;
let accounts: PoolAccounts;
const clock = new FakeClock();
let isHashing = false;
let pool: AccountPool;
let opened = 0;
let readings: Readings;
let folder = '';
let mined: HistoryRecord[] = [];
let changed = 0;
beforeEach(async () => {
  server = await PoolApiServer.listen();
  isHashing = false;
  opened = changed = 0;
  mined = [];
  folder = mkdtempSync(join(tmpdir(), 'ibctminer-accounts-'));
  readings = new Readings(join(folder, 'pool-credits.json'));
  pool = {
    ...{ pool: 'supportxmr', name: 'SupportXMR', entries: ['one'], api: server.api() },
    ...{ address: ADDRESS, isAsked: true, isComparable: true },
  };
  accounts = new PoolAccounts({
    clock,
    pools: () => [pool],
    isHashing: () => isHashing,
    onOpening: () => (opened += 1),
    readings,
    minedAt: (_, sinceMs) => Promise.resolve(mined.filter(({ atMs }) => atMs >= sinceMs)),
    onChange: () => (changed += 1),
  });
});
afterEach(async () => {
  accounts.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

const questions = () => server.asked.filter((path) => path.startsWith('/miner')).length;
const answered = (times: number) => vi.waitFor(() => expect(changed).toBe(times), 10_000);

it('asks nobody who may not be asked', () => {
  pool = { ...pool, isAsked: false };
  isHashing = true;
  clock.advance(10 * MINUTE_MS);
  accounts.look();
  expect(opened).toBe(0);
  expect(accounts.states()).toMatchObject([{ isAsked: false, account: null, fault: null }]);
});

it('asks while somebody looks or mines, and every five minutes at most', async () => {
  clock.advance(10 * MINUTE_MS);
  expect(opened).toBe(0);
  accounts.look();
  accounts.look();
  await answered(1);
  expect(questions()).toBe(1);
  expect(server.asked[0]).toBe(`/miner/${ADDRESS}/stats`);
  expect(accounts.states()).toMatchObject([
    { account: { dueXmr: 0.00183, atMs: clock.wallMs() }, fault: null },
  ]);
  isHashing = true;
  clock.advance(4.5 * MINUTE_MS);
  expect(questions()).toBe(1);
  clock.advance(MINUTE_MS);
  await answered(2);
  expect(questions()).toBe(2);
});

it('keeps what it knew when an answer fails, and says why', async () => {
  accounts.look();
  await answered(1);
  server.answers = {};
  clock.advance(5 * MINUTE_MS);
  accounts.look();
  await answered(2);
  expect(accounts.states()).toMatchObject([
    { account: { paidXmr: 0.25 }, fault: { code: 'poolApiFailed' } },
  ]);
});

it('forgets what another address, or nobody any more, may be told', async () => {
  accounts.look();
  await answered(1);
  pool = { ...pool, address: `8${'B'.repeat(94)}` };
  expect(accounts.states()).toMatchObject([{ account: null }]);
  pool = { ...pool, address: ADDRESS, isAsked: false };
  accounts.forgetOthers();
  pool = { ...pool, isAsked: true };
  expect(accounts.states()).toMatchObject([{ account: null }]);
});

it('compares what the pool credited with what was mined since it was first asked', async () => {
  accounts.look();
  await answered(1);
  expect(accounts.states()).toMatchObject([{ credit: { verdict: 'tooShort' } }]);
  const fromMs = clock.wallMs();
  const hours = 4;
  mined = Array.from({ length: hours * 60 }, (_, minute) => minuteAt(fromMs + minute * MINUTE_MS));
  server.answers = {
    '/miner/ADDRESS/stats': { totalHashes: 48_000_000 + 238_000, amtDue: 1 },
  };
  clock.advance(hours * 60 * MINUTE_MS);
  accounts.look();
  await answered(2);
  expect(accounts.states()).toMatchObject([
    { credit: { verdict: 'within', shares: 240, sentHashes: 240_000, creditedHashes: 238_000 } },
  ]);
  pool = { ...pool, isComparable: false };
  clock.advance(5 * MINUTE_MS);
  accounts.look();
  await answered(3);
  expect(accounts.states()).toMatchObject([{ credit: null }]);
});

it('breaks off a question that is not wanted any more', async () => {
  const gone = new Promise((resolve) => {
    server.behave = (request) => request.socket.on('close', resolve);
  });
  accounts.look();
  await vi.waitFor(() => expect(server.asked).toHaveLength(1), 10_000);
  accounts.close();
  await gone;
  expect(changed).toBe(0);
});

it('asks nobody after its end', async () => {
  accounts.close();
  accounts.look();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(opened).toBe(0);
  expect(accounts.states()).toMatchObject([{ account: null, fault: null }]);
});
