import { beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot, SnapshotNews } from '../../../electron/contract/snapshot.ts';
import { SnapshotFeed } from '../../../electron/desktop/app/snapshotFeed.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { snapshotWith } from '../../support/snapshot.ts';

let clock: FakeClock;
let isLookedAt: boolean;
let activity: Snapshot['activity'];
let hashes: number;
/** Whole or in part. */
let told: (Snapshot | SnapshotNews)[];
let taken: Snapshot[];
let feed: SnapshotFeed;

beforeEach(() => {
  clock = new FakeClock();
  isLookedAt = true;
  activity = 'held';
  hashes = 0;
  told = [];
  taken = [];
  feed = new SnapshotFeed({
    clock,
    take: () => {
      const now = { takenAtMs: clock.wallMs(), monotonicMs: clock.nowMs() };
      return snapshotWith({ ...now, activity, hashes });
    },
    isLookedAt: () => isLookedAt,
    tellAll: (snapshot) => told.push(snapshot),
    tellNews: (news) => told.push(news),
    onTaken: (snapshot) => taken.push(snapshot),
  });
  feed.start();
});

function hashFor(seconds: number): void {
  for (let second = 0; second < seconds; second += 1) {
    hashes += 100;
    clock.advance(1000);
  }
}

describe('a window that is looked at', () => {
  it('is told once a second while figures move', () => {
    hashFor(20);
    expect(told).toHaveLength(20);
  });

  it('is told half as often while hashes are made, and at once when that ends', () => {
    activity = 'hashing';
    hashFor(20);
    expect(told).toHaveLength(10);
    activity = 'held';
    feed.changed();
    expect(told.at(-1)?.activity).toBe('held');
    const before = told.length;
    hashFor(5);
    expect(told).toHaveLength(before + 5);
  });

  it('is told of what happened at once, but at most twice a second', () => {
    hashFor(1);
    clock.advance(500);
    hashes += 1;
    feed.changed();
    expect(told.at(-1)?.hashes).toBe(101);
    hashes += 1;
    feed.changed();
    feed.changed();
    expect(told.at(-1)?.hashes).toBe(101);
    clock.advance(500);
    expect(told.at(-1)?.hashes).toBe(102);
    expect(told).toHaveLength(3);
  });

  it('is told seldom when only time passes', () => {
    clock.advance(60_000);
    expect(told).toHaveLength(6);
  });

  it('is told all of it first, and then no part that is as it was', () => {
    const takenAt = ['takenAtMs', 'monotonicMs'];
    clock.advance(1000);
    expect(Object.keys(told[0] ?? {})).toEqual(Object.keys(snapshotWith({})));
    hashFor(1);
    expect(Object.keys(told[1] ?? {})).toEqual([...takenAt, 'hashes']);
    activity = 'hashing';
    feed.changed();
    clock.advance(500);
    expect(Object.keys(told[2] ?? {})).toEqual([...takenAt, 'activity']);
    clock.advance(12_000);
    expect(Object.keys(told[3] ?? {})).toEqual(takenAt);
    feed.show();
    expect(Object.keys(told[4] ?? {})).toEqual(Object.keys(snapshotWith({})));
  });
});

describe('a window that nobody sees', () => {
  beforeEach(() => {
    hashFor(3);
    isLookedAt = false;
    told = [];
    taken = [];
  });

  it('is told nothing, whatever happens', () => {
    for (let minute = 0; minute < 10; minute += 1) {
      hashFor(60);
      feed.changed();
    }
    expect(told).toEqual([]);
  });

  it('leaves tray and notifications a look every five seconds', () => {
    hashFor(60);
    expect(taken).toHaveLength(12);
  });

  it('gets the newest picture at once when it comes back, changed or not', () => {
    isLookedAt = true;
    feed.show();
    expect(told.map((snapshot) => snapshot.hashes)).toEqual([300]);
    isLookedAt = false;
    hashFor(7);
    isLookedAt = true;
    feed.show();
    expect(told.map((snapshot) => snapshot.hashes)).toEqual([300, 1000]);
  });
});

it('leaves no timer behind', () => {
  clock.advance(1000);
  feed.changed();
  feed.end();
  expect(clock.waiting).toBe(0);
});
