import { beforeEach, describe, expect, it } from 'vitest';
import { Quitting } from '../../../electron/desktop/shell/quitting.ts';
import { FakeClock } from '../../support/fakeClock.ts';

let clock: FakeClock;
let quitting: Quitting;
let isBlockUnderWay: boolean;
let [exits, shutDowns, told] = [0, 0, 0];
let endings: string[];
let finish: () => void;
let fail: () => void;

beforeEach(() => {
  clock = new FakeClock();
  isBlockUnderWay = false;
  exits = shutDowns = told = 0;
  endings = [];
  quitting = new Quitting({
    clock,
    shutDown: () => {
      shutDowns += 1;
      return new Promise((resolve, reject) => {
        finish = resolve;
        fail = () => reject(new Error('broken by a test'));
      });
    },
    isBlockUnderWay: () => isBlockUnderWay,
    onBlockAwaited: () => (told += 1),
    noteCleanEnd: () => endings.push('noted'),
    exit: () => {
      exits += 1;
      endings.push('exit');
    },
  });
});

/** What was promised meanwhile is kept. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('ends everything, and then the process', async () => {
  quitting.quit();
  expect([shutDowns, exits]).toEqual([1, 0]);
  finish();
  await settled();
  expect([shutDowns, exits, told]).toEqual([1, 1, 0]);
});

it('leaves what hangs after less than two seconds, however often it is asked to quit', () => {
  quitting.quit();
  quitting.quit();
  clock.advance(1600);
  expect([shutDowns, exits]).toEqual([1, 0]);
  clock.advance(300);
  expect(exits).toBeGreaterThan(0);
});

it('waits for a block that is found after Quit, and says so once, however often it is asked to quit', async () => {
  quitting.quit();
  clock.advance(500);
  isBlockUnderWay = true;
  quitting.quit();
  expect([exits, told]).toEqual([0, 0]);
  clock.advance(60_000);
  expect([exits, told]).toEqual([0, 1]);
  isBlockUnderWay = false;
  finish();
  await settled();
  expect(exits).toBe(1);
});

it('says at once that a block is under way already, and gives it up when the user quits again', () => {
  isBlockUnderWay = true;
  quitting.quit();
  expect([exits, told]).toEqual([0, 1]);
  quitting.quit();
  expect([exits, told]).toEqual([1, 1]);
});

it('gives a block up after two minutes', () => {
  isBlockUnderWay = true;
  quitting.quit();
  clock.advance(126_000);
  expect([exits, told]).toEqual([0, 1]);
  clock.advance(1000);
  expect(exits).toBe(1);
});

it('waits for no block when the system has ended the session before Quit', () => {
  isBlockUnderWay = true;
  quitting.sessionEnds();
  quitting.quit();
  clock.advance(2000);
  expect([exits, told]).toEqual([1, 0]);
});

it.each([500, 60_000])(
  'waits no longer for a block when the system ends the session %i ms after Quit',
  (ms) => {
    isBlockUnderWay = true;
    quitting.quit();
    clock.advance(ms);
    expect(exits).toBe(0);
    quitting.sessionEnds();
    quitting.quit();
    clock.advance(2000);
    expect(exits).toBeGreaterThan(0);
  },
);

describe('what ends before its shutdown is through is noted as no crash first', () => {
  beforeEach(() => quitting.quit());

  it('at the limit', () => {
    clock.advance(2000);
    expect(endings).toEqual(['noted', 'exit']);
  });

  it('when the user gives a block up', () => {
    isBlockUnderWay = true;
    clock.advance(2000);
    quitting.quit();
    expect(endings).toEqual(['noted', 'exit']);
  });

  it('when no node has taken the block', () => {
    isBlockUnderWay = true;
    clock.advance(130_000);
    expect(endings).toEqual(['noted', 'exit']);
  });

  it('when the shutdown fails', async () => {
    fail();
    await settled();
    expect(endings).toEqual(['noted', 'exit']);
  });

  it('when the system ends the session, at once', () => {
    quitting.sessionEnds();
    expect(endings).toEqual(['noted']);
  });

  // What an uninstall has removed by then would be written again.
  it('and not after it', async () => {
    finish();
    await settled();
    expect(endings).toEqual(['exit']);
  });
});
