import { beforeEach, expect, it } from 'vitest';
import { Quitting } from '../../../electron/desktop/shell/quitting.ts';
import { FakeClock } from '../../support/fakeClock.ts';

let clock: FakeClock;
let quitting: Quitting;
let isBlockUnderWay: boolean;
let [exits, shutDowns, told] = [0, 0, 0];
let finish: () => void;

beforeEach(() => {
  clock = new FakeClock();
  isBlockUnderWay = false;
  exits = shutDowns = told = 0;
  quitting = new Quitting({
    clock,
    shutDown: () => {
      shutDowns += 1;
      return new Promise((resolve) => (finish = resolve));
    },
    isBlockUnderWay: () => isBlockUnderWay,
    onBlockAwaited: () => (told += 1),
    exit: () => (exits += 1),
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

it.each([0, 500])('waits for a block that is found %i ms after Quit, and says so', async (ms) => {
  quitting.quit();
  clock.advance(ms);
  isBlockUnderWay = true;
  clock.advance(60_000);
  expect([exits, told]).toEqual([0, 1]);
  isBlockUnderWay = false;
  finish();
  await settled();
  expect(exits).toBe(1);
});

it('gives a block up when the user quits again, and after two minutes', () => {
  isBlockUnderWay = true;
  quitting.quit();
  clock.advance(126_000);
  expect(exits).toBe(0);
  clock.advance(1000);
  expect(exits).toBe(1);
  quitting.quit();
  expect(exits).toBe(2);
});

it('waits for no block when the system ends the session, before Quit or after it', () => {
  isBlockUnderWay = true;
  quitting.quit();
  clock.advance(1000);
  quitting.sessionEnds();
  clock.advance(1000);
  expect([exits, told]).toEqual([1, 0]);
});
