import { expect, test } from 'vitest';
import { problem } from '../../../electron/contract/problem.ts';
import { refused, success, type Result } from '../../../electron/contract/result.ts';
import type { Release, ReleaseFile } from '../../../electron/core/release/release.ts';
import { Updates, type UpdateDeps } from '../../../electron/desktop/updates/updates.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const DAY_MS = 24 * 3_600_000;
const publisher = { address: 'https://updates.example/releases/', keys: ['a key'] };

const FILE: ReleaseFile = { name: 'ibctminer.AppImage', bytes: 9, sha256: '0'.repeat(64) };

function updates({ version = '1.0.0', keys = publisher.keys } = {}) {
  const clock = new FakeClock();
  const told: string[] = [];
  const world = { looks: 0, answer: releaseOf('1.1.0') };
  function releaseOf(newest: string, ageMs = 0): Result<Release> {
    const issuedAt = new Date(clock.wallMs() - ageMs).toISOString();
    return success({ version: newest, issuedAt, files: { 'appImage-x64': FILE } });
  }
  const offered: (ReleaseFile | null)[] = [];
  const file: UpdateDeps['file'] = {
    state: { state: 'none' },
    offer: (one) => offered.push(one),
    fetch: () => Promise.resolve(),
    stop: () => offered.push(null),
    install: () => Promise.resolve(success(undefined)),
  };
  const made = new Updates({
    clock,
    version,
    way: 'replace',
    publisher: { ...publisher, keys },
    target: 'appImage-x64',
    file,
    look: () => {
      world.looks += 1;
      return Promise.resolve(world.answer);
    },
    onNewer: (newer) => told.push(newer),
  });
  return { made, clock, told, offered, world, releaseOf };
}

test('nobody is asked before the user wants it, nor after', async () => {
  const { made, clock, world } = updates();
  made.apply(false);
  clock.advance(3 * DAY_MS);
  await made.lookNow();
  expect(world.looks).toBe(0);
  made.apply(true);
  await made.report();
  made.apply(false);
  clock.advance(3 * DAY_MS);
  expect(await made.report()).toMatchObject({ update: { state: 'off' } });
  expect(world.looks).toBe(1);
});

test('while it is wanted, the publisher is asked at once, daily, and when the user asks', async () => {
  const { made, clock, world } = updates();
  made.apply(true);
  made.apply(true);
  await made.report();
  expect(world.looks).toBe(1);
  clock.advance(DAY_MS);
  await made.report();
  expect(world.looks).toBe(2);
  await Promise.all([made.lookNow(), made.lookNow()]);
  expect(world.looks).toBe(3);
});

test('a newer version is told once', async () => {
  const { made, told, world, releaseOf } = updates();
  made.apply(true);
  expect(await made.report()).toMatchObject({
    host: 'updates.example',
    way: 'replace',
    update: { state: 'known', newer: '1.1.0', staleDays: null },
  });
  await made.lookNow();
  world.answer = releaseOf('1.2.0');
  await made.lookNow();
  expect(told).toEqual(['1.1.0', '1.2.0']);
});

test('the same version and an older one are no news, and an old list is told to be old', async () => {
  const { made, told, world, releaseOf } = updates({ version: '1.1.0' });
  made.apply(true);
  expect(await made.report()).toMatchObject({ update: { newer: null } });
  world.answer = releaseOf('1.0.9', 61 * DAY_MS);
  expect(await made.lookNow()).toMatchObject({ update: { newer: null, staleDays: 61 } });
  expect(told).toEqual([]);
});

test('what is not genuine is told, and nothing else of it', async () => {
  const { made, told, world } = updates();
  world.answer = refused(problem('signatureWrong'));
  made.apply(true);
  expect(await made.report()).toMatchObject({
    update: { state: 'failed', problem: { code: 'signatureWrong' } },
  });
  expect(told).toEqual([]);
});

test('an answer that comes after the user switched it off is dropped', async () => {
  const { made, told } = updates();
  made.apply(true);
  made.apply(false);
  expect(await made.report()).toMatchObject({ update: { state: 'off' } });
  expect(told).toEqual([]);
});

test('a build without a key asks nobody and says why', async () => {
  const { made, clock, world } = updates({ keys: [] });
  made.apply(true);
  clock.advance(2 * DAY_MS);
  expect(await made.lookNow()).toMatchObject({
    update: { state: 'unavailable', problem: { code: 'releaseKeyNone' } },
  });
  expect(world.looks).toBe(0);
});

test('the file of a newer version is offered, never that of this one or an older one', async () => {
  const { made, offered, world, releaseOf } = updates({ version: '1.1.0' });
  for (const version of ['1.1.0', '1.0.9']) {
    world.answer = releaseOf(version);
    made.apply(true);
    await made.lookNow();
  }
  expect(offered).toEqual([null, null]);
  world.answer = releaseOf('1.1.1');
  await made.lookNow();
  expect(offered.at(-1)).toEqual(FILE);
});

test('what was offered is taken back when the user no longer wants to know', async () => {
  const { made, offered } = updates();
  made.apply(true);
  await made.report();
  made.apply(false);
  expect(offered).toEqual([FILE, null]);
});
