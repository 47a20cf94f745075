import { expect, it } from 'vitest';
import { pausesWhileInUse } from '../../../electron/core/rules/idle.ts';

it('holds mining up until the computer has been idle for long enough', () => {
  expect(pausesWhileInUse(true, 0, 120)).toBe(true);
  expect(pausesWhileInUse(true, 119, 120)).toBe(true);
  expect(pausesWhileInUse(true, 120, 120)).toBe(false);
  expect(pausesWhileInUse(false, 0, 120)).toBe(false);
  expect(pausesWhileInUse(true, null, 120)).toBe(false);
});
