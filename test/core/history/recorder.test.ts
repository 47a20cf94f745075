import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { HistoryRecord } from '../../../electron/contract/history.ts';
import type { SensorReadings } from '../../../electron/contract/snapshot.ts';
import { problem } from '../../../electron/contract/problem.ts';
import { HistoryRecorder } from '../../../electron/core/history/recorder.ts';
import type { WorkLink } from '../../../electron/core/mining/link.ts';
import { easyJob, keepKeyPrepared, otherPool, SessionUnderTest } from '../../support/session.ts';

const WAIT = { timeout: 60_000, interval: 20 };
vi.setConfig({ testTimeout: 120_000 });
keepKeyPrepared();

/** A real session on the real engine, whose minutes end when a test says so. */
let records: HistoryRecord[] = [];
let recorder: HistoryRecorder | undefined;
let links: WorkLink[] = [];
let measured: SensorReadings = { watts: null, celsius: null };
let under = new SessionUnderTest();

beforeEach(() => {
  records = [];
  links = [];
  under = new SessionUnderTest({
    listener: () => recorder?.observe(),
    onLeft: (link) => {
      links.push(link);
      recorder?.take(link);
    },
  });
  measured = { watts: null, celsius: null };
  const history = { append: (minute: readonly HistoryRecord[]) => void records.push(...minute) };
  const sensors = { read: () => measured };
  recorder = new HistoryRecorder({ clock: under.clock, history, sensors }, under.session);
});
afterEach(async () => {
  await under.session.stop();
  recorder?.end();
  recorder = undefined;
});

const sum = (figure: (record: HistoryRecord) => number | undefined) =>
  records.reduce((total, record) => total + (figure(record) ?? 0), 0);

async function mine(shares: number): Promise<void> {
  under.source.logIn();
  under.source.tell({ type: 'job', job: easyJob(1) });
  await vi.waitFor(() => expect(under.source.submitted.length).toBeGreaterThan(shares), WAIT);
}

it('adds up to exactly what the session’s ledgers say, over minutes, pools and the last answers', async () => {
  under.session.start();
  await mine(3);
  const [good, bad, late] = under.source.submitted;
  if (good === undefined || bad === undefined || late === undefined) throw new Error('no shares');
  under.source.tell({ type: 'accepted', share: good, roundTripMs: 5 });
  recorder?.flush();
  under.source.tell({ type: 'rejected', share: bad, error: problem('shareRefused', { said: '' }) });
  under.source.tell({ type: 'stale', share: late, error: problem('blockChanged') });
  under.session.follow(otherPool);
  await mine(2);
  await under.session.stop();
  recorder?.flush();

  const tallies = links.map(({ ledger }) => ledger.tally);
  expect(tallies).toHaveLength(2);
  const total = (figure: (tally: (typeof tallies)[number]) => number | undefined) =>
    tallies.reduce((all, tally) => all + (figure(tally) ?? 0), 0);
  expect(total(({ hashes }) => hashes)).toBeGreaterThan(0);
  expect(sum(({ hashes }) => hashes)).toBe(total(({ hashes }) => hashes));
  expect(sum(({ hashingMs }) => hashingMs)).toBeCloseTo(
    total(({ hashingMs }) => hashingMs),
    3,
  );
  expect(sum((one) => one.foundShares)).toBe(total((one) => one.foundShares));
  expect(sum((one) => one.expectedShares)).toBeCloseTo(
    total((one) => one.expectedShares),
    9,
  );
  expect(sum((one) => one.acceptedDifficulty)).toBe(Number(good.difficulty));
  for (const code of ['blockChanged', 'poolLeft']) {
    expect(sum(({ stale }) => stale[code])).toBe(total(({ stale }) => stale[code]));
  }
  expect(sum(({ rejected }) => rejected['shareRefused'])).toBe(1);
  expect(records[0]).toMatchObject({
    accepted: 1,
    source: { kind: 'stratum', host: 'pool.test', port: 3333, tls: false },
    watts: null,
    celsius: null,
  });
});

it('keeps the time in each state, with the reasons of pauses and waits, and none while mining is off', async () => {
  under.clock.shiftMs += 600_000;
  recorder?.flush();
  under.session.start();
  const run = under.clock.wallMs();
  under.clock.shiftMs += 10_000;
  under.source.tell({
    type: 'disconnected',
    endpoint: under.source.endpoint,
    error: problem('closed'),
    retryInMs: 5000,
  });
  under.clock.shiftMs += 5000;
  under.session.pause('battery');
  under.session.pause('inUse');
  under.clock.shiftMs += 20_000;
  await under.session.stop();
  under.clock.shiftMs += 600_000;
  recorder?.flush();
  recorder?.flush();

  expect(records).toHaveLength(1);
  const [minute] = records;
  const seconds = (ms: number | undefined) => Math.floor((ms ?? 0) / 5000) * 5;
  expect(seconds(minute?.stateMs['connecting'])).toBe(10);
  expect(seconds(minute?.waitingMs['closed'])).toBe(5);
  expect(seconds(minute?.pausedMs['battery'])).toBe(20);
  expect(seconds(minute?.pausedMs['inUse'])).toBe(20);
  expect(Math.abs((minute?.runAtMs ?? 0) - run)).toBeLessThan(5000);
  expect(minute?.atMs).toBe(minute?.runAtMs);
});

it('counts no time for which the computer was asleep, and none twice where the clock is set back', () => {
  under.session.start();
  const atMs = under.clock.wallMs();
  under.clock.shiftMs += 8 * 3_600_000;
  under.clock.wallShiftMs -= 24 * 3_600_000;
  recorder?.flush();
  expect(sum(({ stateMs }) => stateMs['connecting'])).toBe(60_000);
  expect(Math.abs((records[0]?.atMs ?? 0) - atMs)).toBeLessThan(5000);
});

it('keeps what was measured, each for as long as it held, and nothing where nothing is', () => {
  under.session.start();
  measured = { watts: 90, celsius: null };
  under.clock.shiftMs += 10_000;
  recorder?.observe();
  measured = { watts: 30, celsius: 70 };
  under.clock.shiftMs += 20_000;
  recorder?.flush();
  expect(records[0]?.watts).toBeCloseTo(50, 0);
  expect(records[0]?.celsius).toBe(70);
  measured = { watts: null, celsius: null };
  under.clock.shiftMs += 10_000;
  recorder?.flush();
  expect(records[1]).toMatchObject({ watts: null, celsius: null });
});
