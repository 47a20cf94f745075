import { expect, it } from 'vitest';
import type { Snapshot, SnapshotNews } from '../../../electron/contract/snapshot.ts';
import { createAppStore } from '../../../renderer/store/appStore.ts';
import type { Bridge } from '../../../renderer/bridge.ts';
import { snapshotWith } from '../../support/snapshot.ts';

/** A bridge over which only snapshots come. */
function listening() {
  const heard = new Map<string, (payload: unknown) => void>();
  const on = new Proxy(
    {},
    { get: (_, name: string) => (listener: never) => void heard.set(name, listener) },
  );
  const store = createAppStore({ on } as unknown as Bridge);
  return {
    now: () => store.getState().snapshot,
    tellAll: (snapshot: Snapshot) => heard.get('snapshot')?.(snapshot),
    tellNews: (news: SnapshotNews) => heard.get('snapshotNews')?.(news),
  };
}

const first = snapshotWith({ hashes: 1, monotonicMs: 1, takenAtMs: 1 });

it('puts what it is told into what it knows, and leaves the rest the same objects', () => {
  const { now, tellAll, tellNews } = listening();
  tellAll(first);
  tellNews({ hashes: 2, monotonicMs: 2, takenAtMs: 2 });
  expect(now()).toEqual({ ...first, hashes: 2, monotonicMs: 2, takenAtMs: 2 });
  expect(now()?.shares).toBe(first.shares);
});

it('makes no picture of parts alone', () => {
  const { now, tellAll, tellNews } = listening();
  tellNews({ hashes: 2, monotonicMs: 2, takenAtMs: 2 });
  expect(now()).toBeNull();
  tellAll(first);
  expect(now()).toEqual(first);
});
