import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  batteryIn,
  isFullScreenState,
  POWER_STATUS_BYTES,
  PROCESS_ENTRY_BYTES,
  programIn,
} from '../../../electron/core/system/windows.ts';

it.each([
  ['a laptop on its battery', [0, 0, 57], { isInUse: true, percent: 57 }],
  ['one that charges', [1, 8, 99], { isInUse: false, percent: 99 }],
  ['one that does not know its charge', [0, 2, 255], { isInUse: true, percent: null }],
  ['one that knows nothing', [255, 255, 255], { isInUse: null, percent: null }],
  ['a computer without a battery', [1, 128, 255], { isInUse: null, percent: null }],
])('the battery of %s', (_which, bytes, battery) => {
  expect(batteryIn(Buffer.from([...bytes, ...Array<number>(9).fill(0)]))).toEqual(battery);
});

it('games, films and presentations fill the screen; a locked one, quiet hours and apps of the store do not', () => {
  expect([1, 2, 3, 4, 5, 6, 7].filter(isFullScreenState)).toEqual([2, 3, 4]);
});

it('the name of a program ends where Windows ends it', () => {
  // As Wine 8 fills it.
  const entry = Buffer.alloc(PROCESS_ENTRY_BYTES);
  entry.writeUInt32LE(PROCESS_ENTRY_BYTES, 0);
  entry.write('Größte Spiele.exe\0left from the one before', 44, 'utf16le');
  expect(programIn(entry)).toBe('Größte Spiele.exe');
});

it('whatever is in that memory gives a name, and a charge of 0 to 100', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  fc.assert(
    fc.property(bytes(POWER_STATUS_BYTES), bytes(PROCESS_ENTRY_BYTES), (status, entry) => {
      const { percent } = batteryIn(Buffer.from(status));
      expect(percent === null || (percent >= 0 && percent <= 100)).toBe(true);
      expect(programIn(Buffer.from(entry))).not.toContain('\0');
    }),
  );
});
