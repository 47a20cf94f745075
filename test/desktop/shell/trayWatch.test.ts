import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TrayPresence } from '../../../electron/desktop/shell/trayPresence.ts';
import { TrayWatch } from '../../../electron/desktop/shell/trayWatch.ts';
import { FakeClock } from '../../support/fakeClock.ts';

let clock: FakeClock;
let presence: TrayPresence;
let told: string[];
let watch: TrayWatch;

beforeEach(async () => {
  clock = new FakeClock();
  presence = 'shown';
  told = [];
  watch = new TrayWatch({
    clock,
    read: () => Promise.resolve(presence),
    remake: () => void told.push('remake'),
    onChange: () => void told.push(watch.isShown ? 'shown' : 'gone'),
    onLost: () => void told.push('lost'),
  });
  await watch.look();
});

afterEach(() => {
  watch.end();
  expect(clock.waiting).toBe(0);
});

/** Time goes by a second at a time, with every look finished before the next. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1000);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }
}

it('knows that our icon is shown', () => {
  expect(watch.isShown).toBe(true);
  expect(told).toEqual(['shown']);
});

it('a tray that is gone for a moment loses nothing', async () => {
  presence = 'none';
  await pass(16);
  presence = 'shown';
  await pass(4);
  expect(told).toEqual(['shown', 'gone', 'shown']);
});

it('a tray that stays away is told as lost, so that a hidden window comes back', async () => {
  presence = 'none';
  await pass(25);
  expect(told.slice(0, 3)).toEqual(['shown', 'gone', 'lost']);
});

it('a bus that answers late changes nothing', async () => {
  presence = 'unknown';
  await pass(120);
  expect(told).toEqual(['shown']);
  expect(watch.isShown).toBe(true);
});

it('the icon is made anew for a tray that does not have it, every ten seconds at most', async () => {
  presence = 'refused';
  await pass(45);
  const remakes = told.filter((word) => word === 'remake').length;
  expect(remakes).toBeGreaterThanOrEqual(2);
  expect(remakes).toBeLessThanOrEqual(4);
  expect(watch.isShown).toBe(false);
});
