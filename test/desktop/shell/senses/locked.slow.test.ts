import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLocked } from '../../../../electron/desktop/shell/senses/locked.ts';
import { SystemBus } from '../../../support/systemBus.ts';

let bus: SystemBus;
beforeAll(async () => {
  const name = 'org.freedesktop.login1';
  bus = await SystemBus.start({
    name,
    path: `/${name.replaceAll('.', '/')}/session/auto`,
    face: `${name}.Session`,
  });
});
afterAll(() => bus.end());

describe('a locked screen', () => {
  it('is what the desktop told logind, and none where there is no logind', async () => {
    expect(await readLocked(false)).toBe(false);
    await bus.serve('LockedHint', '<false>');
    expect(await readLocked(false)).toBe(false);
    await bus.set('LockedHint', '<true>');
    expect(await readLocked(false)).toBe(true);
  });
});
