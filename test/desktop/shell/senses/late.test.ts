import { describe, expect, it } from 'vitest';
import type { BusReply } from '../../../../electron/desktop/shell/bus/connection.ts';
import type { BusCall } from '../../../../electron/desktop/shell/bus/message.ts';
import { readLocked } from '../../../../electron/desktop/shell/senses/locked.ts';
import { readMetered } from '../../../../electron/desktop/shell/senses/metered.ts';

const answer = (value: unknown): BusReply => ({ kind: 'answer', value });
const bus =
  (replies: Readonly<Record<string, BusReply>>) =>
  ({ method }: BusCall): Promise<BusReply> =>
    Promise.resolve(replies[method] ?? { kind: 'late' });

describe('what a bus does not say in time', () => {
  it.each([true, false, null])('leaves a connection metered or not as it was: %s', async (last) => {
    const NameHasOwner = answer(true);
    expect(await readMetered(last, bus({}))).toBe(last);
    expect(await readMetered(last, bus({ NameHasOwner: { kind: 'refused' } }))).toBe(last);
    expect(await readMetered(last, bus({ NameHasOwner }))).toBe(last);
    expect(await readMetered(last, bus({ NameHasOwner, Get: { kind: 'refused' } }))).toBe(last);
    expect(await readMetered(last, bus({ NameHasOwner: answer(false) }))).toBeNull();
  });

  it.each([true, false])('leaves the screen locked or not as it was: %s', async (last) => {
    expect(await readLocked(last, bus({}))).toBe(last);
    expect(await readLocked(last, bus({ Get: { kind: 'refused' } }))).toBe(false);
  });
});
