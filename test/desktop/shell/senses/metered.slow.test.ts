import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetered } from '../../../../electron/desktop/shell/senses/metered.ts';
import { SystemBus } from '../../../support/systemBus.ts';

const NAME = 'org.freedesktop.NetworkManager';

let bus: SystemBus;
beforeAll(async () => {
  bus = await SystemBus.start({ name: NAME, path: '/org/freedesktop/NetworkManager', face: NAME });
});
afterAll(() => bus.end());

describe('a metered connection', () => {
  it('is known only where NetworkManager runs, and is what it says or guesses', async () => {
    expect(await readMetered(null)).toBeNull();
    await bus.serve('Metered', '<uint32 0>');
    const told: (boolean | null)[] = [];
    for (const value of [0, 1, 2, 3, 4]) {
      await bus.set('Metered', `<uint32 ${String(value)}>`);
      told.push(await readMetered(null));
    }
    expect(told).toEqual([false, true, false, true, false]);
  });
});
